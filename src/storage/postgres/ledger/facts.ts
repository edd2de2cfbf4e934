/** What is known of recipients and whoever is behind their names, read in the step that decides on them. */
import { z } from "zod";
import type { Campaign } from "../../../domain/campaign.ts";
import type { KnownPerson, Recipient, Variables } from "../../../domain/recipient.ts";
import type { Inbox } from "../../../domain/people/hearing.ts";
import { reason } from "../../ports/documents/reason-schema.ts";
import { variablesIn } from "../campaigns/values.ts";
import type { Queryable } from "../database.ts";
import { DUE, PLANNED, STANDING } from "./facts-sql.ts";
import type { FoundCampaigns } from "./stored-campaigns.ts";
import { foundCampaigns } from "./stored-campaigns.ts";

/** By what a campaign asks of its people. */
export type Rules = Pick<Campaign, "id" | "channel" | "notWithinDays" | "excludes" | "followsUp">;

/** One name of a person, and what is known of it. */
export interface NameFacts {
  /** Why nobody writes to it. */
  readonly listed: string | null;
  /** When its person last answered, where the campaign asks. */
  readonly answeredAt: number | null;
  /** A campaign that wrote to it whose people are left out. */
  readonly excludedBy: string | null;
  /** The last message from another campaign, where this one asks. */
  readonly contacted: { readonly at: number; readonly by: string } | null;
  /** The accounts through which it was written to, where the claim asks. */
  readonly through: readonly ({ readonly account: string } & Inbox)[] | null;
}

export interface RecipientFacts {
  readonly recipient: Recipient;
  readonly attempts: number;
  readonly person: KnownPerson;
  readonly isEarlier: boolean;
  readonly isErased: boolean;
  /** Under which ordinal the person is written to. */
  readonly writtenTo: number | null;
  /** Who had the name when the message was sent that this follows up, where that is known. */
  readonly firstPerson: string | null;
  /** Those of which something is known, and all where the person is erased. */
  readonly names: readonly NameFacts[];
}

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();

const personSchema: z.ZodType<KnownPerson> = z.object({
  personId: z.string().exactOptional(),
  names: z.array(z.string()).exactOptional(),
  spoken: z.object({ chosen: z.string().exactOptional(), app: z.string().exactOptional() }).exactOptional(),
  hasLeft: z.boolean().exactOptional(),
});

const inboxSchema = z
  .object({
    account: z.string(),
    readAt: z.number().exactOptional(),
    shutUntil: z.number().exactOptional(),
    why: reason.exactOptional(),
  })
  .transform(({ account, readAt, shutUntil, why }) => ({
    account,
    ...(readAt === undefined ? {} : { readAt }),
    ...(why === undefined ? {} : { trouble: { until: shutUntil ?? Infinity, why } }),
  }));

const nameSchema = z.object({
  listed: nullable(z.string()),
  answeredAt: nullable(z.number()),
  excludedBy: nullable(z.string()),
  contacted: nullable(z.object({ at: z.number(), by: z.string() })),
  through: nullable(z.array(inboxSchema)),
});

const personRow = z.object({
  ordinal: z.number(),
  username: z.string(),
  attempts: z.number(),
  person: personSchema.nullable().transform((person) => person ?? {}),
  isEarlier: z.boolean(),
  isErased: z.boolean(),
  writtenTo: nullable(z.number()),
  firstPerson: nullable(z.string()),
  names: z
    .array(nameSchema)
    .nullable()
    .transform((names) => names ?? []),
});

const rowSchema = personRow.extend({ values: z.unknown(), corrections: z.unknown() });

const standingSchema = z.object({
  now: z.number(),
  isOwner: z.boolean(),
  campaigns: foundCampaigns,
  claims: z.array(z.tuple([z.number(), nullable(z.number()), z.string(), z.boolean()])),
  people: z.array(personRow),
});

interface StandingAsked {
  readonly ordinals: readonly number[];
  readonly owner: string;
  /** How long its lease must last, in ms. */
  readonly leaseMs: number;
}

/** How people and their campaign stand at one moment. */
interface Standing {
  /** ms since the epoch */
  readonly now: number;
  readonly isOwner: boolean;
  readonly campaigns: FoundCampaigns;
  /** By ordinal. */
  readonly claims: ReadonlyMap<number, ClaimStands>;
  /** By ordinal, of those of whom anything is known that may keep a call back. */
  readonly people: ReadonlyMap<number, RecipientFacts>;
}

export interface ClaimStands {
  /** Of the claim that is open. */
  readonly claimId: number | null;
  readonly state: string;
  readonly waits: boolean;
}

/** What a statement found of somebody, before it is read by their campaign. */
export type FoundRow = Readonly<Record<string, unknown>>;

interface Reading {
  readonly rules: Rules;
  /** For its lists, and the revision up to which values count. */
  readonly campaign: Pick<Campaign, "lists">;
  readonly revision: number;
}

interface DueAsked {
  readonly rules: Rules;
  readonly account: string;
  /** Absent: by the moment at which the statement is carried out. */
  readonly at?: number;
  readonly most: number;
  /** Whether it is asked through which accounts they were written to. */
  readonly asksHeard: boolean;
}

/** Those who are due, locked until the transaction is over, in the order in which they are claimed. */
export async function dueRows(connection: Queryable, asked: DueAsked): Promise<readonly FoundRow[]> {
  const { rules, account, at = null, most, asksHeard } = asked;
  return (await connection.query(DUE, [...valuesOf(rules, asksHeard), account, at, most])).rows;
}

/** How some of a campaign's people stand, whatever their states. */
export async function standingOf(
  connection: Queryable,
  rules: Rules,
  { ordinals, owner, leaseMs }: StandingAsked,
): Promise<Standing> {
  const { rows } = await connection.query(STANDING, [...valuesOf(rules, false), ordinals, owner, leaseMs]);
  const { claims, people, ...found } = standingSchema.parse(rows[0]);
  return {
    ...found,
    claims: new Map(claims.map(([ordinal, claimId, state, waits]) => [ordinal, { claimId, state, waits }])),
    people: new Map(people.map((row) => [row.ordinal, factsIn(row)])),
  };
}

/** The first of those planned from an ordinal on. */
export async function plannedFacts(
  connection: Queryable,
  reading: Reading,
  { from, most }: { readonly from: number; readonly most: number },
): Promise<readonly RecipientFacts[]> {
  const asked = [...valuesOf(reading.rules, false), from, most];
  return factsOf((await connection.query(PLANNED, asked)).rows, reading);
}

export function factsOf(
  rows: readonly FoundRow[],
  { campaign, revision }: Omit<Reading, "rules">,
): readonly RecipientFacts[] {
  return rows.map((row) => {
    const { values, corrections, ...found } = rowSchema.parse(row);
    return factsIn(found, variablesIn(campaign, { ordinal: found.ordinal, values, corrections }, revision));
  });
}

/** The first six of every statement. */
function valuesOf({ id, channel, notWithinDays, excludes = [], followsUp }: Rules, asksHeard: boolean) {
  return [id, channel, followsUp?.campaignId ?? null, excludes, notWithinDays !== undefined, asksHeard];
}

function factsIn(row: z.infer<typeof personRow>, variables: Variables = {}): RecipientFacts {
  const { ordinal, username, ...facts } = row;
  return { ...facts, recipient: { ordinal, username, variables } };
}

/** What is known of recipients and whoever is behind their names, read in the step that decides on them. */
import { z } from "zod";
import type { Campaign } from "../../../domain/campaign.ts";
import type { KnownPerson, Recipient } from "../../../domain/recipient.ts";
import type { Inbox } from "../../../domain/people/hearing.ts";
import { reason } from "../../ports/documents/reason-schema.ts";
import { variablesIn } from "../campaigns/values.ts";
import type { Queryable } from "../database.ts";

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
  readonly names: readonly NameFacts[];
}

const columns = `
  r.ordinal, r.username, r.attempts, r.row_values as "values",
  (select jsonb_object_agg(corrected.file, corrected.row_values) from peyk.corrected_values corrected
   where corrected.campaign_id = r.campaign_id and corrected.ordinal = r.ordinal) as corrections,
  person,
  exists (select from peyk.earlier_names earlier
          where earlier.campaign_id = r.campaign_id and earlier.username = r.username) as "isEarlier",
  coalesce(peyk.is_erased_person(person ->> 'personId'), false) as "isErased",
  (select claimed.ordinal from peyk.claimed_people claimed
   join peyk.recipients as written on written.campaign_id = claimed.campaign_id and written.ordinal = claimed.ordinal
   where claimed.campaign_id = r.campaign_id and claimed.person_id = person ->> 'personId'
     and written.state <> 'notFound') as "writtenTo",
  (select first.claimed_person from peyk.recipients first
   where first.campaign_id = rules.first and first.username = r.username) as "firstPerson",
  (select jsonb_agg(jsonb_build_object(
    'listed', peyk.whom_not(name),
    'answeredAt', case when rules.first is not null
      then peyk.last_answer(rules.channel, array_remove(array[name, person ->> 'personId'], null)) end,
    'excludedBy', (
      select other from unnest(rules.excludes) with ordinality as excluded (other, rank)
      where exists (select from peyk.recipients theirs
                    where theirs.campaign_id = other and theirs.username = name and theirs.reached <> 'no')
         or exists (select from peyk.earlier_names theirs
                    where theirs.campaign_id = other and theirs.username = name)
      order by rank limit 1),
    'contacted', case when rules.asks_contacts then (
      select jsonb_build_object('at', theirs.reached_at, 'by', theirs.campaign_id)
      from peyk.recipients theirs join peyk.campaigns c on c.id = theirs.campaign_id
      where theirs.username = name and theirs.reached <> 'no' and theirs.campaign_id <> r.campaign_id
        and c.channel = rules.channel
      order by theirs.reached_at desc limit 1) end,
    'through', case when rules.asks_heard then (
      select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'account', account, 'readAt', read_at, 'shutUntil', shut_until, 'why', shut_why)))
      from (select distinct theirs.account
            from peyk.recipients theirs join peyk.campaigns c on c.id = theirs.campaign_id
            where theirs.username = name and theirs.reached <> 'no' and c.channel = rules.channel) as met
      left join peyk.inboxes using (account)
      where inboxes.channel is null or inboxes.channel = rules.channel) end
   ) order by nth)
   from jsonb_array_elements_text(coalesce(person -> 'names', jsonb_build_array(r.username)))
     with ordinality as names (name, nth)) as names`;

/** $1 campaign, $2 channel, $3 which it follows up, $4 excluded, $5 whether contacts are asked, $6 whether answers are */
const rules = `(select $2::text as channel, $3::text as first, $4::text[] as excludes,
  $5::boolean as asks_contacts, $6::boolean as asks_heard) as rules`;

const known = `cross join lateral (select coalesce(peyk.known(rules.channel, r.username), '{}') as person) as behind`;

/** Locks them. $7 account, $8 moment, $9 how many at most */
const DUE = `
select ${columns} from ${rules} cross join peyk.due($1, $7, $8, $9) with ordinality as r ${known}
order by r.ordinality`;

/** $7 ordinals */
const NAMED = `
select ${columns} from ${rules} join peyk.recipients r on r.campaign_id = $1 and r.ordinal = any($7) ${known}
order by r.ordinal`;

/** Of those planned. $7 from ordinal, $8 how many */
const PLANNED = `
select ${columns} from ${rules}
cross join lateral (
  select * from peyk.recipients where campaign_id = $1 and state = 'planned' and ordinal >= $7
  order by ordinal limit $8) as r ${known}
order by r.ordinal`;

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

const rowSchema = z.object({
  ordinal: z.number(),
  username: z.string(),
  attempts: z.number(),
  values: z.unknown(),
  corrections: z.unknown(),
  person: personSchema,
  isEarlier: z.boolean(),
  isErased: z.boolean(),
  writtenTo: nullable(z.number()),
  firstPerson: nullable(z.string()),
  names: z.array(nameSchema),
});

interface Asked {
  readonly rules: Rules;
  /** For its lists, and the revision up to which values count. */
  readonly campaign: Pick<Campaign, "lists">;
  readonly revision: number;
  /** Whether it is asked through which accounts they were written to. */
  readonly asksHeard?: boolean;
}

/** Those who are due, locked until the transaction is over, in the order in which they are claimed. */
export function dueFacts(
  connection: Queryable,
  asked: Asked,
  { account, at, most }: { readonly account: string; readonly at: number; readonly most: number },
): Promise<readonly RecipientFacts[]> {
  return read(connection, asked, { sql: DUE, values: [account, at, most] });
}

export function factsOf(
  connection: Queryable,
  asked: Asked,
  ordinals: readonly number[],
): Promise<readonly RecipientFacts[]> {
  return read(connection, asked, { sql: NAMED, values: [ordinals] });
}

/** The first of those planned from an ordinal on. */
export function plannedFacts(
  connection: Queryable,
  asked: Asked,
  { from, most }: { readonly from: number; readonly most: number },
): Promise<readonly RecipientFacts[]> {
  return read(connection, asked, { sql: PLANNED, values: [from, most] });
}

async function read(
  connection: Queryable,
  {
    rules: { id, channel, notWithinDays, excludes = [], followsUp },
    campaign,
    revision,
    asksHeard = false,
  }: Asked,
  { sql, values }: { readonly sql: string; readonly values: readonly unknown[] },
): Promise<readonly RecipientFacts[]> {
  const asked = [
    id,
    channel,
    followsUp?.campaignId ?? null,
    excludes,
    notWithinDays !== undefined,
    asksHeard,
  ];
  const { rows } = await connection.query(sql, [...asked, ...values]);
  return rows.map((row) => {
    const { ordinal, username, values: own, corrections, ...facts } = rowSchema.parse(row);
    const variables = variablesIn(campaign, { ordinal, values: own, corrections }, revision);
    return { ...facts, recipient: { ordinal, username, variables } };
  });
}

/** What a campaign's rows tell of its recipients one by one. */
import { z } from "zod";
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import type { Claim } from "../../../domain/journal.ts";
import type { Recipient, SkipReason } from "../../../domain/recipient.ts";
import { recipientStates } from "../../../domain/recipient.ts";
import { campaignSchema } from "../../ports/documents/campaign-schema.ts";
import { reason } from "../../ports/documents/reason-schema.ts";
import type { ResultRow } from "../../ports/ledger.ts";
import { GET } from "../campaigns/campaigns-sql.ts";
import { variablesIn } from "../campaigns/values.ts";
import type { Queryable } from "../database.ts";
import * as sql from "./rows-sql.ts";

/** Rows read at a time. */
const PAGE = 5000;

const text = z.string().nullable();
const number = z.number().nullable();

const rowSchema = z.object({
  ordinal: z.number(),
  username: z.string(),
  values: z.unknown(),
  corrections: z.unknown(),
  state: z.enum(recipientStates),
  attempts: z.number(),
  claims: z.number(),
  revision: number,
  language: text,
  account: text,
  at: number,
  messageId: text,
  why: z.unknown(),
  skipReason: z.custom<SkipReason>((given) => typeof given === "string").nullable(),
  skippedFor: text,
  claimId: number,
  claimedAt: number,
});

type Row = z.infer<typeof rowSchema>;

export async function storedCampaign(connection: Queryable, id: CampaignId): Promise<Campaign | undefined> {
  const { rows } = await connection.query<{ document: unknown }>(GET, [id]);
  return rows[0] && campaignSchema.parse(rows[0].document);
}

/** Every recipient in list order with what became of it. */
export async function* resultRows(connection: Queryable, id: CampaignId): AsyncGenerator<ResultRow> {
  const campaign = await storedCampaign(connection, id);
  if (!campaign) return;
  for (let from = 0; ;) {
    const { rows } = await connection.query(sql.ROWS, [id, from, PAGE]);
    for (const given of rows) {
      const row = resultOf(campaign, given);
      from = row.ordinal + 1;
      yield row;
    }
    if (rows.length < PAGE) return;
  }
}

/** Oldest claim first. */
export async function uncertainClaims(connection: Queryable, id: CampaignId): Promise<readonly Claim[]> {
  const campaign = await storedCampaign(connection, id);
  if (!campaign) return [];
  const { rows } = await connection.query(sql.UNCERTAIN, [id]);
  return rows.map((row) => claimOf(campaign, row));
}

/** @param given What was asked by {@link sql.columns} */
export function resultOf(campaign: Campaign, given: unknown): ResultRow {
  const row = rowSchema.parse(given);
  return { ...recipientOf(campaign, row), ...toldOf(row) };
}

/** The attempt of somebody uncertain. @param given What was asked by {@link sql.columns} */
export function claimOf(campaign: Campaign, given: unknown): Claim {
  const row = rowSchema.parse(given);
  const { account, attempts, language, claimId, claimedAt, revision } = row;
  return {
    id: String(claimId),
    campaignId: campaign.id,
    recipient: recipientOf(campaign, row),
    account: account ?? "",
    attempt: attempts,
    revision: revision ?? 0,
    ...(language === null ? {} : { language }),
    at: claimedAt ?? 0,
  };
}

/** With the values of the message that may have arrived, or is to be sent. */
function recipientOf(campaign: Pick<Campaign, "lists">, row: Row): Recipient {
  const { ordinal, username, state, attempts, revision } = row;
  const isToCome = state === "planned" || (state === "skipped" && attempts === 0);
  const variables = variablesIn(campaign, row, isToCome ? Infinity : (revision ?? 0));
  return { ordinal, username, variables };
}

function toldOf(row: Row): Omit<ResultRow, keyof Recipient> {
  const { state, claims, revision, language, account, at, messageId, why, skipReason, skippedFor } = row;
  return {
    state,
    attempts: claims,
    ...(claims > 0 ? { revision: revision ?? 0 } : {}),
    ...(language === null ? {} : { language }),
    ...(account === null ? {} : { account }),
    ...(at === null ? {} : { at }),
    ...(messageId === null ? {} : { messageId }),
    ...(why === null ? {} : { why: reason.parse(why) }),
    ...(skipReason === null ? {} : { skipReason }),
    ...(skippedFor === null ? {} : { skippedFor }),
  };
}

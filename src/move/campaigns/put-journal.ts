/** A campaign's journal into the database, entry by entry in its order, folded on the way. */
import { join } from "node:path";
import type { Campaign } from "../../domain/campaign.ts";
import { JOURNAL_FILE } from "../../storage/files/campaigns/campaign-folders.ts";
import { parseEntry } from "../../storage/files/ledger/journal-entry.ts";
import { sizeOf } from "../../storage/files/ledger/read-fold.ts";
import type { Queryable } from "../../storage/postgres/database.ts";
import { jsonOf } from "../../storage/postgres/json.ts";
import { inBatches, parsedLines } from "../lines.ts";
import * as sql from "./recipients-sql.ts";
import { RowFold } from "./row-fold.ts";

/** Entries a statement. */
const BATCH = 5000;

/** Entries for whose claims ids are taken at once are not known beforehand, so a line each at most. */
export interface PutJournal {
  readonly fold: RowFold;
  /** Number of the entry before the first. */
  readonly before: number;
  /** What is added to the how-manieth of a claim, for its id. */
  readonly claimsFrom: number;
}

/** @param now ms since the epoch */
export async function putJournal(
  to: Queryable,
  campaign: Campaign,
  { folder, now }: { readonly folder: string; readonly now: number },
): Promise<PutJournal> {
  const path = join(folder, JOURNAL_FILE);
  const { last: before = 0 } = (await to.query<{ last: number }>(sql.LAST_ENTRY)).rows[0] ?? {};
  const claimsFrom = (await lastClaimId(to)) ?? 0;
  const lookedAt = campaign.guardRails?.looked?.claims ?? 0;
  const fold = new RowFold(sizeOf(campaign), { lookedAt, now });
  let written = before;
  for await (const entries of inBatches(parsedLines(path, parseEntry), BATCH)) {
    const about = entries.map((entry) => fold.apply(entry));
    const texts = entries.map((entry) => jsonOf(entry));
    await to.query(sql.PUT_ENTRIES, [campaign.id, written, claimsFrom, about, texts]);
    written += entries.length;
  }
  await to.query(sql.PASS_ENTRIES);
  await to.query(sql.PASS_CLAIM_IDS, [claimsFrom + fold.claimCount]);
  return { fold, before, claimsFrom };
}

/** Nobody but the move takes any meanwhile. */
async function lastClaimId(to: Queryable): Promise<number | undefined> {
  return (await to.query<{ last: number }>(sql.LAST_CLAIM_ID)).rows[0]?.last;
}

/** One campaign from the database, whole, into a folder. */
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Campaign } from "../../domain/campaign.ts";
import { PRIVATE_FILE } from "../../lib/files/private-files.ts";
import { createFolder, syncFolder } from "../../lib/files/sync-folder.ts";
import { AMENDMENTS_FILE } from "../../storage/files/amendments/amendment-store.ts";
import {
  CAMPAIGN_FILE,
  JOURNAL_FILE,
  campaignFormat,
} from "../../storage/files/campaigns/campaign-folders.ts";
import { checkpointPath, writeCheckpoint } from "../../storage/files/ledger/checkpoint.ts";
import { EARLIER_FILE } from "../../storage/files/ledger/earlier-names.ts";
import { formatRecipient } from "../../storage/files/lists/recipient-line.ts";
import { parseEntry } from "../../storage/files/ledger/journal-entry.ts";
import { amendmentSchema } from "../../storage/ports/documents/amendment-line.ts";
import { attachmentOf } from "../../storage/postgres/campaigns/attachments.ts";
import type { Queryable } from "../../storage/postgres/database.ts";
import { fitted } from "../../storage/postgres/fitted.ts";
import { storedCampaign } from "../../storage/postgres/ledger/rows.ts";
import { EARLIER_NAMES } from "../../storage/postgres/ledger/rows-sql.ts";
import { rowPages } from "../../storage/postgres/row-pages.ts";
import { valuesSchema } from "../../storage/postgres/lists/list-store.ts";
import { writeDocument } from "../documents.ts";
import type { Tell } from "../piece.ts";
import { writeLines } from "../write-lines.ts";
import { entryLine } from "./entry-line.ts";
import * as sql from "./out-sql.ts";

/** Rows read at a time. */
const PAGE = 5000;

export interface CampaignOut {
  readonly id: string;
  /** Its own. */
  readonly folder: string;
  /** ms since the epoch */
  readonly now: number;
}

export async function writeCampaign(from: Queryable, out: CampaignOut, tell: Tell): Promise<void> {
  const { id, folder, now } = out;
  await rm(folder, { recursive: true, force: true });
  await createFolder(folder);
  const campaign = await storedCampaign(from, id);
  if (campaign) {
    await writeLists(from, campaign, folder, tell);
    await writeAttachments(from, id, folder);
    const amendments = (await from.query<{ entry: unknown }>(sql.AMENDMENTS, [id])).rows;
    if (amendments.length > 0)
      await writeLines(join(folder, AMENDMENTS_FILE), [
        amendments.map(({ entry }) => JSON.stringify(fitted(amendmentSchema, entry, `amendments of ${id}`))),
      ]);
    await writeJournal(from, campaign, out);
    // The last: what there is of a campaign without it is none yet.
    await writeDocument(join(folder, CAMPAIGN_FILE), campaignFormat.version, campaign);
  }
  const earlier = (await from.query<{ username: string }>(EARLIER_NAMES, [id])).rows.map(
    (row) => row.username,
  );
  if (earlier.length > 0)
    await writeCheckpoint(join(folder, EARLIER_FILE), {
      campaignId: id,
      sent: once(earlier),
      failed: 0,
      at: now,
    });
  await syncFolder(folder);
}

async function writeLists(
  from: Queryable,
  { id, lists }: Campaign,
  folder: string,
  tell: Tell,
): Promise<void> {
  const all = lists.reduce((sum, { count }) => sum + count, 0);
  let first = 0;
  for (const { file, count, corrections = [] } of lists) {
    const to = first + count;
    await writeLines(join(folder, file), people(from, sql.PEOPLE, [id], [first, to]));
    for (const correction of corrections)
      await writeLines(
        join(folder, correction.file),
        people(from, sql.CORRECTED_PEOPLE, [id, correction.file], [first, to]),
      );
    first = to;
    tell(first, all);
  }
}

const personSchema = z.object({ ordinal: z.number(), username: z.string(), values: valuesSchema });

/** @param page Asked with what is known and from which ordinal to before which how many */
async function* people(
  from: Queryable,
  page: string,
  known: readonly unknown[],
  [first, to]: readonly [number, number],
): AsyncGenerator<readonly string[]> {
  for (let next = first; next < to;) {
    const { rows } = await from.query(page, [...known, next, to, PAGE]);
    const found = rows.map((row) => personSchema.parse(row));
    yield found.map(({ username, values }) => formatRecipient(username, values).trimEnd());
    const end = found.at(-1);
    if (!end) throw new Error(`of ${to - first} recipients only ${next - first} are there`);
    next = end.ordinal + 1;
  }
}

async function writeJournal(from: Queryable, campaign: Campaign, { folder }: CampaignOut): Promise<void> {
  const path = join(folder, JOURNAL_FILE);
  const known = new Set<number>();
  await writeLines(path, entries(from, campaign.id, known));
  const { rows } = await from.query<{ names: number; at: number }>(sql.CHECKPOINT_AT, [campaign.id]);
  const [checkpoint] = rows;
  if (!checkpoint) return;
  const { at } = checkpoint;
  const failed = (await from.query<{ count: number }>(sql.FAILED, [campaign.id])).rows[0]?.count ?? 0;
  const written = await writeCheckpoint(checkpointPath(folder, campaign.id), {
    campaignId: campaign.id,
    sent: sentNames(from, campaign.id),
    failed,
    at,
  });
  if (known.has(written.crc)) return;
  const file = await open(path, "a", PRIVATE_FILE);
  try {
    await file.appendFile(`${JSON.stringify({ t: "checkpoint", ...written, at })}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** @param known Gets the checksum of every checkpoint that the journal tells of */
async function* entries(from: Queryable, id: string, known: Set<number>): AsyncGenerator<readonly string[]> {
  type Numbered = { number: number; entry: string };
  const behind = async (number: number) => (await from.query<Numbered>(sql.ENTRIES, [id, number, PAGE])).rows;
  for await (const rows of rowPages({ behind, most: PAGE, from: 0, keyOf: ({ number }) => number })) {
    const found = rows.map(({ entry }) => parseEntry(entry));
    for (const entry of found) if (entry.t === "checkpoint") known.add(entry.crc);
    yield found.map(entryLine);
  }
}

/** Whoever has the message, by us first and then by other tools. */
async function* sentNames(from: Queryable, id: string): AsyncGenerator<readonly string[]> {
  type Sent = { ordinal: number; username: string };
  const behind = async (ordinal: number) => (await from.query<Sent>(sql.SENT, [id, ordinal, PAGE])).rows;
  for await (const rows of rowPages({ behind, most: PAGE, from: -1, keyOf: ({ ordinal }) => ordinal }))
    yield rows.map(({ username }) => username);
  const { rows } = await from.query<{ username: string }>(sql.SENT_BY_OTHERS, [id]);
  yield rows.map(({ username }) => username);
}

async function writeAttachments(from: Queryable, id: string, folder: string): Promise<void> {
  const { rows } = await from.query<{ file: string }>(sql.ATTACHMENTS, [id]);
  for (const { file: name } of rows) {
    const stored = await attachmentOf(from, id, name);
    if (!stored) continue;
    const file = await open(join(folder, name), "w", PRIVATE_FILE);
    try {
      for await (const piece of stored.open()) await file.appendFile(piece);
      await file.datasync();
    } finally {
      await file.close();
    }
  }
}

async function* once(names: readonly string[]): AsyncGenerator<readonly string[]> {
  yield names;
}

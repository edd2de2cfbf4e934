/** One campaign's folder, whole, into the database. */
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Campaign } from "../../domain/campaign.ts";
import { campaignKey } from "../../domain/campaign.ts";
import { filePieces } from "../../lib/files/file-pieces.ts";
import { parseAmendmentLine } from "../../storage/ports/documents/amendment-line.ts";
import { keepable } from "../../storage/ports/sync.ts";
import { AMENDMENTS_FILE } from "../../storage/files/amendments/amendment-store.ts";
import {
  checkpointPath,
  namesInOtherSpellings,
  readCheckpoint,
} from "../../storage/files/ledger/checkpoint.ts";
import { readEarlierNames } from "../../storage/files/ledger/earlier-names.ts";
import { ADD_PIECE, CREATE } from "../../storage/postgres/campaigns/campaigns-sql.ts";
import type { Queryable } from "../../storage/postgres/database.ts";
import { jsonOf } from "../../storage/postgres/json.ts";
import { inBatches, parsedLines } from "../lines.ts";
import type { Tell } from "../piece.ts";
import { putJournal } from "./put-journal.ts";
import { firstLines, putRecipients, valuesIn } from "./put-recipients.ts";
import * as sql from "./recipients-sql.ts";

/** Names or rows a statement. */
const BATCH = 5000;

const ATTACHMENT = /^attachment-\d{1,9}$/;

export interface CampaignIn {
  readonly id: string;
  /** Absent: there is none of the id yet, only names that other tools wrote to for it. */
  readonly campaign: Campaign | undefined;
  /** Its own. */
  readonly folder: string;
  /** ms since the epoch */
  readonly now: number;
}

export async function putCampaign(to: Queryable, from: CampaignIn, tell: Tell): Promise<void> {
  const { campaign, folder, now } = from;
  if (campaign) {
    const { id, channel, createdAt } = campaign;
    await to.query(CREATE, [id, campaignKey(id), channel, createdAt, jsonOf(campaign)]);
    for (const { file, importedAt } of campaign.lists)
      await to.query(sql.NAME_TAKEN_LIST, [id, file, Math.round(importedAt)]);
    const put = await putJournal(to, campaign, { folder, now });
    await putRecipients(to, campaign, { ...put, folder, tell });
    await putCorrections(to, campaign, folder);
    await putAmendments(to, id, folder);
    await putAttachments(to, id, folder);
    await putCheckpoint(to, from, put.fold.checkpoints);
  } else await putEarlier(to, from, await strangeNames(from, new Map()));
}

async function putCorrections(to: Queryable, { id, lists }: Campaign, folder: string): Promise<void> {
  let first = 0;
  for (const { count, corrections = [] } of lists) {
    for (const { file, columns } of corrections) {
      let ordinal = first;
      for await (const lines of inBatches(firstLines(join(folder, file), count), BATCH)) {
        const values = lines.map((line) => jsonOf(valuesIn(columns, line.values) ?? []));
        await to.query(sql.PUT_CORRECTIONS, [id, file, ordinal, values]);
        ordinal += lines.length;
      }
    }
    first += count;
  }
}

async function putAmendments(to: Queryable, id: string, folder: string): Promise<void> {
  let number = 0;
  for await (const entries of inBatches(
    parsedLines(join(folder, AMENDMENTS_FILE), parseAmendmentLine),
    BATCH,
  )) {
    const numbers = entries.map(() => ++number);
    await to.query(sql.PUT_AMENDMENTS, [id, numbers, entries.map((entry) => jsonOf(entry))]);
  }
}

async function putAttachments(to: Queryable, id: string, folder: string): Promise<void> {
  for (const file of (await readdir(folder)).filter((name) => ATTACHMENT.test(name))) {
    const path = join(folder, file);
    const { size, mtimeMs } = await stat(path);
    await to.query(sql.PUT_ATTACHMENT, [id, file, size, Math.round(mtimeMs)]);
    let number = 0;
    for await (const piece of filePieces(path)) await to.query(ADD_PIECE, [id, file, number++, piece]);
  }
}

const takenAt = z.object({ timestamp: z.string() });

/** @param ours How many names each checkpoint of our own held, by its checksum */
async function putCheckpoint(
  to: Queryable,
  from: CampaignIn,
  ours: ReadonlyMap<number, number>,
): Promise<void> {
  const { id, folder, now } = from;
  const path = checkpointPath(folder, id);
  const checkpoint = await readCheckpoint(path);
  const names = checkpoint && ours.get(checkpoint.crc);
  if (names !== undefined) {
    const told = takenAt.safeParse(JSON.parse(await readFile(path, "utf8")));
    const at = told.success ? Date.parse(told.data.timestamp) : now;
    await to.query(sql.PUT_CHECKPOINT, [id, names, Number.isFinite(at) ? at : now]);
  }
  await putEarlier(to, from, await strangeNames(from, ours));
}

/** Names that other tools wrote to: those that are kept, and those in checkpoints that nobody looked into yet. */
async function strangeNames(
  { id, folder }: CampaignIn,
  ours: ReadonlyMap<number, number>,
): Promise<ReadonlySet<string>> {
  const names = await readEarlierNames(folder);
  const checkpoint = await readCheckpoint(checkpointPath(folder, id));
  if (checkpoint && !ours.has(checkpoint.crc)) for (const name of checkpoint.names()) names.add(name);
  for (const name of await namesInOtherSpellings(folder, id)) names.add(name);
  return names;
}

async function putEarlier(to: Queryable, { id, now }: CampaignIn, names: ReadonlySet<string>): Promise<void> {
  for await (const some of inBatches([[...names]], BATCH))
    await to.query(sql.PUT_EARLIER, [id, campaignKey(id), some.map(keepable), now]);
}

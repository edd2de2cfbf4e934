/**
 * Reading everything in a data folder without changing any of it, also while a Peyk is at work there. Each file is
 * named with what is wrong with it; one that can't be read hides no other.
 */
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Campaign } from "../../../domain/campaign.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import type { Trouble } from "../../../lib/trouble.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import type { Archive, ArchivedCampaign, ArchivedPlace } from "../../ports/archive.ts";
import {
  CAMPAIGN_FILE,
  JOURNAL_FILE,
  campaignFormat,
  campaignsFolder,
} from "../campaigns/campaign-folders.ts";
import { ERASED_FILE, pendingErasures } from "../erasing/erased-store.ts";
import { emptiedGuards, goneGuards } from "../folder/guards.ts";
import { readLease } from "../folder/lease.ts";
import { REQUESTS_FOLDER } from "../folder/request-box.ts";
import { lookAtHistory } from "../history/history-reads.ts";
import { checkpointPath, readCheckpoint } from "../ledger/checkpoint.ts";
import { parseEntry } from "../ledger/journal-entry.ts";
import type { RecipientsReader } from "../lists/recipients-file.ts";
import { openRecipients } from "../lists/recipients-file.ts";
import { eachLine } from "./each-line.ts";
import { problemOf } from "./file-checks.ts";

/** Folders of files that others made, that anyone may change, or that are on their way between two processes. */
const NOT_OURS: ReadonlySet<string> = new Set(["uploads", "exports", "playground", REQUESTS_FOLDER]);

/** Opens the archive of a data folder, which need not exist. */
export function createFileArchive(dataDir: string): Archive {
  return {
    files: () => files(dataDir),
    campaigns: () => campaigns(dataDir),
    history: () => lookAtHistory(dataDir).state(),
    lease: () => readLease(dataDir),
  };
}

async function* files(dataDir: string): AsyncGenerator<ArchivedPlace> {
  for (const name of await goneGuards(dataDir)) {
    const path = join(dataDir, name);
    yield { path, problem: new TroubledError(`${path} is gone`, { code: "guardGone", with: { path } }) };
  }
  for (const name of await emptiedGuards(dataDir)) {
    const path = join(dataDir, name);
    yield { path, problem: new TroubledError(`${path} is empty`, { code: "guardEmptied", with: { path } }) };
  }
  const count = await pendingErasures(dataDir).catch(() => 0);
  const waiting: Trouble = { code: "erasuresWait", with: { count, file: ERASED_FILE } };
  if (count > 0) yield { path: join(dataDir, ERASED_FILE), note: waiting };
  for (const path of await pathsBelow(dataDir)) {
    if (NOT_OURS.has(relative(dataDir, path).split(/[\\/]/)[0] ?? "")) continue;
    if (/\.broken-\d+$/.test(path)) yield { path, note: { code: "setAside", with: { path } } };
    const problem = await problemOf(path);
    if (problem !== undefined) yield { path, problem };
  }
}

async function pathsBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(absent);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** Campaigns that can be read; what hinders the others is told by the files. */
async function* campaigns(dataDir: string): AsyncGenerator<ArchivedCampaign> {
  const folders: readonly string[] = await readdir(campaignsFolder(dataDir)).catch(absent);
  for (const name of folders) {
    const folder = join(campaignsFolder(dataDir), name);
    const opened = await openCampaign(folder).catch(() => undefined);
    if (!opened) continue;
    await using recipients = opened.recipients;
    yield {
      campaign: opened.campaign,
      size: recipients.size,
      replay: (onEntry) => eachLine(join(folder, JOURNAL_FILE), (line) => onEntry(parseEntry(line))),
      // A damaged one is told by the files.
      sentByCheckpoint: async () =>
        (await readCheckpoint(checkpointPath(folder, opened.campaign.id)).then(
          (file) => file?.names().size,
          () => 0,
        )) ?? 0,
      usernameOf: async (ordinal) => (await recipients.read(ordinal)).username,
    };
  }
}

async function openCampaign(
  folder: string,
): Promise<{ readonly campaign: Campaign; readonly recipients: RecipientsReader } | undefined> {
  const campaign = await readDocument(join(folder, CAMPAIGN_FILE), campaignFormat);
  return campaign && { campaign, recipients: await openRecipients(folder, campaign.lists) };
}

function absent(error: NodeJS.ErrnoException): never[] {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
  throw error;
}

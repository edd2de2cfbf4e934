/**
 * Reading everything in a data folder without changing any of it, also while a Peyk is at work there. Each file is
 * named with what is wrong with it; one that can't be read hides no other.
 */
import { lstat, open, readFile, readdir } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { z } from "zod";
import type { ChainState } from "../../domain/history/chain.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { Entry } from "../../domain/journal.ts";
import { AmendmentFold } from "../../domain/amending/amendment-fold.ts";
import { LeadFold } from "../../domain/collecting/lead-fold.ts";
import { IdNumbers } from "../../lib/id-numbers.ts";
import type { OnLine } from "../../lib/log/log-lines.ts";
import { readLines } from "../../lib/log/log-lines.ts";
import { BrokenDocumentError, NO_DOCUMENT, readDocument } from "../../lib/files/stored-document.ts";
import { parseAmendmentLine } from "../ports/documents/amendment-line.ts";
import { AMENDMENTS_FILE } from "./amendments/amendment-store.ts";
import {
  CAMPAIGN_FILE,
  JOURNAL_FILE,
  campaignFormat,
  campaignsFolder,
} from "./campaigns/campaign-folders.ts";
import { checkpointPath, readCheckpoint } from "./ledger/checkpoint.ts";
import { EARLIER_FILE } from "./ledger/earlier-names.ts";
import { parseEntry } from "./ledger/journal-entry.ts";
import { ERASED_FILE, pendingErasures } from "./erasing/erased-store.ts";
import { emptiedGuards, goneGuards } from "./folder/guards.ts";
import { lookAtHistory } from "./history/history-reads.ts";
import type { LeaseHolder } from "./folder/lease.ts";
import { readLease } from "./folder/lease.ts";
import { REQUESTS_FOLDER } from "./folder/request-box.ts";
import { parseLeadLine } from "../ports/documents/lead-line.ts";
import { LEADS_FILE, PAGINATION_FILE, TRACKING_FILE } from "./leads/lead-overview.ts";
import { LIST_FILE, RECIPIENTS_FILE, listFormat } from "./lists/list-files.ts";
import type { RecipientsList } from "./lists/list-sections.ts";
import type { RecipientsReader } from "./lists/recipients-file.ts";
import { openRecipients } from "./lists/recipients-file.ts";
import type { Trouble } from "../../lib/trouble.ts";
import { TroubledError } from "../../lib/trouble.ts";

/** What of an archive's file is wrong, or worth knowing. */
export interface ArchivedFile {
  readonly path: string;
  /** What was thrown when it was looked at. */
  readonly problem?: unknown;
  readonly note?: Trouble;
}

/** One campaign of an archive, readable while it is being iterated. */
export interface ArchivedCampaign {
  readonly campaign: Campaign;
  readonly size: number;
  replay(onEntry: (entry: Entry) => void): Promise<void>;
  usernameOf(ordinal: number): Promise<string>;
  sentByCheckpoint(): Promise<number>;
}

export interface FileArchive {
  files(): AsyncGenerator<ArchivedFile>;
  campaigns(): AsyncGenerator<ArchivedCampaign>;
  history(): Promise<ChainState>;
  lease(): Promise<LeaseHolder | undefined>;
}

/** Folders of files that others made, that anyone may change, or that are on their way between two processes. */
const NOT_OURS: ReadonlySet<string> = new Set(["uploads", "exports", "playground", REQUESTS_FOLDER]);

/** Opens the archive of a data folder, which need not exist. */
export function createFileArchive(dataDir: string): FileArchive {
  return {
    files: () => files(dataDir),
    campaigns: () => campaigns(dataDir),
    history: () => lookAtHistory(dataDir).state(),
    lease: () => readLease(dataDir),
  };
}

async function* files(dataDir: string): AsyncGenerator<ArchivedFile> {
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

async function problemOf(path: string): Promise<unknown> {
  const found = await problemAt(path);
  if (!isGone(found)) return found;
  // The file itself went meanwhile, or one that it names: that may be on its way elsewhere, and a second look tells.
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  return isThere ? problemAt(path) : undefined;
}

async function problemAt(path: string): Promise<unknown> {
  try {
    await check(path);
    return undefined;
  } catch (error) {
    return error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

async function check(path: string): Promise<void> {
  const name = basename(path);
  if (name === CAMPAIGN_FILE) return checkCampaign(path);
  if (name === LIST_FILE) return checkList(path);
  if (name === EARLIER_FILE || (name.startsWith("task_checkpoint_") && name.endsWith(".json")))
    return void (await readCheckpoint(path))?.names();
  if (name === PAGINATION_FILE || name === TRACKING_FILE) return; // copies in other tools' formats, made anew
  if (name.endsWith(".json")) return checkDocument(path);
  if (name === LEADS_FILE) return checkLeads(path);
  if (name === AMENDMENTS_FILE) return checkAmendments(path);
  if (name === JOURNAL_FILE) {
    await readFile(join(dirname(path), CAMPAIGN_FILE)).catch(() => {
      throw new TroubledError(`${path} is the journal of a campaign whose ${CAMPAIGN_FILE} is gone`, {
        code: "journalAlone",
        with: { path, file: CAMPAIGN_FILE },
      });
    });
    return eachLine(path, (line) => void parseEntry(line));
  }
  if (name.endsWith(".jsonl")) return checkLines(path);
}

async function checkCampaign(path: string): Promise<void> {
  const campaign = await readDocument(path, campaignFormat);
  if (campaign) await checkRecipients(dirname(path), campaign.lists);
}

async function checkList(path: string): Promise<void> {
  const list = await readDocument(path, listFormat);
  const folder = dirname(path);
  const names = await readdir(folder);
  // A list without recipients was taken over by a campaign.
  if (list && names.includes(RECIPIENTS_FILE))
    await checkRecipients(folder, [{ file: RECIPIENTS_FILE, count: list.count, columns: list.columns }]);
}

async function checkRecipients(folder: string, lists: readonly RecipientsList[]): Promise<void> {
  await using recipients = await openRecipients(folder, lists);
  for (let ordinal = 0; ordinal < recipients.size; ordinal++) await recipients.read(ordinal);
}

/** Folds the whole list as collecting does: a lead that comes twice, or an entry out of place, is told with its line. */
async function checkLeads(path: string): Promise<void> {
  const fold = new LeadFold(() => new IdNumbers());
  await eachLine(path, (line) => fold.apply(parseLeadLine(line)));
}

/** Folds the whole record as amending does: an entry about an amendment that never began is told with its line. */
async function checkAmendments(path: string): Promise<void> {
  const fold = new AmendmentFold();
  await eachLine(path, (line) => {
    if (!fold.apply(parseAmendmentLine(line))) throw new Error("it fits nothing that stands before it");
  });
}

/** Shapes of documents are their owners' affair; each has a version and a value. */
async function checkDocument(path: string): Promise<void> {
  const text = await readFile(path, "utf8");
  try {
    z.object({ version: z.number(), value: z.unknown() }).parse(JSON.parse(text));
  } catch {
    throw new BrokenDocumentError(path, NO_DOCUMENT);
  }
}

async function checkLines(path: string): Promise<void> {
  await eachLine(path, (line) => {
    try {
      JSON.parse(line);
    } catch {
      throw new TroubledError("is not JSON", { code: "lineNoJson" }); // JSON.parse's own words would quote the content
    }
  });
}

/** Hands out every complete line; a file that is not there yet has none. */
async function eachLine(path: string, onLine: OnLine): Promise<void> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!file) return;
  try {
    const read = async (into: Buffer, offset: number, position: number): Promise<number> =>
      (await file.read(into, offset, into.length - offset, position)).bytesRead;
    await readLines({ read }, path, onLine);
  } finally {
    await file.close();
  }
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

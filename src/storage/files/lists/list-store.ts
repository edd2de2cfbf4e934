/**
 * Cleaned lists on their way to a campaign, in `data/lists/<listId>/`. Owns that folder; promises that a list is there
 * whole or not at all, and stays for as long as somebody comes back to it, whichever process that is.
 */
import { randomUUID } from "node:crypto";
import { readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { Recipient } from "../../../domain/recipient.ts";
import type { Clock } from "../../../lib/clock.ts";
import { BrokenDocumentError, readDocument } from "../../../lib/files/stored-document.ts";
import { createFolder, syncFolder } from "../../../lib/files/sync-folder.ts";
import type { ListStore, StoredList } from "../../ports/lists.ts";
import {
  LIST_FILE,
  RECIPIENTS_FILE,
  REJECTED_FILE,
  isListId,
  listFormat,
  listsFolder,
  readStoredList,
} from "./list-files.ts";
import { UNFINISHED, openListWriter } from "./list-writer.ts";
import type { RecipientsReader } from "./recipients-file.ts";
import { openRecipients } from "./recipients-file.ts";
import { rejectedRows } from "./rejected-rows.ts";

export interface ListStoreOptions {
  readonly clock: Pick<Clock, "now">;
  /** Makes an id that no list has had; lower-case letters, digits and `-`. */
  readonly newId?: () => string;
}

/** Opens the store of lists in a data folder. */
export async function openListStore(dataDir: string, options: ListStoreOptions): Promise<ListStore> {
  const { clock, newId = randomUUID } = options;
  const folder = listsFolder(dataDir);
  await createFolder(folder);
  return {
    create: (columns) => openListWriter(join(folder, newId()), { columns, createdAt: clock.now() }),
    get: (listId) => lookedUp(dataDir, listId, clock.now()),
    head: (listId, count) => head(dataDir, listId, count),
    rows: (listId) => listRows(dataDir, listId),
    rejected: async (listId) => (isListId(listId) ? rejectedRows(join(folder, listId)) : undefined),
    discard: (listId) => discard(folder, listId),
    prune: (before) => prune(dataDir, before),
  };
}

/** Whoever looks a list up may come back to it for as long as for a new one. */
async function lookedUp(dataDir: string, listId: string, now: number): Promise<StoredList | undefined> {
  const list = await readStoredList(dataDir, listId);
  if (list) await utimes(join(listsFolder(dataDir), listId, LIST_FILE), now / 1000, now / 1000).catch(gone);
  return list;
}

function gone(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}

/** Nobody writes any more to what did not grow since then. */
async function removeUnfinished(folder: string, before: number): Promise<void> {
  for (const name of (await readdir(folder)).filter((one) => one.endsWith(UNFINISHED))) {
    const files = [RECIPIENTS_FILE, REJECTED_FILE].map((file) => stat(join(folder, name, file)).catch(gone));
    const written = (await Promise.all(files)).map((found) => found?.mtimeMs ?? 0);
    if (Math.max(...written) < before) await rm(join(folder, name), { recursive: true, force: true });
  }
}

interface OpenList {
  readonly columns: readonly string[];
  readonly recipients: RecipientsReader;
}

async function openList(dataDir: string, listId: string): Promise<OpenList> {
  const list = await readStoredList(dataDir, listId);
  if (!list) throw new Error(`There is no list ${JSON.stringify(listId)}`);
  const { columns, count } = list;
  const folder = join(listsFolder(dataDir), listId);
  return { columns, recipients: await openRecipients(folder, [{ file: RECIPIENTS_FILE, count, columns }]) };
}

async function head(dataDir: string, listId: string, count: number): Promise<readonly Recipient[]> {
  await using recipients = (await openList(dataDir, listId)).recipients;
  const first: Recipient[] = [];
  for (let ordinal = 0; ordinal < Math.min(count, recipients.size); ordinal++)
    first.push(await recipients.read(ordinal));
  return first;
}

/** As {@link ListStore.rows}, also for who opens nothing. */
export async function* listRows(dataDir: string, listId: string): ReturnType<ListStore["rows"]> {
  const { columns, recipients: opened } = await openList(dataDir, listId);
  await using recipients = opened;
  for (let ordinal = 0; ordinal < recipients.size; ordinal++) {
    const found = recipients.read(ordinal);
    const { username, variables } = found instanceof Promise ? await found : found;
    yield { username, values: columns.map((column) => variables[column] ?? "") };
  }
}

async function discard(folder: string, listId: string): Promise<void> {
  if (!isListId(listId)) return;
  await rm(join(folder, listId), { recursive: true, force: true });
  await syncFolder(folder);
}

/** What is left of adopted lists goes too, but isn't counted; a list that can't be understood is left for a person. */
async function prune(dataDir: string, before: number): Promise<number> {
  const folder = listsFolder(dataDir);
  let pruned = 0;
  await removeUnfinished(folder, before);
  for (const listId of (await readdir(folder)).filter(isListId)) {
    if (!(await isOlder(join(folder, listId, LIST_FILE), before))) continue;
    if (await readStoredList(dataDir, listId)) pruned++;
    await discard(folder, listId);
  }
  return pruned;
}

async function isOlder(path: string, before: number): Promise<boolean> {
  try {
    const list = await readDocument(path, listFormat);
    if (list === undefined || list.createdAt >= before) return false;
    return ((await stat(path).catch(gone))?.mtimeMs ?? before) < before;
  } catch (error) {
    if (error instanceof BrokenDocumentError) return false;
    throw error;
  }
}

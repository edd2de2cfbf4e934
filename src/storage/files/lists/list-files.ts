/** The files of a stored list in `data/lists/<listId>/`, for the list store that writes them and those who take them over. */
import { access } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readDocument } from "../../../lib/files/stored-document.ts";
import type { StoredList } from "../../ports/lists.ts";

/** Recipients, one a line; moves away when a campaign adopts the list. */
export const RECIPIENTS_FILE = "recipients.jsonl";

/** Rows that are no recipients, one a line: its line, text and reason; there only when some were. */
export const REJECTED_FILE = "rejected.jsonl";

/** What is known of the list; written last. */
export const LIST_FILE = "list.json";

export const listFormat = {
  version: 1,
  schema: z.strictObject({
    count: z.int().nonnegative(),
    columns: z.array(z.string()),
    /** ms since the epoch */
    createdAt: z.number(),
  }),
};

/** Tells whether a text can be a list's id; whatever else it is, it doesn't lead out of the folder. */
export function isListId(text: string): boolean {
  return /^[a-z0-9-]{1,64}$/.test(text);
}

/** Where all lists are. */
export function listsFolder(dataDir: string): string {
  return join(dataDir, "lists");
}

/** Reads what is known of a list; undefined when there is none of that id or a campaign adopted it. */
export async function readStoredList(dataDir: string, listId: string): Promise<StoredList | undefined> {
  if (!isListId(listId)) return undefined;
  const folder = join(listsFolder(dataDir), listId);
  const list = await readDocument(join(folder, LIST_FILE), listFormat);
  if (!list || !(await exists(join(folder, RECIPIENTS_FILE)))) return undefined;
  const { count, columns } = list;
  return { listId, count, columns };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The rows of a list that name nobody, as a table in somebody's words. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { InvalidReason } from "../../domain/people/username.ts";
import { writeFileAtomically } from "../../lib/files/atomic-file.ts";
import { CSV_START, csvLine } from "../../lib/files/csv-line.ts";
import { createFolder } from "../../lib/files/sync-folder.ts";
import type { ListStore, RejectedRow } from "../../storage/ports/lists.ts";

/** The words of the table. */
export interface RejectedWords {
  /** Line, text, reason. */
  readonly headings: readonly [string, string, string];
  readonly reason: (reason: InvalidReason) => string;
}

interface Parts {
  readonly lists: Pick<ListStore, "rejected" | "discard">;
  readonly exportsFolder: string;
}

/** Lines written at a stretch: the chat is answered in between. */
const LINES_PER_PIECE = 1000;

/** Writes the table among the exports; answers its path, or undefined when no row was rejected. No cell starts a formula. */
export async function writeRejected(
  { lists, exportsFolder }: Parts,
  listId: string,
  words: RejectedWords,
): Promise<string | undefined> {
  const rows = await lists.rejected(listId);
  if (!rows) return undefined;
  await createFolder(exportsFolder);
  const path = tablePath(exportsFolder, listId);
  await writeFileAtomically(path, tableOf(rows, words));
  return path;
}

/** Throws a list away, and the table of it. */
export async function discardList({ lists, exportsFolder }: Parts, listId: string): Promise<void> {
  // Whoever discards a list names it once more after a crash; a name that is none must not lead out of the folder.
  if (await lists.rejected(listId)) await rm(tablePath(exportsFolder, listId), { force: true });
  await lists.discard(listId);
}

function tablePath(exportsFolder: string, listId: string): string {
  return join(exportsFolder, `${listId}-rejected.csv`);
}

async function* tableOf(
  rows: AsyncIterable<RejectedRow>,
  { headings, reason }: RejectedWords,
): AsyncGenerator<string> {
  let piece = CSV_START + csvLine(headings);
  let lines = 0;
  for await (const { line, text, reason: why } of rows) {
    piece += csvLine([String(line), text, reason(why)]);
    if (++lines % LINES_PER_PIECE !== 0) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

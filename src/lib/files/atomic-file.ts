/** Replaces a file as a whole: after a crash or a power cut it holds either all of the old content or all of the new. */
import type { FileHandle } from "node:fs/promises";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { PRIVATE_FILE } from "./private-files.ts";
import { syncFolder } from "./sync-folder.ts";

/** Enough that the trips to the thread pool don't count, little enough to keep in memory. */
const CHARACTERS_PER_WRITE = 1 << 18;

/** A long content, in order: texts, bytes, or both. */
export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file through a temporary one beside it, `<path>.tmp`, and resolves when the new content is durable. The file
 * can be read by this user alone.
 *
 * A long content is given in pieces of any size; the event loop turns between writes. One write of the same path at a
 * time: the caller sees to that. When it fails the old file is untouched and the temporary one removed; only a failure
 * of the very last step, syncing the folder, leaves open which of the two a power cut would bring back.
 */
export async function writeFileAtomically(path: string, content: string | Pieces): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    const file = await openNew(temporary);
    try {
      await writePieces(file, typeof content === "string" ? [content] : content);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error is the one that tells what happened
    throw error;
  }
  await syncFolder(dirname(path));
}

/** What lies under the name, left by a crash or put there by somebody, goes; a link is never followed. */
async function openNew(path: string): Promise<FileHandle> {
  await rm(path, { force: true });
  return open(path, "wx", PRIVATE_FILE);
}

async function writePieces(file: FileHandle, pieces: Pieces): Promise<void> {
  let [held, characters]: [string[], number] = [[], 0];
  for await (const piece of pieces) {
    if (typeof piece !== "string") {
      await file.appendFile(Buffer.concat([Buffer.from(held.join("")), piece]));
      [held, characters] = [[], 0];
      continue;
    }
    held.push(piece);
    characters += piece.length;
    if (characters < CHARACTERS_PER_WRITE) continue;
    await file.appendFile(held.join(""));
    [held, characters] = [[], 0];
  }
  if (characters > 0) await file.appendFile(held.join(""));
}

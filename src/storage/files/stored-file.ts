/** The content of a file of this disk, given out and taken in as a stream. */
import { open, rm, stat } from "node:fs/promises";
import { filePieces } from "../../lib/files/file-pieces.ts";
import { PRIVATE_FILE } from "../../lib/files/private-files.ts";
import type { StoredFile } from "../ports/files.ts";

/** What lies there; undefined when nothing does. */
export async function storedFile(path: string): Promise<StoredFile | undefined> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return found && { size: found.size, open: () => filePieces(path) };
}

/**
 * Writes a new file, on disk when it resolves; of a content that breaks off nothing stays. Answers false, having read
 * nothing of the content, when there is a file already.
 */
export async function writeStream(path: string, content: AsyncIterable<Uint8Array>): Promise<boolean> {
  const opened = await open(path, "wx", PRIVATE_FILE).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") return undefined;
    throw error;
  });
  if (!opened) return false;
  await using file = opened;
  try {
    for await (const piece of content) await file.writeFile(piece);
    await file.sync();
    return true;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

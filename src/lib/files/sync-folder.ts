/** Makes names durable: a file created in, renamed into or removed from a folder is so only after its folder was synced. */
import { mkdir, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** Resolves when the folder's entries are on disk. Does nothing on Windows, which has no such call and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A folder and the parents made for it are their owner's alone. */
const MODE = 0o700;

/**
 * Creates a folder with all its parents, for this user alone, and resolves when it will still be there after a power
 * cut.
 */
export async function createFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: MODE });
  if (first === undefined) return;
  const top = dirname(resolve(first));
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    await syncFolder(folder);
    if (folder === top) return;
  }
}

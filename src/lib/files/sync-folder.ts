/** Makes names durable: a file created in, renamed into or removed from a folder is so only after its folder was synced. */
import { mkdir, open, stat } from "node:fs/promises";
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
 * @throws {Error} with the system's code, where it can't be made
 */
export async function createFolder(path: string): Promise<void> {
  for (const made of await makeWithParents(resolve(path))) await syncFolder(dirname(made));
}

/**
 * Answers what was made, the innermost first. Node's own way up the parents never ends where a parent is there and the
 * system says ENOENT all the same, as it does below /proc.
 */
async function makeWithParents(path: string): Promise<readonly string[]> {
  if (await isFolder(path)) return [];
  const parent = dirname(path);
  const above = parent === path ? [] : await makeWithParents(parent);
  try {
    await mkdir(path, { mode: MODE });
    return [path, ...above];
  } catch (error) {
    if (await isFolder(path)) return above; // made by somebody else meanwhile
    throw error;
  }
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

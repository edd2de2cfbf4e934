/**
 * Files without which a promise could not be kept, such as who said stop. That they are there is noted beside the folder's id,
 * so that one that is gone is seen to be: without it Peyk would begin it anew, and forget in silence.
 */
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { identityOf, noteKept } from "./identity.ts";

/** data/README.md says of each what is lost with it. */
export const guards = [
  "audiences.json",
  "bot",
  "campaigns",
  "erased-key",
  "erased.json",
  // The rest of the history guards itself; names may leave this one, so no chain goes over them.
  "history/names.json",
  "leads",
  "moved.json",
  "own-replies.jsonl",
  "subscribers.jsonl",
  "suppression.jsonl",
  "tags.jsonl",
  "team.json",
  "test-sends.jsonl",
  "x-people.jsonl",
] as const;

/** Notes what there is now, and again when it is closed; what can't be noted is noted the next time. */
export async function openGuards(dataDir: string, beforeWrite: () => void): Promise<AsyncDisposable> {
  const note = async (): Promise<void> => {
    const names = { kept: await present(dataDir), filled: await filled(dataDir) };
    await noteKept(dataDir, names, beforeWrite).catch(() => undefined);
  };
  await note();
  return { [Symbol.asyncDispose]: note };
}

/** What was there once and is gone; nothing can be said of a folder whose own id is. */
export async function goneGuards(dataDir: string): Promise<readonly string[]> {
  const identity = await identityOf(dataDir).catch(() => undefined);
  if (!identity) return (await isThere(dataDir, "lease.json")) ? ["identity.json"] : [];
  const kept = identity.kept ?? [];
  const there = await Promise.all(kept.map((name) => isThere(dataDir, name)));
  return kept.filter((_, place) => !there[place]);
}

/**
 * What had something in it once and is there without. Only erasing takes lines out: of a folder in which somebody was erased
 * nothing is said, because nobody knows whether the last line was theirs.
 */
export async function emptiedGuards(dataDir: string): Promise<readonly string[]> {
  if (await isThere(dataDir, "erased.json")) return [];
  const identity = await identityOf(dataDir).catch(() => undefined);
  const now = await filled(dataDir);
  const gone = await goneGuards(dataDir);
  return (identity?.filled ?? []).filter((name) => !now.includes(name) && !gone.includes(name));
}

async function filled(dataDir: string): Promise<readonly string[]> {
  const logs = guards.filter((name) => name.endsWith(".jsonl"));
  const sizes = await Promise.all(logs.map((name) => sizeOf(join(dataDir, name))));
  return logs.filter((_, place) => (sizes[place] ?? 0) > 0);
}

async function sizeOf(path: string): Promise<number> {
  return (await lstat(path).catch(() => undefined))?.size ?? 0;
}

async function present(dataDir: string): Promise<readonly string[]> {
  const there = await Promise.all(guards.map((name) => hasContent(join(dataDir, name))));
  return guards.filter((_, place) => there[place]);
}

/** A folder with nothing in it is no loss, and no backup has it. */
async function hasContent(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isDirectory() ? (await readdir(path)).length > 0 : found !== undefined;
}

function isThere(dataDir: string, name: string): Promise<boolean> {
  return lstat(join(dataDir, name)).then(
    () => true,
    () => false,
  );
}

/**
 * Where the tests keep their files: in memory, where the system has room for them there. What is synced thousands of times
 * is then waited for no longer, a third of the CPU time of the suites that write. A killed process loses there what it
 * would lose on a disk; `--mode long` writes to the disk.
 */
import { accessSync, constants, statfsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";

const IN_MEMORY = "/dev/shm";
const NAME = "peyk-tests-";
/** Several times what the suite ever has there at once. */
const ROOM_BYTES = 2_000_000_000;

/** The folder of this run; nothing where files stay on the disk. */
export function memoryFolder(mode: string): string | undefined {
  return mode !== "long" && hasRoom() ? `${IN_MEMORY}/${NAME}${process.pid}` : undefined;
}

function hasRoom(): boolean {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false; // no such place here
  }
}

/** Vitest's global set-up: makes the folder that the tests were told of, and removes it when the run is over. */
export default async function setUp({
  config,
}: {
  /** Nothing of an environment where none was set. */
  readonly config: { readonly env?: Partial<Record<string, string>> };
}): Promise<(() => Promise<void>) | undefined> {
  const { TMPDIR: folder } = config.env ?? {};
  if (folder === undefined) return undefined;
  for (const name of await readdir(IN_MEMORY))
    if (isLeftOver(name)) await rm(`${IN_MEMORY}/${name}`, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return () => rm(folder, { recursive: true, force: true });
}

/** Tells whether a folder is of a run that was killed before it could remove it. */
function isLeftOver(name: string): boolean {
  if (!name.startsWith(NAME)) return false;
  try {
    process.kill(Number(name.slice(NAME.length)), 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

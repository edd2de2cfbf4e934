/** Which data this is: an id made up once and copied along with every backup, so that a copy is known to be one. */
import { randomUUID } from "node:crypto";
import { link, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../../../lib/files/atomic-file.ts";
import { PRIVATE_FILE } from "../../../lib/files/private-files.ts";
import { BrokenDocumentError, readDocument } from "../../../lib/files/stored-document.ts";
import { syncFolder } from "../../../lib/files/sync-folder.ts";

/** What file systems without hard links answer; there the epoch of the lease alone tells two first starts apart. */
const NO_LINKS: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

const format = {
  version: 1,
  schema: z.object({
    id: z.uuid(),
    history: z.string().exactOptional(),
    /** Files that were there once; see {@link guards}. */
    kept: z.array(z.string()).exactOptional(),
    /** Those of them that had something in them. */
    filled: z.array(z.string()).exactOptional(),
  }),
};

type Identity = z.infer<typeof format.schema>;

/** All that stands in it; undefined when nothing was ever started on the folder. @throws {BrokenDocumentError} */
export function identityOf(dataDir: string): Promise<Identity | undefined> {
  return readDocument(join(dataDir, "identity.json"), format);
}

async function write(dataDir: string, value: Identity, beforeWrite?: () => void): Promise<void> {
  beforeWrite?.();
  const content = `${JSON.stringify({ version: format.version, value }, null, 2)}\n`;
  await writeFileAtomically(join(dataDir, "identity.json"), content);
}

/** Other files are there than were: what was noted of those is no loss. */
export async function beginAnew(dataDir: string): Promise<void> {
  const identity = await identityOf(dataDir);
  if (!identity) return;
  const { kept: _kept, filled: _filled, ...rest } = identity;
  await write(dataDir, rest);
}

/** Notes files that are there, for good; a folder that has no id yet has nothing to lose. */
export async function noteKept(
  dataDir: string,
  names: { readonly kept: readonly string[]; readonly filled: readonly string[] },
  beforeWrite?: () => void,
): Promise<void> {
  const identity = await identityOf(dataDir);
  if (!identity) return;
  const { kept: keptBefore = [], filled: filledBefore = [] } = identity;
  const kept = joined(keptBefore, names.kept);
  const filled = joined(filledBefore, names.filled);
  if (kept.length > keptBefore.length || filled.length > filledBefore.length)
    await write(dataDir, { ...identity, kept, filled }, beforeWrite);
}

/** Something was taken out on purpose: it is no loss. */
export async function noteTakenOut(dataDir: string, name: string): Promise<void> {
  const identity = await identityOf(dataDir);
  if (identity?.kept?.includes(name) !== true) return;
  await write(dataDir, { ...identity, kept: identity.kept.filter((one) => one !== name) });
}

function joined(before: readonly string[], names: readonly string[]): string[] {
  return [...new Set([...before, ...names])].toSorted();
}

/**
 * Reads the folder's id without making one up; undefined when nothing was ever started on it.
 * @throws {BrokenDocumentError} that says what to do
 */
export async function knownIdentity(dataDir: string): Promise<string | undefined> {
  try {
    return (await identityOf(dataDir))?.id;
  } catch (error) {
    if (!(error instanceof BrokenDocumentError)) throw error;
    throw new BrokenDocumentError(error.path, error.flaw, true);
  }
}

/** Reads the folder's id, making it up at the first start. Two first starts at the same time get the same one. */
export async function readIdentity(dataDir: string): Promise<string> {
  const path = join(dataDir, "identity.json");
  const known = await knownIdentity(dataDir);
  if (known !== undefined) return known;
  await createIdentity(path);
  const created = await knownIdentity(dataDir);
  if (created === undefined) throw new Error(`${path} vanished while it was created`);
  return created;
}

/**
 * Which history is this folder's, as a print of its key; undefined where none was ever begun, or by an older version. Kept apart
 * from the history, so that one that is gone with everything beside it, or is another folder's, is seen to be.
 */
export async function knownHistory(dataDir: string): Promise<string | undefined> {
  return (await identityOf(dataDir).catch(() => undefined))?.history;
}

/** Keeps the print of the first history for good; a folder that has no id yet has nothing to lose. */
export async function noteHistory(dataDir: string, print: string, beforeWrite?: () => void): Promise<void> {
  const identity = await identityOf(dataDir).catch(() => undefined);
  if (!identity || identity.history !== undefined) return;
  await write(dataDir, { ...identity, history: print }, beforeWrite);
}

/** Writes the whole file under a name of its own and gives it the real name only if nobody did so before. */
async function createIdentity(path: string): Promise<void> {
  const id = randomUUID();
  const temporary = `${path}.${id}.tmp`;
  const content = `${JSON.stringify({ version: format.version, value: { id } }, null, 2)}\n`;
  await writeFile(temporary, content, { flush: true, mode: PRIVATE_FILE, flag: "wx" });
  try {
    await link(temporary, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return;
      if (!NO_LINKS.has(error.code ?? "")) throw error;
      await rename(temporary, path);
    });
    await syncFolder(dirname(path));
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * A data folder's files as they stand at one moment each, in the order in which a backup needs them. Logs only grow and
 * documents are replaced as a whole, so a file is as good as frozen once it is open and its length is known.
 *
 * Of a campaign, document and journal are of one moment: nobody can have been added, claimed or settled between them.
 */
import type { FileHandle } from "node:fs/promises";
import { open, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { TarFile } from "../../../lib/files/tar-pieces.ts";
import { AMENDMENTS_FILE } from "../amendments/amendment-store.ts";
import { CAMPAIGN_FILE, JOURNAL_FILE } from "../campaigns/campaign-folders.ts";
import { SNAPSHOT_FILE } from "../ledger/fold-snapshot.ts";
import { backupTurns, ownFiles } from "../folder/own-names.ts";

/** Below Peyk's own names: what is made anew, or is this process's own. */
const LEFT_OUT =
  /(?:\.tmp|\/summary\.json)$|\.unfinished(?:\/|$)|^bot\/(?:updates|updates-set-aside|conversations|seen-updates)\.json/;

/** Everything of a data folder that belongs in a backup, opened when its turn comes. */
export async function* frozenFiles(dataDir: string): AsyncGenerator<TarFile> {
  const there = new Set(await readdir(dataDir));
  for (const turn of backupTurns) {
    const names = Object.keys(ownFiles).filter((one) => ownFiles[one]?.backup === turn && there.has(one));
    for (const name of names) {
      if (name !== "campaigns") yield* below(dataDir, name);
      else
        for (const id of await namesIn(join(dataDir, name))) yield* campaignFiles(dataDir, `${name}/${id}`);
    }
  }
}

/** A file, or all in a folder and below it. */
async function* below(dataDir: string, name: string, isLeftOut = isNever): AsyncGenerator<TarFile> {
  if (isLeftOut(name)) return;
  const names = await namesIn(join(dataDir, name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (!names) {
    const file = await freeze(join(dataDir, name));
    if (file) yield* given(name, file);
    return;
  }
  for (const one of names) yield* below(dataDir, `${name}/${one}`, isLeftOut);
}

function isNever(name: string): boolean {
  return LEFT_OUT.test(name);
}

/** What goes by the journal is frozen before it, and what it goes by after it. */
async function* campaignFiles(dataDir: string, folder: string): AsyncGenerator<TarFile> {
  const path = join(dataDir, folder);
  const names = await namesIn(path).catch(() => []);
  const first = names.filter((name) => name === AMENDMENTS_FILE || name.startsWith("task_checkpoint_"));
  for (const name of first) yield* below(dataDir, `${folder}/${name}`);
  const { document, journal } = await atOneMoment(path);
  if (journal) yield* given(`${folder}/${JOURNAL_FILE}`, journal);
  if (document) yield { name: `${folder}/${CAMPAIGN_FILE}`, bytes: document.length, content: [document] };
  const taken = new Set([...first, JOURNAL_FILE, CAMPAIGN_FILE, SNAPSHOT_FILE]);
  // Lists that joined meanwhile are there by now, for whatever the document names.
  for (const name of await namesIn(path).catch(() => []))
    if (!taken.has(name)) yield* below(dataDir, `${folder}/${name}`);
}

/** As often as the document changes while the journal is opened, which is seldom twice. */
async function atOneMoment(
  folder: string,
): Promise<{ readonly document: Buffer | undefined; readonly journal: Frozen | undefined }> {
  for (;;) {
    const document = await contentOf(join(folder, CAMPAIGN_FILE));
    const journal = await freeze(join(folder, JOURNAL_FILE));
    const after = await contentOf(join(folder, CAMPAIGN_FILE));
    const isSame = document && after ? document.equals(after) : document === after;
    if (isSame) return { document, journal };
    await journal?.file.close();
  }
}

interface Frozen {
  readonly file: FileHandle;
  readonly bytes: number;
}

/** Undefined when it is not there. Of a log a line that is only half written is left out. */
async function freeze(path: string): Promise<Frozen | undefined> {
  const file = await open(path, "r").catch(absent);
  if (!file) return undefined;
  const { size } = await file.stat();
  return { file, bytes: path.endsWith(".jsonl") ? await endOfLines(file, size) : size };
}

async function* given(name: string, { file, bytes }: Frozen): AsyncGenerator<TarFile> {
  try {
    yield { name, bytes, content: contentFrom(file, bytes) };
  } finally {
    await file.close();
  }
}

const CHUNK_BYTES = 1 << 18;

async function* contentFrom(file: FileHandle, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes;) {
    const piece = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, bytes - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return; // shorter than it was: whoever packs it says so
    yield piece.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** Up to and with the last newline. */
async function endOfLines(file: FileHandle, size: number): Promise<number> {
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - CHUNK_BYTES);
    const piece = Buffer.alloc(end - start);
    await file.read(piece, 0, piece.length, start);
    const at = piece.lastIndexOf("\n");
    if (at >= 0) return start + at + 1;
    end = start;
  }
  return 0;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const names: readonly string[] = (await readdir(folder).catch(absent)) ?? [];
  return names.toSorted();
}

function contentOf(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(absent);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

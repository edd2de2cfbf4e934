/** Reads a backup and believes nothing before its checksums agree. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { PRIVATE_FILE } from "../../../lib/files/private-files.ts";
import { createFolder } from "../../../lib/files/sync-folder.ts";
import type { TarEntry } from "../../../lib/files/tar-pieces.ts";
import { BadArchiveError, tarEntries } from "../../../lib/files/tar-pieces.ts";
import type { Trouble } from "../../../lib/trouble.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import { ownFiles } from "../folder/own-names.ts";
import type { About, Sums } from "./backup-format.ts";
import { ABOUT_FILE, SUMS_FILE, VERSION, aboutSchema, sumsOf, sumsSchema } from "./backup-format.ts";

/** The longest of the two files that say something of the backup itself, in bytes: a line a file of millions. */
const LONGEST_SAID = 1 << 28;

/**
 * Writes a backup's files into a folder and answers what it is of, once all of them are on disk and as they were packed.
 * @throws {TroubledError} when it is no backup, is cut off or damaged, or of a later version; the folder then holds anything
 */
export async function unpackBackup(path: string, folder: string): Promise<About> {
  const gunzip = createGunzip();
  const done = pipeline(createReadStream(path), gunzip);
  done.catch(() => undefined); // the reader below meets the same error
  try {
    const about = await unpacked(tarEntries(gunzip), path, folder);
    await done;
    return about;
  } catch (error) {
    gunzip.destroy();
    throw asTrouble(error, path);
  }
}

async function unpacked(entries: AsyncGenerator<TarEntry>, path: string, folder: string): Promise<About> {
  const { value: first } = await entries.next();
  if (!first || (first satisfies TarEntry).name !== ABOUT_FILE) throw problem("notBackup", path);
  const said = await textOf(first);
  const about = aboutIn(said, path);
  const sums: { name: string; sha256: string }[] = [{ name: ABOUT_FILE, sha256: sha256(said) }];
  for await (const entry of entries) {
    if (entry.name === SUMS_FILE) {
      compare(sumsIn(await textOf(entry), path), sums, path);
      return about;
    }
    if (!isOurs(entry.name)) throw problem("backupDamaged", path, entry.name);
    sums.push({ name: entry.name, sha256: await writeEntry(entry, join(folder, entry.name)) });
  }
  throw problem("backupCut", path);
}

/** One of Peyk's files that belong in a backup, whose name leads nowhere else. */
function isOurs(name: string): boolean {
  const [first = "", ...rest] = name.split("/");
  const rule = Object.hasOwn(ownFiles, first) ? ownFiles[first] : undefined;
  const isPlain = rest.every((part) => part !== "" && !part.startsWith(".") && !/[\\:\0]/.test(part));
  return rule !== undefined && rule.backup !== "never" && isPlain;
}

/** Answers the checksum of what was written; it is on disk then. */
async function writeEntry({ content }: TarEntry, path: string): Promise<string> {
  await createFolder(dirname(path));
  await using file = await open(path, "wx", PRIVATE_FILE);
  const hash = createHash("sha256");
  for await (const piece of content) {
    hash.update(piece);
    await file.writeFile(piece);
  }
  await file.sync();
  return hash.digest("hex");
}

async function textOf({ content, bytes }: TarEntry): Promise<string> {
  if (bytes > LONGEST_SAID) throw new BadArchiveError("it says too much of itself");
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function aboutIn(text: string, path: string): About {
  const { success, data } = aboutSchema.safeParse(parsed(text));
  if (!success) throw problem("notBackup", path);
  if (data.version > VERSION) throw problem("backupVersion", path);
  return data;
}

function sumsIn(text: string, path: string): Sums {
  const { success, data } = sumsSchema.safeParse(parsed(text));
  if (!success) throw problem("backupDamaged", path, SUMS_FILE);
  return data;
}

function compare(said: Sums, found: Sums["files"], path: string): void {
  if (said.sha256 !== sumsOf(said.files).sha256) throw problem("backupDamaged", path, SUMS_FILE);
  const odd = found.find(({ name, sha256: sum }, at) => {
    const one = said.files[at];
    return one?.name !== name || one.sha256 !== sum;
  });
  if (odd) throw problem("backupDamaged", path, odd.name);
  if (said.files.length !== found.length) throw problem("backupCut", path);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

type Problem = "notBackup" | "backupCut" | "backupDamaged" | "backupVersion";

/** @param name Of the file in it that the problem is about */
function problem(code: Problem, path: string, name = ""): TroubledError {
  const trouble: Trouble = { code, with: { path, ...(name === "" ? {} : { name }) } };
  return new TroubledError(`${path} can't be used as a backup: ${code} ${name}`.trimEnd(), trouble);
}

/** What zlib and the archive say is that the file is none, or is not whole. */
function asTrouble(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "Z_BUF_ERROR") return problem("backupCut", path);
  if (code === "Z_DATA_ERROR" || code === "EISDIR") return problem("notBackup", path);
  if (error instanceof BadArchiveError) return problem("backupCut", path);
  return error;
}

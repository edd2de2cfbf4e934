/** Makes a backup of a data folder, also while a Peyk is at work there. */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { MadeFile } from "../../../lib/files/made-file.ts";
import type { TarFile } from "../../../lib/files/tar-pieces.ts";
import { tarPieces } from "../../../lib/files/tar-pieces.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import { checkDataFolder } from "../folder/data-folder.ts";
import { knownIdentity } from "../folder/identity.ts";
import { readLease } from "../folder/lease.ts";
import type { About, Sums } from "./backup-format.ts";
import { ABOUT_FILE, FORMAT, SUMS_FILE, VERSION, sumsOf } from "./backup-format.ts";
import { frozenFiles } from "./frozen-files.ts";

/**
 * One file with all that Peyk remembers, as it stands while the file is read: each time another one.
 * @param now ms since the epoch
 * @throws {TroubledError} when nothing was ever started in the folder
 */
export async function makeBackup(dataDir: string, now: number): Promise<MadeFile> {
  await checkDataFolder(dataDir);
  const identity = await knownIdentity(dataDir);
  if (identity === undefined)
    throw new TroubledError(`There is nothing in ${dataDir} to back up: no Peyk was ever started there.`, {
      code: "nothingToBackUp",
      with: { path: dataDir },
    });
  const epoch = (await readLease(dataDir))?.epoch ?? 0;
  const about: About = { format: FORMAT, version: VERSION, madeAt: now, identity, epoch };
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(/\D/g, "");
  return { name: `${FORMAT}-${stamp}.tar.gz`, open: () => packed(summed(dataDir, about)) };
}

async function* packed(files: AsyncIterable<TarFile>): AsyncGenerator<Uint8Array> {
  const gzip = createGzip();
  const done = pipeline(Readable.from(tarPieces(files)), gzip);
  done.catch(() => undefined); // the reader below meets the same error
  for await (const piece of gzip) if (piece instanceof Uint8Array) yield piece;
  await done;
}

/** What it is of before the files, and their checksums behind them. */
async function* summed(dataDir: string, about: About): AsyncGenerator<TarFile> {
  const sums: { name: string; sha256: string }[] = [];
  const whole = async function* (files: AsyncIterable<TarFile>): AsyncGenerator<TarFile> {
    for await (const file of files) {
      const hash = createHash("sha256");
      yield { ...file, content: hashed(file.content, hash) };
      sums.push({ name: file.name, sha256: hash.digest("hex") });
    }
  };
  yield* whole(only(jsonFile(ABOUT_FILE, about)));
  yield* whole(frozenFiles(dataDir));
  yield jsonFile(SUMS_FILE, sumsOf(sums));
}

async function* only<T>(one: T): AsyncGenerator<T> {
  yield one;
}

async function* hashed(
  content: TarFile["content"],
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    hash.update(piece);
    yield piece;
  }
}

function jsonFile(name: string, value: About | Sums): TarFile {
  const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
  return { name, bytes: bytes.length, content: [bytes] };
}

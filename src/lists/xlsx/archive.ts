import { crc32 } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { fromBufferPromise } from "yauzl";
import { BrokenList, ListTooLarge } from "../row.ts";

/** The parts of a zip archive, as texts. */
export interface Archive {
  /** Whatever the letters' case, as the parts of an office document are named. */
  has(name: string): boolean;
  /**
   * Unpacks a part of UTF-8 or UTF-16, as it is asked for.
   * @throws {BrokenList} when it is missing, damaged by a single bit, or no such text
   * @throws {ListTooLarge} when it holds more than the archive's directory says
   */
  text(name: string): AsyncGenerator<string>;
}

/** A million names with a dozen columns unpack to less. */
const MOST_UNPACKED = 200 << 20;
/** Spreadsheets are packed ten to thirty times smaller; only what is worth unpacking is held to it. */
const HIGHEST_RATIO = 200;
const RATIO_COUNTS_FROM = 10 << 20;
const MOST_PARTS = 10_000;
const END_OF_DIRECTORY = "PK\x05\x06";
/** Of the record that ends an archive; a comment of the length that it names follows. */
const END_LENGTH = 22;

/**
 * Opens a zip archive by its directory, without unpacking anything.
 * @returns Why it must not or can't be unpacked: `tooLarge` when it says that it holds far more than a list could
 */
export async function openArchive(zip: Buffer): Promise<Archive | "tooLarge" | "broken" | "protected"> {
  try {
    const file = await fromBufferPromise(withoutTail(zip), { validateEntrySizes: false });
    if (file.entryCount > MOST_PARTS) return "tooLarge";
    const entries: Entry[] = [];
    for await (const entry of file.eachEntry()) entries.push(entry);
    return sizeProblem(entries, zip.length) ?? archiveOf(file, entries) ?? "broken";
  } catch {
    return "broken";
  }
}

/** Mail programs and downloads append to files, be it a line end; what stands behind the archive is none of it. */
function withoutTail(zip: Buffer): Buffer {
  const end = zip.lastIndexOf(END_OF_DIRECTORY, -1, "latin1");
  if (end < 0 || end + END_LENGTH > zip.length) return zip;
  return zip.subarray(0, end + END_LENGTH + zip.readUInt16LE(end + END_LENGTH - 2));
}

function sizeProblem(entries: readonly Entry[], packed: number): "tooLarge" | "protected" | undefined {
  const size = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  const isSuspicious = size > RATIO_COUNTS_FROM && size > HIGHEST_RATIO * packed;
  if (size > MOST_UNPACKED || isSuspicious) return "tooLarge";
  return entries.some((entry) => entry.isEncrypted()) ? "protected" : undefined;
}

/** Undefined when two parts have one name: readers would differ over which of them counts. */
function archiveOf(file: ZipFile, entries: readonly Entry[]): Archive | undefined {
  const parts = new Map(entries.map((entry) => [entry.fileName.toLowerCase(), entry]));
  if (parts.size < entries.length) return undefined;
  return {
    has: (name) => parts.has(name.toLowerCase()),
    async *text(name) {
      const entry = parts.get(name.toLowerCase());
      if (!entry) throw new BrokenList("xlsx");
      try {
        yield* decoded(unpacked(file, entry));
      } catch (error) {
        throw error instanceof ListTooLarge ? error : new BrokenList("xlsx");
      }
    },
  };
}

async function* unpacked(file: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let size = 0;
  let checksum = 0;
  for await (const chunk of (await file.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    size += chunk.length;
    checksum = crc32(chunk, checksum);
    if (size > entry.uncompressedSize) throw new ListTooLarge();
    yield chunk;
  }
  if (size !== entry.uncompressedSize || checksum !== entry.crc32) throw new BrokenList("xlsx");
}

async function* decoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
    yield decoder.decode(chunk, { stream: true });
  }
  const rest = decoder?.decode() ?? "";
  if (rest !== "") yield rest;
}

function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  return start[0] === 0xfe && start[1] === 0xff ? "utf-16be" : "utf-8";
}

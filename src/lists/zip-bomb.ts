import { createInflateRaw } from "node:zlib";
import type { ZipEntry } from "./zip-directory.ts";

/** A million names with a dozen columns unpack to less. */
const MOST_UNPACKED = 200 << 20;
/** Spreadsheets are packed ten to thirty times smaller; only what is worth unpacking is held to it. */
const HIGHEST_RATIO = 200;
const RATIO_COUNTS_FROM = 10 << 20;
const MOST_FILES = 10_000;

/**
 * Tells whether an archive can be unpacked without harm, by its directory first and then by unpacking each file to
 * nowhere: directories lie. `bomb`: it declares far more than a list could be, or holds more than it declares.
 */
export async function unpackingRisk(
  zip: Buffer,
  entries: readonly ZipEntry[],
): Promise<"none" | "bomb" | "broken"> {
  const declared = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  const isSuspicious = declared > RATIO_COUNTS_FROM && declared > HIGHEST_RATIO * zip.length;
  if (entries.length > MOST_FILES || declared > MOST_UNPACKED || isSuspicious) return "bomb";
  for (const entry of entries) {
    const content = zip.subarray(entry.contentStart, entry.contentStart + entry.packed);
    const size = entry.isDeflated ? await unpackedSize(content, entry.unpacked) : content.length;
    if (size === undefined || size < entry.unpacked) return "broken";
    if (size > entry.unpacked) return "bomb";
  }
  return "none";
}

/** Counts what comes out, up to just over the limit; undefined when it can't be unpacked. */
async function unpackedSize(content: Buffer, limit: number): Promise<number | undefined> {
  const inflate = createInflateRaw();
  let size = 0;
  try {
    inflate.end(content);
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) return size;
    }
    return size;
  } catch {
    return undefined;
  } finally {
    inflate.destroy();
  }
}

/**
 * Looking for a few lines of a log that may have millions: what every line costs is finding its end and a look at its first
 * bytes, and only those that are wanted become text. Files are only ever opened for reading.
 */
import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";
import { CorruptLogError, NO_TEXT, firstUnreadable } from "./log-lines.ts";
import type { OnLine } from "./log-lines.ts";

/** Says of the bytes of one line, from `start` up to its newline at `end`, whether it is wanted. */
export type IsWanted = (bytes: Uint8Array, start: number, end: number) => boolean;

export interface LineScan {
  /** A line with one of these texts in it is wanted. */
  readonly texts?: readonly string[];
  /** So is one of which this is true. */
  readonly isWanted?: IsWanted;
  /** Called for each wanted line in order; line numbers start at 1. What it throws makes the line a corrupt one. */
  readonly onLine: OnLine;
}

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 10;

/**
 * Hands out every complete line that is wanted; a half one at the end is somebody's who writes it now. A missing file has
 * none.
 * @returns How many complete lines there are
 * @throws {CorruptLogError} naming the line that is no UTF-8 or that `onLine` threw at
 */
export async function scanLines(path: string, scan: LineScan): Promise<number> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (!file) return 0;
  try {
    let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let [held, size, lines] = [0, 0, 0];
    for (;;) {
      const { bytesRead } = await file.read(buffer, held, buffer.length - held, size);
      if (bytesRead === 0) return lines;
      size += bytesRead;
      const filled = held + bytesRead;
      const complete = buffer.subarray(0, filled).lastIndexOf(NEWLINE) + 1;
      lines = scanChunk(buffer.subarray(0, complete), { path, lines }, scan);
      held = filled - complete;
      if (held === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
      else buffer.copyWithin(0, complete, filled);
    }
  } finally {
    await file.close();
  }
}

interface Before {
  readonly path: string;
  readonly lines: number;
}

/** Answers the number of its last line. */
function scanChunk(bytes: Buffer, { path, lines }: Before, scan: LineScan): number {
  if (!isUtf8(bytes)) throw new CorruptLogError(path, lines + firstUnreadable(bytes), NO_TEXT);
  const { texts = [], isWanted, onLine } = scan;
  const places = texts.map((text) => new Places(bytes, text));
  let lineNumber = lines;
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, start);
    lineNumber++;
    if (places.some((one) => one.isIn(start, end)) || isWanted?.(bytes, start, end) === true)
      handOut(bytes.toString("utf8", start, end), path, { lineNumber, onLine });
    start = end + 1;
  }
  return lineNumber;
}

function handOut(
  line: string,
  path: string,
  { lineNumber, onLine }: { readonly lineNumber: number; readonly onLine: OnLine },
): void {
  try {
    onLine(line, lineNumber);
  } catch (error) {
    throw new CorruptLogError(path, lineNumber, error);
  }
}

/** Where a text stands in a chunk, asked for line after line. */
class Places {
  readonly #bytes: Buffer;
  readonly #text: string;
  #next: number;

  constructor(bytes: Buffer, text: string) {
    this.#bytes = bytes;
    this.#text = text;
    this.#next = this.#after(0);
  }

  isIn(start: number, end: number): boolean {
    if (this.#next < start) this.#next = this.#after(start);
    return this.#next < end;
  }

  #after(start: number): number {
    const found = this.#bytes.indexOf(this.#text, start);
    return found < 0 ? Infinity : found;
  }
}

/** Tells whether a line begins and ends as a line of JSON objects does: what does not was not written whole. */
export function looksWhole(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start] === BRACE && bytes[start + 1] === QUOTE && bytes[end - 1] === END_BRACE;
}

const [BRACE, END_BRACE, QUOTE] = [0x7b, 0x7d, 0x22];

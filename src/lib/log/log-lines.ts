/** Reading back what an append log wrote: every complete line once, in order, and where the last one ends. */
import { isUtf8 } from "node:buffer";
import type { Trouble } from "../trouble.ts";
import { troublesOf } from "../trouble.ts";
import type { LogFile } from "./log-file.ts";

/** Bytes that can't be read as letters, as the cause of a {@link CorruptLogError}. */
export const NO_TEXT = "holds bytes that are no text";

const UNCLEAR: Trouble = { code: "lineUnclear" };

/** Called for each line without its newline; line numbers start at 1. What it throws makes the line a corrupt one. */
export type OnLine = (line: string, lineNumber: number) => void;

/** A line that was once written whole can't be understood any more. Nothing is dropped or guessed: a person must look. */
export class CorruptLogError extends Error {
  override readonly name = "CorruptLogError";
  readonly path: string;
  /** From 1. */
  readonly lineNumber: number;
  readonly trouble: Trouble;

  constructor(path: string, lineNumber: number, cause: unknown) {
    super(`${path}, line ${lineNumber}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.path = path;
    this.lineNumber = lineNumber;
    const [what = UNCLEAR] = cause === NO_TEXT ? [{ code: "lineNoText" } as const] : troublesOf(cause);
    this.trouble = { code: "damagedLine", with: { path, line: lineNumber, what } };
  }
}

/** The beginning of a line: so many bytes and lines are before it. */
export interface LineStart {
  readonly offset: number;
  readonly lines: number;
}

const FIRST_LINE: LineStart = { offset: 0, lines: 0 };

/** Large enough that a read costs nothing per line, small enough that parsing one chunk doesn't hold up the event loop. */
const CHUNK_BYTES = 1 << 20;

const NEWLINE = 10;

/**
 * Hands every complete line to `onLine`, a chunk at a time, and lets the event loop turn between chunks.
 *
 * The lines are views into their chunk: a piece of one kept for long keeps the whole megabyte in memory. What
 * JSON.parse makes of a line is free of it.
 * @param from Where to begin; the lines before it are not looked at
 * @returns `end`: bytes up to and with the last newline, and so many `lines`; `size`: bytes in the file. More than `end`
 * means a torn last line.
 * @throws {CorruptLogError} naming the line that is no UTF-8 or that `onLine` threw at
 */
export async function readLines(
  file: Pick<LogFile, "read">,
  path: string,
  onLine: OnLine,
  from: LineStart = FIRST_LINE,
): Promise<{ readonly end: number; readonly lines: number; readonly size: number }> {
  let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let [held, size, lineNumber] = [0, from.offset, from.lines];
  for (;;) {
    const read = await file.read(buffer, held, size);
    if (read === 0) return { end: size - held, lines: lineNumber, size };
    size += read;
    const filled = held + read;
    const complete = buffer.subarray(0, filled).lastIndexOf(NEWLINE) + 1;
    lineNumber = handOut(buffer.subarray(0, complete), path, lineNumber, onLine);
    held = filled - complete;
    if (held === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
    else buffer.copyWithin(0, complete, filled);
  }
}

/** Answers the number of the last line handed out. */
function handOut(bytes: Buffer, path: string, lastNumber: number, onLine: OnLine): number {
  if (!isUtf8(bytes)) throw new CorruptLogError(path, lastNumber + firstUnreadable(bytes), NO_TEXT);
  const text = bytes.toString();
  let lineNumber = lastNumber;
  for (let start = 0; start < text.length;) {
    const end = text.indexOf("\n", start);
    lineNumber++;
    try {
      onLine(text.slice(start, end), lineNumber);
    } catch (error) {
      throw new CorruptLogError(path, lineNumber, error);
    }
    start = end + 1;
  }
  return lineNumber;
}

/** Tells which of the lines, from 1, is the first that holds bytes which are no UTF-8. */
export function firstUnreadable(bytes: Buffer): number {
  let lineNumber = 1;
  for (let start = 0; start < bytes.length; lineNumber++) {
    const end = bytes.indexOf(NEWLINE, start);
    if (!isUtf8(bytes.subarray(start, end))) break;
    start = end + 1;
  }
  return lineNumber;
}

/**
 * Reading a log that another process goes on writing, a part at a time: every complete line once, and a position from
 * which a later reading goes on, also after a restart. A position knows the bytes before it, so that a log which was cut
 * off, restored or replaced behind the reader's back is noticed instead of being read from the middle of something else.
 */
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import type { LineStart, OnLine } from "./log-lines.ts";
import { NO_TEXT, CorruptLogError, readLines } from "./log-lines.ts";

/** Between two lines of a log. */
export interface LogPosition {
  /** Bytes before it. */
  readonly offset: number;
  /** Lines before it. */
  readonly lines: number;
  /** Of the last bytes before it; empty at the start. */
  readonly fingerprint: string;
}

/** Where every log begins, one that is not there yet too. */
export const LOG_START: LogPosition = Object.freeze({ offset: 0, lines: 0, fingerprint: "" });

export type LogPart =
  | {
      readonly kind: "part";
      /** Without their newlines. */
      readonly lines: readonly string[];
      readonly to: LogPosition;
      /** Nothing more was there when this was read. */
      readonly isAtEnd: boolean;
    }
  /** What is before the position is not what was there: the log must be read from its start. */
  | { readonly kind: "diverged" };

/** Lines carry moments and names, so two logs that part ways differ well within this many bytes. */
const FINGERPRINT_BYTES = 1024;

const CHUNK_BYTES = 1 << 18;

const NEWLINE = 10;

/** Reads at most so many complete lines after a position. Changes nothing; a missing file is an empty log. */
export async function readLogPart(path: string, from: LogPosition, maxLines: number): Promise<LogPart> {
  const file = await open(path, "r").catch(absent);
  if (!file) return from.offset === 0 ? emptyPart(from) : { kind: "diverged" };
  try {
    if ((await fingerprintAt(file, from.offset)) !== from.fingerprint) return { kind: "diverged" };
    const { lines, end, isAtEnd } = await readAhead(file, path, { from, maxLines });
    if (lines.length === 0) return { ...emptyPart(from), isAtEnd };
    const fingerprint = (await fingerprintAt(file, end)) ?? "";
    const to = { offset: end, lines: from.lines + lines.length, fingerprint };
    return { kind: "part", lines, to, isAtEnd };
  } finally {
    await file.close();
  }
}

/**
 * Hands out every complete line after a position and answers the position behind them; a chunk at a time, so that a whole
 * log may be read this way. Changes nothing; a missing file is an empty log.
 * @returns Undefined when what is before the position is not what was there
 * @throws {CorruptLogError} naming the line that is no UTF-8 or that `onLine` threw at
 */
export async function readLogTail(
  path: string,
  from: LogPosition,
  onLine: OnLine,
): Promise<LogPosition | undefined> {
  const file = await open(path, "r").catch(absent);
  if (!file) return from.offset === 0 ? from : undefined;
  try {
    if ((await fingerprintAt(file, from.offset)) !== from.fingerprint) return undefined;
    const read = async (into: Buffer, offset: number, position: number): Promise<number> =>
      (await file.read(into, offset, into.length - offset, position)).bytesRead;
    const { end: offset, lines } = await readLines({ read }, path, onLine, from);
    return { offset, lines, fingerprint: (await fingerprintAt(file, offset)) ?? "" };
  } finally {
    await file.close();
  }
}

/**
 * Tells whether a log still says before a position what it said there.
 * @returns Undefined when it does not; else how many bytes come after it
 */
export async function bytesAfter(path: string, position: LogPosition): Promise<number | undefined> {
  await using file = await open(path, "r").catch(absent);
  if (!file) return position.offset === 0 ? 0 : undefined;
  if ((await fingerprintAt(file, position.offset)) !== position.fingerprint) return undefined;
  return (await file.stat()).size - position.offset;
}

/** The position that lies behind so many bytes and lines of a log that holds them. */
export async function positionAt(path: string, { offset, lines }: LineStart): Promise<LogPosition> {
  await using file = await open(path, "r");
  const fingerprint = await fingerprintAt(file, offset);
  if (fingerprint === undefined) throw new Error(`${path} is shorter than ${offset} bytes`);
  return { offset, lines, fingerprint };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

function emptyPart(from: LogPosition) {
  return { kind: "part", lines: [], to: from, isAtEnd: true } as const;
}

/** Undefined when the file is shorter than that. */
async function fingerprintAt(file: FileHandle, offset: number): Promise<string | undefined> {
  if (offset === 0) return "";
  const length = Math.min(offset, FINGERPRINT_BYTES);
  const bytes = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset - length);
  return bytesRead === length ? createHash("sha256").update(bytes).digest("hex").slice(0, 32) : undefined;
}

interface Ahead {
  readonly from: LogPosition;
  readonly maxLines: number;
}

async function readAhead(file: FileHandle, path: string, { from, maxLines }: Ahead) {
  const lines: string[] = [];
  let [end, held] = [from.offset, Buffer.alloc(0)];
  while (lines.length < maxLines) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, end + held.length);
    if (bytesRead === 0) return { lines, end, isAtEnd: true };
    held = Buffer.concat([held, chunk.subarray(0, bytesRead)]);
    let start = 0;
    for (const line of linesIn(held)) {
      if (lines.length === maxLines) break;
      lines.push(textOf(line, path, from.lines + lines.length + 1));
      start += line.length + 1;
    }
    end += start;
    held = held.subarray(start);
  }
  return { lines, end, isAtEnd: false };
}

function* linesIn(bytes: Buffer): Generator<Buffer> {
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}

function textOf(bytes: Buffer, path: string, lineNumber: number): string {
  if (!isUtf8(bytes)) throw new CorruptLogError(path, lineNumber, NO_TEXT);
  return bytes.toString();
}

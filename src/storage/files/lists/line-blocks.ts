/** Where the lines of a file are whose lines never change, for reading any of them by number: a few bytes of memory a hundred lines. */
import type { FileHandle } from "node:fs/promises";
import { TroubledError } from "../../../lib/trouble.ts";

/** Lines read together: going through the file costs one read per so many, jumping about reads some 10 kB each time. */
export const LINES_PER_BLOCK = 256;

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 10;

export interface Lines {
  /** How many there are. */
  readonly count: number;
  /** More may stand behind them, which don't count. */
  readonly grows?: true;
  /** What was answered when there were fewer. */
  readonly known?: Float64Array;
}

/**
 * Finds where each block of lines starts.
 * @returns Offsets in bytes, one a block and the end of the last line as the last
 * @throws When the file hasn't exactly so many lines, each ended
 */
export async function findBlocks(
  file: FileHandle,
  path: string,
  { count, grows, known = new Float64Array(1) }: Lines,
): Promise<Float64Array> {
  const starts = new Float64Array(Math.ceil(count / LINES_PER_BLOCK) + 1);
  // The last one known may be of a block that was not full.
  starts.set(known.subarray(0, Math.max(1, known.length - 1)));
  let lines = Math.max(0, known.length - 2) * LINES_PER_BLOCK;
  let end = starts[lines / LINES_PER_BLOCK] ?? 0;
  let size = end;
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  const isDone = (): boolean => grows === true && lines === count;
  while (!isDone()) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, size);
    if (bytesRead === 0) break;
    for (let index = 0; index < bytesRead; index++) {
      if (buffer[index] !== NEWLINE) continue;
      end = size + index + 1;
      if (++lines % LINES_PER_BLOCK === 0) starts[lines / LINES_PER_BLOCK] = end;
      if (isDone()) break;
    }
    size += bytesRead;
  }
  if (lines !== count || (!grows && end !== size))
    throw mismatch(path, { lines, count, isTorn: end !== size });
  starts[starts.length - 1] = end;
  return starts;
}

function mismatch(path: string, found: { lines: number; count: number; isTorn: boolean }): TroubledError {
  const { lines, count, isTorn } = found;
  const torn = isTorn ? `, and its line ${lines + 1} is cut off` : "";
  return new TroubledError(`${path} holds ${lines} recipients where ${count} are expected${torn}`, {
    code: "recipientsLost",
    with: { path, lines, count },
  });
}

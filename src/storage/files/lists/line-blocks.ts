/** Where the lines of an immutable file are, for reading any of them by number: a few bytes of memory a hundred lines. */
import type { FileHandle } from "node:fs/promises";
import { TroubledError } from "../../../lib/trouble.ts";

/** Lines read together: going through the file costs one read per so many, jumping about reads some 10 kB each time. */
export const LINES_PER_BLOCK = 256;

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 10;

/**
 * Finds where each block of lines starts.
 * @returns Offsets in bytes, one a block and the file's end as the last
 * @throws When the file hasn't exactly `count` lines, each ended
 */
export async function findBlocks(file: FileHandle, path: string, count: number): Promise<Float64Array> {
  const starts = new Float64Array(Math.ceil(count / LINES_PER_BLOCK) + 1);
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let [size, end, lines] = [0, 0, 0];
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, size);
    if (bytesRead === 0) break;
    for (let index = 0; index < bytesRead; index++) {
      if (buffer[index] !== NEWLINE) continue;
      end = size + index + 1;
      if (++lines % LINES_PER_BLOCK === 0) starts[lines / LINES_PER_BLOCK] = end;
    }
    size += bytesRead;
  }
  if (lines !== count || end !== size) throw mismatch(path, { lines, count, isTorn: end !== size });
  starts[starts.length - 1] = size;
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

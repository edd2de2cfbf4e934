/** Reads the lines of a file that another part of the program may be appending to. */
import { open } from "node:fs/promises";

const CHUNK_BYTES = 1 << 18;
const NEWLINE = 10;

/**
 * Answers every complete line that the file holds up to a place, a chunk's worth at a time. A file that is not there has
 * none. The lines are views into their chunk: what JSON.parse makes of one is free of it.
 * @param end Bytes from the start; what was appended later is left out
 */
export async function* lineStream(path: string, end = Infinity): AsyncGenerator<readonly string[]> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!file) return;
  try {
    let held: Buffer = Buffer.alloc(0);
    for (let at = 0; at < end;) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end - at));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      const bytes = Buffer.concat([held, chunk.subarray(0, bytesRead)]);
      const complete = bytes.lastIndexOf(NEWLINE) + 1;
      held = bytes.subarray(complete);
      if (complete > 0) yield bytes.toString("utf8", 0, complete - 1).split("\n");
    }
  } finally {
    await file.close();
  }
}

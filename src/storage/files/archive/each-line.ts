import { open } from "node:fs/promises";
import type { OnLine } from "../../../lib/log/log-lines.ts";
import { readLines } from "../../../lib/log/log-lines.ts";

/** Hands out every complete line; a file that is not there yet has none. */
export async function eachLine(path: string, onLine: OnLine): Promise<void> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!file) return;
  try {
    const read = async (into: Buffer, offset: number, position: number): Promise<number> =>
      (await file.read(into, offset, into.length - offset, position)).bytesRead;
    await readLines({ read }, path, onLine);
  } finally {
    await file.close();
  }
}

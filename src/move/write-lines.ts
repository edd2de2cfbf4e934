/** A log of a folder, written anew and whole. */
import { dirname } from "node:path";
import { createFolder, syncFolder } from "../lib/files/sync-folder.ts";
import { openTextWriter } from "../lib/files/text-writer.ts";

/** @param pieces Lines without their newlines */
export async function writeLines(
  path: string,
  pieces: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): Promise<void> {
  await createFolder(dirname(path));
  await using writer = await openTextWriter(path);
  for await (const lines of pieces)
    for (const line of lines) {
      const full = writer.write(`${line}\n`);
      if (full) await full;
    }
  await writer.finish();
  await syncFolder(dirname(path));
}

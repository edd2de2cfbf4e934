/** The rows of a list that name nobody: kept as they came, and written out as a table in somebody's words. */
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { invalidReasons } from "../../../domain/people/username.ts";
import { CSV_START, csvLine } from "../../../lib/files/csv-line.ts";
import { lineStream } from "../../../lib/log/line-stream.ts";
import { openTextWriter } from "../../../lib/files/text-writer.ts";
import type { RejectedWords } from "../../ports/lists.ts";
import { REJECTED_FILE, REJECTED_TABLE } from "./list-files.ts";

const rowSchema = z.tuple([z.int(), z.string(), z.enum(invalidReasons)]);

interface RejectedRow {
  readonly line: number;
  readonly text: string;
  readonly reason: z.infer<typeof rowSchema>[2];
}

/** Formats a row, with its newline. */
export function formatRejected({ line, text, reason }: RejectedRow): string {
  return `${JSON.stringify([line, text, reason])}\n`;
}

/** Writes the table beside the rows; answers its path, or undefined when there are none. */
export async function writeRejectedTable(
  folder: string,
  { headings, reason }: RejectedWords,
): Promise<string | undefined> {
  const parts = lineStream(join(folder, REJECTED_FILE))[Symbol.asyncIterator]();
  let part = await parts.next();
  if (part.done === true) return undefined;
  const path = join(folder, REJECTED_TABLE);
  await using table = await openTextWriter(path);
  await table.write(CSV_START + csvLine(headings));
  for (; part.done !== true; part = await parts.next()) {
    for (const text of part.value) {
      const [line, cell, why] = rowSchema.parse(JSON.parse(text));
      await table.write(csvLine([String(line), cell, reason(why)]));
    }
    await nextTurn();
  }
  await table.finish();
  return path;
}

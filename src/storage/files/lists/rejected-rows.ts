/** The rows of a list that name nobody, kept as they came: one a line. */
import { access } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { invalidReasons } from "../../../domain/people/username.ts";
import { lineStream } from "../../../lib/log/line-stream.ts";
import type { RejectedRow } from "../../ports/lists.ts";
import { REJECTED_FILE } from "./list-files.ts";

const rowSchema = z.tuple([z.int(), z.string(), z.enum(invalidReasons)]);

/** Formats a row, with its newline. */
export function formatRejected({ line, text, reason }: RejectedRow): string {
  return `${JSON.stringify([line, text, reason])}\n`;
}

/** The rows of the list in this folder; undefined when there are none. */
export async function rejectedRows(folder: string): Promise<AsyncIterable<RejectedRow> | undefined> {
  const path = join(folder, REJECTED_FILE);
  return access(path).then(
    () => rowsIn(path),
    () => undefined,
  );
}

async function* rowsIn(path: string): AsyncGenerator<RejectedRow> {
  for await (const lines of lineStream(path)) {
    for (const given of lines) {
      const [line, text, reason] = rowSchema.parse(JSON.parse(given));
      yield { line, text, reason };
    }
    await nextTurn();
  }
}

import { parseRecipientName } from "../domain/recipient-name.ts";
import type { ParsedUsername } from "../domain/username.ts";
import { IdNumbers } from "../lib/id-numbers.ts";
import type { CleanBatch, CleanName, RejectedRow } from "./list-reader.ts";
import { ReadingStopped } from "./list-reader.ts";
import type { OpenedList } from "./open-list.ts";
import type { Row } from "./row.ts";

/** Enough of a rejected cell to mend it; a file of one endless line is not written out again. */
const KEPT_LENGTH = 1024;

/** What a cell of a spreadsheet can hold; no message of any channel is as long. */
const LONGEST_VALUE = 32_767;

/** Characters of a row's values together: more is no row of people, and would be a gigabyte soon. */
const LONGEST_ROW = 1 << 20;

/** Characters after which a batch is handed on: some milliseconds of work for whoever takes it. */
const BATCH_LENGTH = 1 << 17;

/**
 * Sorts a list's rows into new names, repeated ones and rows that are none: every name once, in the order given, the first
 * row of a name winning.
 * @throws {ReadingStopped} at a row that is longer than any
 */
export async function* cleanList(list: OpenedList): AsyncGenerator<CleanBatch> {
  const seen = new IdNumbers();
  for await (const rows of list.rows) yield* cleanRows(list, rows, seen);
}

function* cleanRows(list: OpenedList, rows: readonly Row[], seen: IdNumbers): Generator<CleanBatch> {
  let batch = emptyBatch();
  for (const row of rows) {
    const text = list.nameOf(row);
    const parsed = whoIsMeant(row, text);
    if (!parsed.ok) {
      batch.rejected.push({ line: row.line, text: text.slice(0, KEPT_LENGTH), reason: parsed.reason });
      batch.length += Math.min(text.length, KEPT_LENGTH);
    } else {
      const known = seen.size;
      if (seen.add(parsed.username) < known) batch.duplicates++;
      else {
        const values = shortened(list.valuesOf(row));
        const length = lengthOf(values);
        if (length > LONGEST_ROW) throw new ReadingStopped("holdsTooMuch", row.line);
        batch.names.push({ username: parsed.username, values });
        batch.length += length;
      }
    }
    if (batch.length <= BATCH_LENGTH) continue;
    yield batch;
    batch = emptyBatch();
  }
  yield batch;
}

function whoIsMeant(row: Row, text: string): ParsedUsername {
  return row.fault === undefined ? parseRecipientName(text) : { ok: false, reason: row.fault };
}

function emptyBatch() {
  const names: CleanName[] = [];
  const rejected: RejectedRow[] = [];
  return { names, rejected, duplicates: 0, length: 0 };
}

function shortened(values: readonly string[]): readonly string[] {
  return values.some((value) => value.length > LONGEST_VALUE)
    ? values.map((value) => value.slice(0, LONGEST_VALUE))
    : values;
}

function lengthOf(values: readonly string[]): number {
  let length = 0;
  for (const value of values) length += value.length;
  return length;
}

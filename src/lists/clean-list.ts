import { parseRecipientName } from "../domain/people/recipient-name.ts";
import type { ParsedUsername } from "../domain/people/username.ts";
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
 * @param hasShortNames Names of one letter are taken, see {@link ReadOptions}
 * @throws {ReadingStopped} at a row that is longer than any
 */
export async function* cleanList(list: OpenedList, hasShortNames = false): AsyncGenerator<CleanBatch> {
  const seen = new IdNumbers();
  for await (const rows of list.rows)
    for (let start = 0; start < rows.length;) {
      const batch = new Batch(hasShortNames);
      start = batch.fill(list, seen, { rows, start });
      yield batch;
    }
}

const NO_VALUES: readonly string[] = Object.freeze([]);

class Batch implements CleanBatch {
  readonly names: CleanName[] = [];
  readonly rejected: RejectedRow[] = [];
  duplicates = 0;
  /** In characters. */
  #length = 0;
  readonly #hasShortNames: boolean;

  constructor(hasShortNames: boolean) {
    this.#hasShortNames = hasShortNames;
  }

  /** Takes rows until it is full or they have ended; answers where it stopped. */
  fill(
    list: OpenedList,
    seen: IdNumbers,
    { rows, start }: { readonly rows: readonly Row[]; readonly start: number },
  ): number {
    for (let at = start; at < rows.length; at++) {
      const row = rows[at];
      if (row) this.#take(list, seen, row);
      if (this.#length > BATCH_LENGTH) return at + 1;
    }
    return rows.length;
  }

  #take(list: OpenedList, seen: IdNumbers, row: Row): void {
    const text = list.nameOf(row);
    const parsed = whoIsMeant(row, text, this.#hasShortNames);
    if (!parsed.ok) {
      this.rejected.push({ line: row.line, text: text.slice(0, KEPT_LENGTH), reason: parsed.reason });
      this.#length += Math.min(text.length, KEPT_LENGTH);
      return;
    }
    const known = seen.size;
    if (seen.add(parsed.username) < known) this.duplicates++;
    else if (list.columns.length === 0) this.names.push({ username: parsed.username, values: NO_VALUES });
    else this.#accept(parsed.username, list.valuesOf(row), row.line);
  }

  #accept(username: string, values: readonly string[], line: number): void {
    const length = lengthOf(values);
    if (length > LONGEST_ROW) throw new ReadingStopped("holdsTooMuch", line);
    this.names.push({ username, values: length > LONGEST_VALUE ? shortened(values) : values });
    this.#length += length;
  }
}

function whoIsMeant(row: Row, text: string, hasShortNames: boolean): ParsedUsername {
  return row.fault === undefined ? parseRecipientName(text, hasShortNames) : { ok: false, reason: row.fault };
}

function shortened(values: readonly string[]): readonly string[] {
  return values.map((value) => value.slice(0, LONGEST_VALUE));
}

function lengthOf(values: readonly string[]): number {
  let length = 0;
  for (const value of values) length += value.length;
  return length;
}

/** Records written one value a line, as psql's expanded display and mysql's `\G` do. */
import type { Row, RowSource } from "../row.ts";
import { inBatches } from "../row.ts";

const RECORD = /^(?:-\[ RECORD \d+ \][-+]*|\*{3,} \d+\. row \*{3,})\s*$/i;

/** Tells whether a text is made of such records. */
export function isRecords(head: string): boolean {
  return RECORD.test(head.trimStart().split(/\r?\n/, 1)[0] ?? "");
}

/** The records as a table; columns are those of the first hundred. */
export function recordSource(text: string): RowSource {
  return fieldSource([...recordsOf(text)]);
}

/** One record: the line it begins on and its values by name. */
export interface FieldRecord {
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
}

/** How many records are looked at to learn the columns. */
const LOOKED_AT = 200;

/** A table of records. */
export function fieldSource(records: readonly FieldRecord[]): RowSource {
  const header = [...new Set(records.slice(0, LOOKED_AT).flatMap(({ fields }) => [...fields.keys()]))];
  const rows = function* (): Generator<Row> {
    for (const { line, fields } of records)
      yield { line, cells: header.map((name) => fields.get(name) ?? "") };
  };
  return { header, batches: () => inBatches(rows()) };
}

function* recordsOf(text: string): Generator<FieldRecord> {
  let [line, start] = [0, 0];
  let fields = new Map<string, string>();
  for (const one of text.split(/\r?\n/)) {
    line++;
    if (RECORD.test(one.trim())) {
      if (fields.size > 0) yield { line: start, fields };
      fields = new Map();
      start = line;
      continue;
    }
    const [, name, value] = /^\s*([^|:]+?)\s*[|:]\s?(.*)$/.exec(one) ?? [];
    if (name !== undefined && !fields.has(name)) fields.set(name, (value ?? "").trim());
  }
  if (fields.size > 0) yield { line: start, fields };
}

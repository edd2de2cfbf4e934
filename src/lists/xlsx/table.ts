import type { Archive } from "./archive.ts";
import type { CellRange } from "./cell-reference.ts";
import { rangeOf } from "./cell-reference.ts";
import { readXml } from "./xml.ts";

/** What a table on a sheet says of its rows. */
export interface Table {
  readonly filter: CellRange | undefined;
  /** Its last rows, if they hold sums. */
  readonly totals: CellRange | undefined;
}

/** Reads the part of one table. */
export async function readTable(archive: Archive, part: string): Promise<Table> {
  let [filter, totals]: (CellRange | undefined)[] = [];
  await readXml(archive.text(part), {
    open(name, { ref = "", totalsRowCount = "0" }) {
      const range = rangeOf(ref);
      const count = Number(totalsRowCount);
      if (name === "autoFilter") filter = range;
      if (name === "table" && range && count >= 1) totals = lastRows(range, count);
    },
  });
  return { filter, totals };
}

function lastRows(range: CellRange, count: number): CellRange {
  return { ...range, firstRow: Math.max(range.firstRow, range.lastRow - count + 1) };
}

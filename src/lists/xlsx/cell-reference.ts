/** A block of cells: columns from 0, rows from 1, both ends included. */
export interface CellRange {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** What a sheet of Excel holds at most. */
export const MOST_ROWS = 1_048_576;
export const MOST_COLUMNS = 16_384;

const CAPITAL_A = 0x41;
const DIGIT_0 = 0x30;

/** Tells the column, from 0, and row, from 1, of a reference such as `AB12`; undefined when no sheet has such a cell. */
export function cellAt(reference: string): { readonly column: number; readonly row: number } | undefined {
  let at = 0;
  let column = 0;
  for (; at < reference.length; at++) {
    const letter = (reference.charCodeAt(at) & ~0x20) - CAPITAL_A; // either case
    if (letter < 0 || letter > 25) break;
    column = column * 26 + letter + 1;
    if (column > MOST_COLUMNS) return undefined;
  }
  const row = column === 0 ? undefined : rowNumber(reference.slice(at));
  return row === undefined ? undefined : { column: column - 1, row };
}

/** Reads the number of a row; undefined when no sheet has such a row. */
export function rowNumber(digits: string): number | undefined {
  let row = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(at) - DIGIT_0;
    if (digit < 0 || digit > 9) return undefined;
    row = row * 10 + digit;
    if (row > MOST_ROWS) return undefined;
  }
  return row === 0 ? undefined : row;
}

/** Reads a block such as `A2:C9`, `B2`, or whole columns `A:C` or rows `2:9`; undefined when it is none. */
export function rangeOf(reference: string): CellRange | undefined {
  const [from = "", to = from, more] = reference.replaceAll("$", "").split(":", 3);
  if (more !== undefined) return undefined;
  if (/^[a-z]+$/i.test(from)) return between(cellAt(`${from}1`), cellAt(`${to}${MOST_ROWS}`));
  if (/^\d+$/.test(from)) return between(cellAt(`A${from}`), cellAt(`XFD${to}`));
  return between(cellAt(from), cellAt(to));
}

type Cell = ReturnType<typeof cellAt>;

function between(one: Cell, other: Cell): CellRange | undefined {
  if (!one || !other) return undefined;
  return {
    firstRow: Math.min(one.row, other.row),
    lastRow: Math.max(one.row, other.row),
    firstColumn: Math.min(one.column, other.column),
    lastColumn: Math.max(one.column, other.column),
  };
}

import type { Row } from "../row.ts";
import { ROWS_PER_BATCH } from "../row.ts";
import type { Budget } from "./budget.ts";
import type { CellRange } from "./cell-reference.ts";
import { MOST_COLUMNS } from "./cell-reference.ts";
import { linkInFormula } from "./formula.ts";
import { RangeSweep } from "./range-sweep.ts";
import type { SharedStrings } from "./shared-strings.ts";
import type { CellEvents, RawCell } from "./sheet-cells.ts";
import type { SheetFrame } from "./sheet-frame.ts";
import { shownCell } from "./shown-cell.ts";
import type { Styles } from "./styles.ts";

/** What the cells of a sheet refer to. */
export interface SeenContext {
  readonly frame: SheetFrame;
  readonly strings: SharedStrings;
  readonly styles: Styles;
  readonly budget: Budget;
  /** Counted up while rows are read. */
  readonly leftOut: {
    hiddenRows: number;
    filteredRows: number;
    totalsRows: number;
    hiddenColumns: number;
  };
}

/** So many cells or letters are handed on before a thousand rows are together. */
const CELLS_PER_BATCH = 1 << 16;
const LETTERS_PER_BATCH = 1 << 20;

/** The row at hand: filled as its cells come, empty again when it has ended. */
interface RowDraft {
  readonly cells: string[];
  readonly links: (string | undefined)[];
  /** Whether anything stands in it, seen or not. */
  isFilled: boolean;
  hasTotals: boolean;
}

/** Puts the rows of a sheet together from its cells, as they are seen, and counts what isn't. */
export class SeenRows implements CellEvents {
  readonly #context: SeenContext;
  readonly #merged;
  readonly #links;
  readonly #totals;
  readonly #filtered;
  /** By column: 1 hidden, 2 hidden with something in it. */
  readonly #hidden: Uint8Array;
  #row = emptyRow();
  #rows: Row[] = [];
  #cellCount = 0;
  #letterCount = 0;

  constructor(context: SeenContext) {
    const { frame } = context;
    this.#context = context;
    this.#merged = new RangeSweep(frame.merged);
    this.#links = new RangeSweep(frame.links);
    this.#totals = new RangeSweep(frame.totals);
    this.#filtered = new RangeSweep(filteredRows(frame.filters));
    this.#hidden = hiddenColumns(frame.hiddenColumns);
  }

  isFull(): boolean {
    return (
      this.#rows.length >= ROWS_PER_BATCH ||
      this.#cellCount >= CELLS_PER_BATCH ||
      this.#letterCount >= LETTERS_PER_BATCH
    );
  }

  /** Hands over the rows that are ready. */
  take(): readonly Row[] {
    const rows = this.#rows;
    this.#rows = [];
    this.#cellCount = 0;
    this.#letterCount = 0;
    return rows;
  }

  cell(cell: RawCell): void {
    this.#context.budget.spend(1, 0); // blank ones take time, too
    const made = cell.formula === "" ? undefined : linkInFormula(cell.formula);
    const saved = shownCell(cell, this.#context.strings, this.#context.styles);
    const text = saved === "" && made ? made.text : saved; // a program may save formulas alone
    if (text === "" || this.#isCovered(cell)) return;
    this.#row.isFilled = true;
    if (this.#isInHiddenColumn(cell)) return;
    if (this.#totals.at(cell.row, cell.column)) {
      this.#row.hasTotals = true;
      return;
    }
    this.#add(cell.column, text);
    const link = made?.address ?? this.#links.at(cell.row, cell.column)?.value;
    if (link !== undefined) this.#row.links[cell.column] = link;
  }

  rowEnd(line: number, isHidden: boolean): void {
    const { cells, links, isFilled, hasTotals } = this.#row;
    if (!isFilled) return;
    this.#row = emptyRow();
    const { leftOut } = this.#context;
    if (isHidden) {
      if (this.#filtered.at(line, 0)) leftOut.filteredRows++;
      else leftOut.hiddenRows++;
      return;
    }
    if (hasTotals) leftOut.totalsRows++;
    if (cells.length > 0) this.#rows.push(links.length > 0 ? { line, cells, links } : { line, cells });
  }

  #add(column: number, text: string): void {
    const { cells } = this.#row;
    const count = column + 1 - cells.length;
    this.#context.budget.spend(count - 1, text.length);
    this.#cellCount += count;
    this.#letterCount += text.length;
    while (cells.length < column) cells.push("");
    cells.push(text);
  }

  /** Of joined cells only the one at the top left is seen. */
  #isCovered({ row, column }: RawCell): boolean {
    const range = this.#merged.at(row, column)?.range;
    return range !== undefined && (row > range.firstRow || column > range.firstColumn);
  }

  #isInHiddenColumn({ column }: RawCell): boolean {
    if (this.#hidden[column] === 1) this.#context.leftOut.hiddenColumns++;
    if (this.#hidden[column] !== 0) this.#hidden[column] = 2;
    return this.#hidden[column] === 2;
  }
}

function emptyRow(): RowDraft {
  return { cells: [], links: [], isFilled: false, hasTotals: false };
}

function hiddenColumns(ranges: readonly CellRange[]): Uint8Array {
  const hidden = new Uint8Array(MOST_COLUMNS);
  for (const { firstColumn, lastColumn } of ranges) hidden.fill(1, firstColumn, lastColumn + 1);
  return hidden;
}

/** The rows that some filter covers, without its header; blocks side by side become one, found at column 0. */
function filteredRows(filters: readonly CellRange[]): { range: CellRange; value: "filtered" }[] {
  const merged: { firstRow: number; lastRow: number }[] = [];
  for (const { firstRow, lastRow } of filters.toSorted((one, other) => one.firstRow - other.firstRow)) {
    const last = merged.at(-1);
    if (last && firstRow + 1 <= last.lastRow + 1) last.lastRow = Math.max(last.lastRow, lastRow);
    else merged.push({ firstRow: firstRow + 1, lastRow });
  }
  return merged.map((rows) => ({ range: { ...rows, firstColumn: 0, lastColumn: 0 }, value: "filtered" }));
}

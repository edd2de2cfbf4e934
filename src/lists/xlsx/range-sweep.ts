import type { CellRange } from "./cell-reference.ts";

/** A block of cells and what holds in it. */
export interface Marked<Value> {
  readonly range: CellRange;
  readonly value: Value;
}

/**
 * Tells which of many blocks a cell lies in, going down a sheet row by row.
 *
 * Blocks enter when their first row comes. Those under way never share a column (where two would, the one that began
 * first stands), so there are never more of them than a sheet has columns, and each is found by halving.
 */
export class RangeSweep<Value> {
  readonly #waiting: readonly Marked<Value>[];
  #next = 0;
  /** By column. Ended ones may linger until another takes their columns. */
  readonly #underWay: Marked<Value>[] = [];

  constructor(marked: readonly Marked<Value>[]) {
    this.#waiting = marked.toSorted((one, other) => one.range.firstRow - other.range.firstRow);
  }

  /** Answers for one cell; rows must not go back. */
  at(row: number, column: number): Marked<Value> | undefined {
    if (this.#waiting.length === 0) return undefined; // most sheets have none
    for (let next = this.#waiting[this.#next]; next && next.range.firstRow <= row;) {
      if (next.range.lastRow >= row) this.#enter(next, row);
      next = this.#waiting[++this.#next];
    }
    const found = this.#underWay[this.#indexAfter(column) - 1];
    return found && found.range.lastColumn >= column && found.range.lastRow >= row ? found : undefined;
  }

  #enter(marked: Marked<Value>, row: number): void {
    const end = this.#indexAfter(marked.range.lastColumn);
    let start = end;
    let isFree = true;
    for (; start > 0; start--) {
      const before = this.#underWay[start - 1]?.range;
      if (!before || before.lastColumn < marked.range.firstColumn) break;
      isFree = before.lastRow < row;
      if (!isFree) break;
    }
    this.#underWay.splice(start, end - start, ...(isFree ? [marked] : []));
  }

  /** How many blocks begin at this column or before. */
  #indexAfter(column: number): number {
    let [low, high] = [0, this.#underWay.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#underWay[middle]?.range.firstColumn ?? Infinity) <= column) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

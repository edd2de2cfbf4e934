import fc from "fast-check";
import { expect, test } from "vitest";
import type { CellRange } from "./cell-reference.ts";
import { RangeSweep } from "./range-sweep.ts";

const size = 8;
const range: fc.Arbitrary<CellRange> = fc
  .tuple(fc.nat(size), fc.nat(size), fc.nat(size), fc.nat(size))
  .map(([row, height, column, width]) => ({
    firstRow: row,
    lastRow: row + height,
    firstColumn: column,
    lastColumn: column + width,
  }));

function holds(
  { firstRow, lastRow, firstColumn, lastColumn }: CellRange,
  row: number,
  column: number,
): boolean {
  return row >= firstRow && row <= lastRow && column >= firstColumn && column <= lastColumn;
}

/** Of blocks that share a cell, only the one that begins first is kept. */
function disjoint(ranges: readonly CellRange[]): CellRange[] {
  const kept: CellRange[] = [];
  for (const one of ranges.toSorted((a, b) => a.firstRow - b.firstRow)) {
    const meets = kept.some(
      (other) =>
        one.firstRow <= other.lastRow &&
        one.firstColumn <= other.lastColumn &&
        other.firstColumn <= one.lastColumn,
    );
    if (!meets) kept.push(one);
  }
  return kept;
}

test("finds for every cell the block it lies in, as looking at each block would", () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), (ranges) => {
      const sweep = new RangeSweep(ranges.map((one) => ({ range: one, value: "in" })));
      const kept = disjoint(ranges);
      for (let row = 0; row <= 2 * size; row++)
        for (let column = 0; column <= 2 * size; column++)
          expect(sweep.at(row, column)?.range).toEqual(kept.find((one) => holds(one, row, column)));
    }),
  );
});

test("rows that are never asked about are passed over", () => {
  fc.assert(
    fc.property(
      fc.array(range, { maxLength: 6 }),
      fc.nat(2 * size),
      fc.nat(2 * size),
      (ranges, row, column) => {
        const apart = disjoint(ranges);
        const sweep = new RangeSweep(apart.map((one) => ({ range: one, value: "in" })));
        expect(sweep.at(row, column)?.range).toEqual(apart.find((one) => holds(one, row, column)));
      },
    ),
  );
});

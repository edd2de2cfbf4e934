import fc from "fast-check";
import { expect, test } from "vitest";
import { cellAt, MOST_COLUMNS, MOST_ROWS, rangeOf } from "./cell-reference.ts";

function letters(column: number): string {
  return column < 0 ? "" : letters(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));
}

test("reads every reference that a sheet can have", () => {
  fc.assert(
    fc.property(fc.nat(MOST_COLUMNS - 1), fc.integer({ min: 1, max: MOST_ROWS }), (column, row) => {
      expect(cellAt(`${letters(column)}${row}`)).toEqual({ column, row });
      expect(cellAt(`${letters(column).toLowerCase()}${row}`)).toEqual({ column, row });
    }),
  );
});

test.each([
  "",
  "A",
  "7",
  "A0",
  "XFE1",
  "ZZZZZZ1",
  "A1048577",
  "A1000000000",
  "A-1",
  "A1B",
  "[1",
  "A 1",
  "A1e3",
  "9".repeat(99),
])("%s is no cell of a sheet", (reference) => expect(cellAt(reference)).toBeUndefined());

test("reads blocks, single cells, whole columns and rows", () => {
  expect(rangeOf("$B$2:C9")).toEqual({ firstRow: 2, lastRow: 9, firstColumn: 1, lastColumn: 2 });
  expect(rangeOf("C9:B2")).toEqual(rangeOf("B2:C9"));
  expect(rangeOf("B2")).toEqual({ firstRow: 2, lastRow: 2, firstColumn: 1, lastColumn: 1 });
  expect(rangeOf("A:C")).toEqual({ firstRow: 1, lastRow: MOST_ROWS, firstColumn: 0, lastColumn: 2 });
  expect(rangeOf("2:3")).toEqual({ firstRow: 2, lastRow: 3, firstColumn: 0, lastColumn: MOST_COLUMNS - 1 });
  for (const none of ["", ":", "A1:", "A1:B2:C3", "A1:ZZZZ9", "A1 B2", "Sheet1!A1"])
    expect(rangeOf(none)).toBeUndefined();
});

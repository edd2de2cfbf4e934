import { BrokenList } from "../row.ts";
import { cellAt, MOST_COLUMNS, MOST_ROWS, rowNumber } from "./cell-reference.ts";
import { createTextCollector, joined } from "./text-collector.ts";
import type { Attributes, XmlEvents } from "./xml.ts";
import { isYes } from "./xml.ts";

/** A cell as the file has it. */
export interface RawCell {
  readonly row: number;
  readonly column: number;
  /** `s`, `str`, `inlineStr`, `b`, `e`, `d`, or `n` for a number. */
  readonly type: string;
  readonly style: string | undefined;
  readonly value: string;
  readonly formula: string;
}

/** What is told of the rows of a sheet, from the top to the bottom. */
export interface CellEvents {
  cell(cell: RawCell): void;
  rowEnd(row: number, isHidden: boolean): void;
}

/** The elements whose text counts. */
type Collected = "v" | "f" | undefined;

/** Where a cell or row without a reference stands, and whether one with a reference may stand there. */
class Place {
  row = 0;
  column = -1;
  /** Whether the row said its number: one that doesn't may learn it from its first cell. */
  #isRowSure = false;

  startRow(reference: string | undefined): void {
    const row = reference === undefined ? this.row + 1 : rowNumber(reference);
    if (row === undefined || row <= this.row || row > MOST_ROWS) throw new BrokenList("xlsx", this.row);
    this.row = row;
    this.column = -1;
    this.#isRowSure = reference !== undefined;
  }

  startCell(reference: string | undefined): void {
    const cell = reference === undefined ? { row: this.row, column: this.column + 1 } : cellAt(reference);
    const isElsewhere = cell && cell.row !== this.row && (this.#isRowSure || cell.row < this.row);
    if (!cell || isElsewhere || cell.column <= this.column || cell.column >= MOST_COLUMNS)
      throw new BrokenList("xlsx", this.row);
    this.row = cell.row;
    this.column = cell.column;
    this.#isRowSure = true;
  }
}

/**
 * Makes what understands the rows of a sheet's XML. Rows and cells without a reference follow the one before; what goes
 * back, stands in two places or on no sheet is refused: nobody can say where it is seen.
 */
export function createCellReader(events: CellEvents): XmlEvents {
  const place = new Place();
  const inline = createTextCollector("is");
  let isInRows = false;
  let row: Attributes | undefined;
  let cell: Attributes | undefined;
  let collects: Collected;
  let value = "";
  let formula = "";
  const startCell = (attributes: Attributes): void => {
    cell = attributes;
    [value, formula] = ["", ""];
    place.startCell(attributes["r"]);
  };
  const endCell = (): void => {
    const { t: type = "n", s: style } = cell ?? {};
    cell = undefined;
    events.cell({ row: place.row, column: place.column, type, style, value, formula });
  };
  return {
    open(name, attributes) {
      if (cell) {
        if (name === "v" || name === "f") collects = name;
        inline.open(name);
      } else if (name === "c" && row) startCell(attributes);
      else if (name === "row" && isInRows) place.startRow((row = attributes)["r"]);
      else if (name === "sheetData") isInRows = true;
    },
    text(text) {
      if (collects === "v") value = joined(value, text);
      else if (collects === "f") formula = joined(formula, text);
      else if (cell) inline.text(text);
    },
    close(name) {
      if (cell) {
        if (name === "c") endCell();
        else if (name === collects) collects = undefined;
        else value = inline.close(name) ?? value;
      } else if (name === "row" && row) {
        events.rowEnd(place.row, isYes(row["hidden"]) || Number(row["ht"] ?? 1) === 0);
        row = undefined;
      } else if (name === "sheetData") isInRows = false;
    },
  };
}

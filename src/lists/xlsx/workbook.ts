/**
 * A spreadsheet as people see it. This folder owns the .xlsx format, from the archive to the text that a cell shows; it
 * keeps the promise that what a person can't see in the sheet is not read but counted, and that no file, however
 * hostile, takes more memory or time than its few megabytes are worth.
 */
import type { Row } from "../row.ts";

/** The sheets of a spreadsheet, in the order of their tabs; sheets of nothing but a chart or old macros are left out. */
export interface Workbook {
  readonly sheets: readonly WorkbookSheet[];
}

export interface WorkbookSheet {
  readonly name: string;
  /** Hidden by the menu, or so deeply that only a program can show it. */
  readonly isHidden: boolean;
  /**
   * Reads the visible rows in batches, each from the start again. A row's line is its number in the sheet; a cell stands
   * at its column, hidden columns are blank.
   * @throws {BrokenList} when the sheet is damaged
   * @throws {ListTooLarge} when it holds far more than a list could
   */
  rows(): AsyncIterable<readonly Row[]>;
  /** Counted while rows are read; complete when they have ended. */
  readonly leftOut: SheetLeftOut;
}

/** What was seen in a sheet and isn't read, because nobody sees it or because it is a sum. */
export interface SheetLeftOut {
  readonly hiddenRows: number;
  readonly filteredRows: number;
  /** Totals rows of tables. */
  readonly totalsRows: number;
  /** Hidden columns with something in them. */
  readonly hiddenColumns: number;
}

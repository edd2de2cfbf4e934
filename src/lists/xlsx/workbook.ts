/**
 * A spreadsheet as people see it. This folder owns the .xlsx format, from the archive to the text that a cell shows; it
 * keeps the promise that what a person can't see in the sheet is not read but counted, and that no file, however
 * hostile, takes more memory or time than its few megabytes are worth.
 */
import type { Row } from "../row.ts";
import { BrokenList } from "../row.ts";
import type { Archive } from "./archive.ts";
import { openArchive } from "./archive.ts";
import type { SharedBudget } from "./budget.ts";
import { createBudget } from "./budget.ts";
import type { ForeignSpreadsheet } from "./foreign-spreadsheet.ts";
import { foreignArchive } from "./foreign-spreadsheet.ts";
import { readFrame } from "./sheet-frame.ts";
import { sheetRows } from "./sheet-rows.ts";
import type { SheetEntry } from "./workbook-part.ts";
import { findWorkbook, readWorkbookPart } from "./workbook-part.ts";
import { readSharedStrings } from "./shared-strings.ts";
import type { SharedStrings } from "./shared-strings.ts";
import type { Styles } from "./styles.ts";
import { readStyles } from "./styles.ts";

/** The sheets of a spreadsheet, in the order of their tabs; sheets of nothing but a chart or old macros are left out. */
export interface Workbook {
  readonly sheets: readonly WorkbookSheet[];
}

export interface WorkbookSheet {
  readonly name: string;
  /** Hidden by the menu, or so deeply that only a program can show it. */
  readonly isHidden: boolean;
  /**
   * Reads the visible rows in batches, each time from the start. A row's line is its number in the sheet; a cell stands
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

/** Why an archive is not read as a spreadsheet. */
export type WorkbookProblem = { readonly problem: "zipBomb" | "otherFile" } | ForeignSpreadsheet;

/**
 * Opens a spreadsheet. Its texts and formats are read now, each sheet when it is asked for.
 * @throws {BrokenList} when the archive is damaged or a part is missing
 * @throws {ListTooLarge} when its texts are far more than a list's
 */
export async function openWorkbook(zip: Buffer): Promise<Workbook | WorkbookProblem> {
  const archive = await openArchive(zip);
  if (archive === "tooLarge") return { problem: "zipBomb" };
  if (archive === "protected") return { problem: "passwordProtected" };
  if (archive === "broken") throw new BrokenList("xlsx");
  const foreign = await foreignArchive(archive);
  if (foreign) return foreign;
  const part = await findWorkbook(archive);
  return part === undefined ? { problem: "otherFile" } : workbookOf(archive, part);
}

async function workbookOf(archive: Archive, part: string): Promise<Workbook> {
  const { sheets, has1904Dates, sharedStrings, styles } = await readWorkbookPart(archive, part);
  const content: Content = {
    archive,
    strings: await readSharedStrings(archive, sharedStrings),
    styles: await readStyles(archive, styles, has1904Dates),
    budget: createBudget(),
  };
  return { sheets: sheets.map((sheet) => sheetOf(sheet, content)) };
}

/** What the sheets of a workbook share. */
interface Content {
  readonly archive: Archive;
  readonly strings: SharedStrings;
  readonly styles: Styles;
  readonly budget: SharedBudget;
}

const NOTHING_LEFT_OUT: SheetLeftOut = { hiddenRows: 0, filteredRows: 0, totalsRows: 0, hiddenColumns: 0 };

function sheetOf({ name, isHidden, part }: SheetEntry, content: Content): WorkbookSheet {
  const { archive, strings, styles } = content;
  const leftOut = { ...NOTHING_LEFT_OUT };
  const budget = content.budget.account();
  return {
    name,
    isHidden,
    leftOut,
    async *rows() {
      budget.giveBack();
      Object.assign(leftOut, NOTHING_LEFT_OUT);
      const frame = await readFrame(archive, part);
      yield* sheetRows(archive.text(part), { frame, strings, styles, budget, leftOut });
    },
  };
}

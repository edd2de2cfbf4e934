import { contentKind } from "./content-kind.ts";
import type { LeftOut, ListAsked, ListChoices } from "./reading.ts";
import type { Row, RowSource } from "./row.ts";
import { BrokenList } from "./row.ts";
import { encodingOf, isEncodingLabel, possibleEncodings, withoutEndMark } from "./text/text-encoding.ts";
import { chosenSheets } from "./sheets.ts";
import { textSources } from "./text/text-source.ts";
import type { ForeignSpreadsheet } from "./xlsx/foreign-spreadsheet.ts";
import { foreignFile } from "./xlsx/foreign-spreadsheet.ts";
import type { Workbook, WorkbookSheet } from "./xlsx/workbook.ts";
import { openWorkbook } from "./xlsx/workbook.ts";

/** Why a file's content can't be a list. */
export type FormatProblem =
  { readonly problem: "picture" | "pdf" | "video" | "otherFile" | "zipBomb" } | ForeignSpreadsheet;

/** The tables and lists that a file holds, in its order. */
export interface FoundSources {
  readonly sources: readonly RowSource[];
  readonly hiddenSheets: number;
  /** How its text is written down; absent for ASCII and UTF-8. */
  readonly encoding?: string;
}

/**
 * Chooses how a file is read, by its content; its name decides only what the content leaves open.
 * @throws {BrokenList} when it is called a spreadsheet or JSON and isn't
 */
export async function rowSources(
  bytes: Buffer,
  name: string,
  choices: ListChoices,
): Promise<FoundSources | FormatProblem | ListAsked> {
  const kind = kindOf(bytes, choices);
  switch (kind) {
    case "picture":
    case "pdf":
    case "video":
      return { problem: kind };
    case "zip":
      return spreadsheet(bytes, name, choices);
    case "other":
      return foreignFile(bytes, name) ?? otherFile(name);
    case "text":
      return text(bytes, name, choices);
  }
}

/** Whatever an operator names the encoding of is text, unless it clearly is something else. */
function kindOf(bytes: Buffer, { encoding }: ListChoices): ReturnType<typeof contentKind> {
  const kind = contentKind(bytes);
  return encoding !== undefined && kind === "other" ? "text" : kind;
}

/** @throws {BrokenList} when it is called a spreadsheet and isn't */
function otherFile(name: string): FormatProblem {
  if (/\.xls[xm]$/i.test(name)) throw new BrokenList("xlsx");
  return { problem: "otherFile" };
}

async function spreadsheet(
  zip: Buffer,
  name: string,
  choices: ListChoices,
): Promise<FoundSources | FormatProblem> {
  const workbook = await openWorkbook(zip);
  if ("sheets" in workbook) return sheetsOf(workbook, chosenSheets(choices));
  return workbook.problem === "otherFile" ? otherFile(name) : workbook;
}

/** The sheets that people see, and a hidden one that was asked for by its name. */
function sheetsOf({ sheets }: Workbook, chosen: ReadonlySet<string> | undefined): FoundSources {
  const seen = sheets.filter(({ isHidden, name }) => !isHidden || chosen?.has(name) === true);
  return { sources: seen.map(sheetSource), hiddenSheets: sheets.length - seen.length };
}

function sheetSource(sheet: WorkbookSheet): RowSource {
  return { name: sheet.name, isSheet: true, batches: (leftOut) => sheetRows(sheet, leftOut) };
}

async function* sheetRows(sheet: WorkbookSheet, total: LeftOut | undefined): AsyncGenerator<readonly Row[]> {
  yield* sheet.rows();
  if (!total) return;
  total.hiddenRows += sheet.leftOut.hiddenRows;
  total.filteredRows += sheet.leftOut.filteredRows;
  total.hiddenColumns += sheet.leftOut.hiddenColumns;
  total.totalsRows += sheet.leftOut.totalsRows;
}

async function text(bytes: Buffer, name: string, choices: ListChoices): Promise<FoundSources | ListAsked> {
  const whole = withoutEndMark(bytes);
  const found = chosenEncoding(whole, choices.encoding);
  if ("possible" in found) return { question: { ask: "encoding", encodings: found.possible } };
  const { encoding } = found;
  const sources = await textSources(whole, { name, encoding });
  const isUsual = encoding === "ascii" || encoding === "utf-8";
  return { sources, hiddenSheets: 0, ...(isUsual ? {} : { encoding }) };
}

function chosenEncoding(bytes: Uint8Array, chosen: string | undefined): ReturnType<typeof encodingOf> {
  if (chosen === undefined) return encodingOf(bytes);
  return isEncodingLabel(chosen)
    ? { encoding: chosen.toLowerCase() }
    : { possible: possibleEncodings(bytes) };
}

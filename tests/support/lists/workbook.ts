/** Spreadsheets from XML written by hand, for what no program writes on purpose. */
import type { Row } from "../../../src/lists/row.ts";
import type { Workbook, WorkbookSheet } from "../../../src/lists/xlsx/workbook.ts";
import { openWorkbook } from "../../../src/lists/xlsx/workbook.ts";
import type { ZipContent } from "./xlsx.ts";
import { zipOf } from "./xlsx.ts";

export const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships";

/** A sheet as XML; what is not given is not there. */
export interface SheetXml {
  readonly name?: string;
  readonly state?: string;
  /** The inside of `sheetData`. */
  readonly rows?: string;
  /** What stands before and after the rows. */
  readonly before?: string;
  readonly after?: string;
  /** Relationships of the sheet: type, id, target; `External` for addresses outside. */
  readonly relationships?: readonly (readonly [
    type: string,
    id: string,
    target: string,
    mode?: "External",
  ])[];
  /** The whole part, instead of all above. */
  readonly xml?: string;
}

export interface BookXml {
  readonly sheets: readonly SheetXml[];
  /** The inside of `styleSheet`. */
  readonly styles?: string;
  /** The inside of `sst`. */
  readonly strings?: string;
  /** What stands before the list of sheets in the workbook. */
  readonly properties?: string;
  readonly more?: readonly ZipContent[];
}

/** The files of a workbook. */
export function bookFiles({ sheets, styles, strings, properties = "", more = [] }: BookXml): ZipContent[] {
  const tabs = sheets.map(
    ({ name = "List", state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}" r:id="s${index}"${state === undefined ? "" : ` state="${state}"`}/>`,
  );
  const targets: Relationship[] = sheets.map((_, index) => [
    "worksheet",
    `s${index}`,
    `worksheets/sheet${index}.xml`,
  ]);
  const files: ZipContent[] = [
    { name: "[Content_Types].xml", content: "<Types/>" },
    { name: "_rels/.rels", content: relationshipsXml([["officeDocument", "r1", "xl/workbook.xml"]]) },
    {
      name: "xl/workbook.xml",
      content: `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${properties}<sheets>${tabs.join("")}</sheets></workbook>`,
    },
  ];
  if (styles !== undefined) {
    targets.push(["styles", "st", "styles.xml"]);
    files.push({ name: "xl/styles.xml", content: `<styleSheet xmlns="${MAIN}">${styles}</styleSheet>` });
  }
  if (strings !== undefined) {
    targets.push(["sharedStrings", "ss", "sharedStrings.xml"]);
    files.push({ name: "xl/sharedStrings.xml", content: `<sst xmlns="${MAIN}">${strings}</sst>` });
  }
  files.push({ name: "xl/_rels/workbook.xml.rels", content: relationshipsXml(targets) });
  return [...files, ...sheets.flatMap(sheetFiles), ...more];
}

/** Opens what must be a workbook. */
export async function openBook(book: BookXml): Promise<Workbook> {
  return opened(zipOf(bookFiles(book)));
}

/** Opens what must be a workbook. */
export async function opened(zip: Buffer): Promise<Workbook> {
  const workbook = await openWorkbook(zip);
  if ("problem" in workbook) throw new Error(workbook.problem);
  return workbook;
}

/** Reads the first sheet. */
export async function rowsOf(workbook: Workbook): Promise<Row[]> {
  const [sheet] = workbook.sheets;
  return sheet ? sheetRowsOf(sheet) : [];
}

export async function sheetRowsOf(sheet: WorkbookSheet): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of sheet.rows()) rows.push(...batch);
  return rows;
}

/** Reads a sheet of these rows: the cells of each. */
export async function cellsOf(rows: string, book: Omit<BookXml, "sheets"> = {}): Promise<string[][]> {
  const read = await rowsOf(await openBook({ ...book, sheets: [{ rows }] }));
  return read.map(({ cells }) => [...cells]);
}

type Relationship = readonly [type: string, id: string, target: string, mode?: "External"];

function sheetFiles(sheet: SheetXml, index: number): ZipContent[] {
  const { rows = "", before = "", after = "", relationships, xml } = sheet;
  const content =
    xml ??
    `<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`;
  const files: ZipContent[] = [{ name: `xl/worksheets/sheet${index}.xml`, content }];
  if (relationships)
    files.push({
      name: `xl/worksheets/_rels/sheet${index}.xml.rels`,
      content: relationshipsXml(relationships),
    });
  return files;
}

function relationshipsXml(relationships: readonly Relationship[]): string {
  const each = relationships.map(
    ([type, id, target, mode]) =>
      `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"${mode ? ` TargetMode="${mode}"` : ""}/>`,
  );
  return `<Relationships xmlns="${RELATIONSHIPS}">${each.join("")}</Relationships>`;
}

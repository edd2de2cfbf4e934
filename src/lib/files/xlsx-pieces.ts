/** Writing a spreadsheet of texts as .xlsx, row by row; every cell is a text, so none can be a formula. */
import type { ZipFile } from "./zip-pieces.ts";
import { zipPieces } from "./zip-pieces.ts";

/** How a sheet is called and reads. */
export interface SheetWords {
  /** Up to 25 characters without any of `[]:*?/\\`. */
  readonly name: string;
  readonly isRightToLeft: boolean;
}

export interface Sheet extends SheetWords {
  readonly headings: readonly string[];
  readonly rows: AsyncIterable<readonly string[]>;
  /** How many rows there are, without the headings. */
  readonly rowCount: number;
}

/** What a sheet of Excel holds at most, the headings included. */
const ROWS_PER_SHEET = 1_048_576;
/** What a cell of Excel holds at most, in UTF-16 units. */
const LONGEST_CELL = 32_767;
/** Room for a name or a moment, in characters. */
const COLUMN_WIDTH = 22;
/** Rows handed on at a stretch. */
const ROWS_PER_PIECE = 500;

const START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/**
 * Makes the bytes of a workbook; more rows than a sheet holds go on on a further sheet under the same headings.
 * @param rowsPerSheet Rows of a sheet, the headings included; tests pass a small number
 */
export function xlsxPieces(sheet: Sheet, rowsPerSheet = ROWS_PER_SHEET): AsyncGenerator<Buffer> {
  return zipPieces(workbookFiles(sheet, rowsPerSheet));
}

function* workbookFiles(sheet: Sheet, rowsPerSheet: number): Generator<ZipFile> {
  const { rows, rowCount, name: title } = sheet;
  const numbers = Array.from(
    { length: Math.max(1, Math.ceil(rowCount / (rowsPerSheet - 1))) },
    (_, i) => i + 1,
  );
  const iterator = rows[Symbol.asyncIterator]();
  yield { name: "[Content_Types].xml", content: once(contentTypes(numbers)) };
  yield { name: "_rels/.rels", content: once(relations([["officeDocument", "xl/workbook.xml"]])) };
  yield { name: "xl/workbook.xml", content: once(workbook(numbers, title)) };
  const targets = numbers.map((number) => ["worksheet", `worksheets/sheet${number}.xml`] as const);
  yield { name: "xl/_rels/workbook.xml.rels", content: once(relations(targets)) };
  for (const number of numbers) {
    const content = sheetPieces(sheet, iterator, rowsPerSheet - 1);
    yield { name: `xl/worksheets/sheet${number}.xml`, content };
  }
}

async function* once(text: string): AsyncGenerator<string> {
  yield START + text;
}

function contentTypes(numbers: readonly number[]): string {
  const sheets = numbers.map((number) => partType(`/xl/worksheets/sheet${number}.xml`, "worksheet"));
  const rels = `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`;
  const book = partType("/xl/workbook.xml", "sheet.main");
  return `<Types xmlns="${PACKAGE}/content-types">${rels}${book}${sheets.join("")}</Types>`;
}

function partType(name: string, type: string): string {
  return `<Override PartName="${name}" ContentType="${SPREADSHEET}.${type}+xml"/>`;
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const each = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${each.join("")}</Relationships>`;
}

function workbook(numbers: readonly number[], title: string): string {
  const sheets = numbers.map((n) => {
    const name = escaped(numbers.length === 1 ? title : `${title} ${n}`);
    return `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`;
  });
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join("")}</sheets></workbook>`;
}

async function* sheetPieces(
  { headings, isRightToLeft }: Sheet,
  rows: AsyncIterator<readonly string[]>,
  most: number,
): AsyncGenerator<string> {
  const view = `<sheetView${isRightToLeft ? ' rightToLeft="1"' : ""} workbookViewId="0"/>`;
  const column = `<col min="1" max="${headings.length}" width="${COLUMN_WIDTH}" customWidth="1"/>`;
  const frame = `<sheetViews>${view}</sheetViews><cols>${column}</cols>`;
  let piece = `${START}<worksheet xmlns="${MAIN}">${frame}<sheetData>${rowXml(1, headings)}`;
  for (let count = 1; count <= most; count++) {
    const next = await rows.next();
    if (next.done) break;
    piece += rowXml(count + 1, next.value);
    if (count % ROWS_PER_PIECE !== 0) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}</sheetData></worksheet>`;
}

/** Of at most 26 cells. */
function rowXml(row: number, cells: readonly string[]): string {
  const each = cells.map((text, column) => {
    const place = `r="${String.fromCharCode(65 + column)}${row}"`;
    if (text === "") return `<c ${place}/>`;
    return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
  });
  return `<row r="${row}">${each.join("")}</row>`;
}

/** What XML 1.0 can't hold, escaped or not: control characters, and halves of characters. */
const NOT_IN_XML =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escaped(text: string): string {
  return text
    .slice(0, LONGEST_CELL)
    .replace(NOT_IN_XML, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;");
}

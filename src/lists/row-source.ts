import { contentKind } from "./content-kind.ts";
import { delimitedRows } from "./delimited.ts";
import { delimiterOf } from "./delimiter.ts";
import { jsonRows } from "./json-rows.ts";
import { nameRows } from "./name-lines.ts";
import type { Row, RowSource } from "./row.ts";
import { BrokenList } from "./row.ts";
import { decodedChunks, encodingOf } from "./text-encoding.ts";
import type { ForeignSpreadsheet } from "./xlsx/foreign-spreadsheet.ts";
import { foreignFile } from "./xlsx/foreign-spreadsheet.ts";
import type { Workbook } from "./xlsx/workbook.ts";
import { openWorkbook } from "./xlsx/workbook.ts";

/** Why a file's content can't be a list. */
export type FormatProblem =
  { readonly problem: "picture" | "pdf" | "video" | "otherFile" | "zipBomb" } | ForeignSpreadsheet;

/**
 * Chooses how a file is read, by its content; its name decides only what the content leaves open.
 * @throws {BrokenList} when it is called a spreadsheet or JSON and isn't
 */
export async function rowSource(bytes: Buffer, name: string): Promise<RowSource | FormatProblem> {
  const kind = contentKind(bytes);
  switch (kind) {
    case "picture":
    case "pdf":
    case "video":
      return { problem: kind };
    case "zip":
      return spreadsheet(bytes, name);
    case "other":
      return foreignFile(bytes, name) ?? otherFile(name);
    case "text":
      return textSource(bytes, name);
  }
}

async function spreadsheet(zip: Buffer, name: string): Promise<RowSource | FormatProblem> {
  const workbook = await openWorkbook(zip);
  if ("sheets" in workbook) return { batches: firstRows(workbook) };
  return workbook.problem === "otherFile" ? otherFile(name) : workbook;
}

/** The rows of the first visible sheet that has any. */
async function* firstRows({ sheets }: Workbook): AsyncGenerator<readonly Row[]> {
  for (const sheet of sheets) {
    if (sheet.isHidden) continue;
    let isEmpty = true;
    for await (const rows of sheet.rows()) {
      isEmpty = false;
      yield rows;
    }
    if (!isEmpty) return;
  }
}

/** @throws {BrokenList} when it is called a spreadsheet and isn't */
function otherFile(name: string): FormatProblem {
  if (/\.xls[xm]$/i.test(name)) throw new BrokenList("xlsx");
  return { problem: "otherFile" };
}

async function textSource(bytes: Buffer, name: string): Promise<RowSource> {
  const chunks = (): Iterable<string> => decodedChunks(bytes, encodingOf(bytes));
  const head = chunks()[Symbol.iterator]().next().value ?? "";
  if (/\.(?:json|jsonl|ndjson)$/i.test(name) || /^\s*[[{]/.test(head)) {
    return head.trim() === "" ? { batches: [] } : jsonRows([...chunks()].join(""));
  }
  const delimiter = delimiterOf(head, /\.(?:csv|tsv)$/i.test(name));
  return { batches: delimiter === undefined ? nameRows(chunks()) : delimitedRows(chunks(), delimiter) };
}

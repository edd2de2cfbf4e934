import { contentKind } from "./content-kind.ts";
import { delimitedRows } from "./delimited.ts";
import { delimiterOf } from "./delimiter.ts";
import { jsonRows } from "./json-rows.ts";
import { nameRows } from "./name-lines.ts";
import type { RowSource } from "./row.ts";
import { BrokenList } from "./row.ts";
import { decodedChunks, encodingOf } from "./text-encoding.ts";
import { xlsxRows } from "./xlsx-rows.ts";
import { unpackingRisk } from "./zip-bomb.ts";
import { zipDirectory } from "./zip-directory.ts";

/** Why a file's content can't be a list. */
export interface FormatProblem {
  readonly problem: "picture" | "pdf" | "video" | "otherFile" | "zipBomb";
}

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
      if (isCalledSpreadsheet(name)) throw new BrokenList("xlsx");
      return { problem: "otherFile" };
    case "text":
      return textSource(bytes, name);
  }
}

async function spreadsheet(zip: Buffer, name: string): Promise<RowSource | FormatProblem> {
  const entries = zipDirectory(zip);
  const holds = (start: string): boolean => entries?.some((entry) => entry.name.startsWith(start)) === true;
  const isSpreadsheet = holds("[Content_Types].xml") && holds("xl/");
  if (!isSpreadsheet && !isCalledSpreadsheet(name)) return { problem: "otherFile" };
  const risk = entries ? await unpackingRisk(zip, entries) : "broken";
  if (risk === "bomb") return { problem: "zipBomb" };
  if (risk === "broken" || !isSpreadsheet) throw new BrokenList("xlsx");
  return { batches: xlsxRows(zip) };
}

function isCalledSpreadsheet(name: string): boolean {
  return /\.xls[xm]$/i.test(name);
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

import type { Archive } from "./archive.ts";

/** A spreadsheet of another format, which its own program can save as .xlsx. */
export interface ForeignSpreadsheet {
  readonly problem: "foreignSpreadsheet";
  readonly format: "xls" | "xlsb" | "ods" | "numbers";
}

/** A part that only spreadsheets of this format have. */
const PARTS = [
  ["xl/workbook.bin", "xlsb"],
  ["Index/Document.iwa", "numbers"],
  ["Index.zip", "numbers"],
] as const;

/** Recognises an archive that is a spreadsheet, though none of Excel's. */
export function foreignArchive(archive: Archive): ForeignSpreadsheet | undefined {
  const format = PARTS.find(([part]) => archive.has(part))?.[1];
  return format && { problem: "foreignSpreadsheet", format };
}

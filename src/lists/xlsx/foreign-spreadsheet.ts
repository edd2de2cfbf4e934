import type { Archive } from "./archive.ts";

/** Why a file is not read although it is, or may be, a spreadsheet. */
export type ForeignSpreadsheet =
  /** Of another format, which its own program can save as .xlsx. */
  | { readonly problem: "foreignSpreadsheet"; readonly format: ForeignFormat }
  | { readonly problem: "passwordProtected" };

const FORMATS = ["xls", "xlsb", "ods", "numbers"] as const;
export type ForeignFormat = (typeof FORMATS)[number];

/** Parts that only archives of this format have. */
const PARTS = [
  ["xl/workbook.bin", "xlsb"],
  ["Index/Document.iwa", "numbers"],
  ["Index.zip", "numbers"],
] as const;

/** What Office files were before they were archives, and still are when they have a password. */
const COMPOUND_FILE = Buffer.from("D0CF11E0A1B11AE1", "hex");
const ENCRYPTED = Buffer.from("EncryptedPackage", "utf16le");
/** The stream of a spreadsheet; Excel 95 called it Book. */
const SHEETS = ["Workbook\0", "Book\0"].map((name) => Buffer.from(name, "utf16le"));
/** How Excel's XML of 2003 begins. */
const XML_2003 = /^(?:\xEF\xBB\xBF)?\s*<\?xml[^]*urn:schemas-microsoft-com:office:spreadsheet/;
const LOOKED_AT = 4096;

/** Recognises an archive that is a spreadsheet, though none of Excel's. */
export async function foreignArchive(archive: Archive): Promise<ForeignSpreadsheet | undefined> {
  const format = PARTS.find(([part]) => archive.has(part))?.[1] ?? (await openDocument(archive));
  return format && { problem: "foreignSpreadsheet", format };
}

/**
 * Recognises a file that is no archive: by its content, or else by its name when it is no text either, as web pages are
 * called .xls by the programs that write them.
 */
export function foreignFile(bytes: Buffer, name: string): ForeignSpreadsheet | undefined {
  const isCompound = bytes.subarray(0, COMPOUND_FILE.length).equals(COMPOUND_FILE);
  if (isCompound && bytes.includes(ENCRYPTED)) return { problem: "passwordProtected" };
  const isOld = isCompound && SHEETS.some((sheets) => bytes.includes(sheets));
  if (isOld || XML_2003.test(bytes.toString("latin1", 0, LOOKED_AT)))
    return { problem: "foreignSpreadsheet", format: "xls" };
  const format = formatIn(name);
  return format && { problem: "foreignSpreadsheet", format };
}

function formatIn(name: string): ForeignFormat | undefined {
  const called = name.toLowerCase();
  return FORMATS.find((format) => called.endsWith(`.${format}`));
}

async function openDocument(archive: Archive): Promise<"ods" | undefined> {
  if (!archive.has("mimetype")) return undefined;
  for await (const type of archive.text("mimetype"))
    return type.startsWith("application/vnd.oasis.opendocument.spreadsheet") ? "ods" : undefined;
  return undefined;
}

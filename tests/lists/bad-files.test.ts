/** Files that are no list: each gets its own clear problem, and nothing of it is kept. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ListProblem } from "../../src/app/lists/list-report.ts";
import type { ListImports } from "../support/lists/list-imports.ts";
import { openListImports } from "../support/lists/list-imports.ts";
import type { ZipContent } from "../support/lists/xlsx.ts";
import { workbookFiles, xlsxOf, zipOf } from "../support/lists/xlsx.ts";

let imports: ListImports;
beforeEach(async () => (imports = await openListImports()));
afterEach(() => imports[Symbol.asyncDispose]());

const png = Buffer.from("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "latin1");
const mp4 = Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "latin1");
const heic = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1");
/** An office file of the years before they were archives, with a stream of this name in its directory. */
function compoundFile(stream: string): Buffer {
  const start = Buffer.from("D0CF11E0A1B11AE1", "hex");
  return Buffer.concat([start, Buffer.alloc(1024), Buffer.from(`${stream}\0`, "utf16le")]);
}

function foreign(format: "xls" | "xlsb" | "ods" | "numbers"): Partial<ListProblem> {
  return { problem: "foreignSpreadsheet", format };
}

const xls = foreign("xls");
const passwordProtected = { problem: "passwordProtected" } as const;
const xml2003 = `<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`;
const book = workbookFiles([[["username"], ["ali_1"]]]);

test.each<[string, string, Buffer | string, Partial<ListProblem>]>([
  ["a picture", "list.txt", png, { problem: "picture" }],
  ["a JPEG called .csv", "list.csv", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]), { problem: "picture" }],
  ["a photo of a phone", "IMG.HEIC", heic, { problem: "picture" }],
  ["a PDF", "list.csv", "%PDF-1.7\n1 0 obj", { problem: "pdf" }],
  ["a video", "list.txt", mp4, { problem: "video" }],
  ["an old Word file", "list.doc", compoundFile("WordDocument"), { problem: "otherFile" }],
  ["an old .xls, whatever it is called", "list.xlsx", compoundFile("Workbook"), xls],
  ["a .xls of Excel 95", "list.xls", compoundFile("Book"), xls],
  ["Excel's XML of 2003", "list.xml", xml2003, xls],
  ["a web page called .xls", "list.xls", "<html><table><tr><td>ali_1", xls],
  ["a spreadsheet with a password", "list.xlsx", compoundFile("EncryptedPackage"), passwordProtected],
  ["a binary spreadsheet", "list.xlsx", zipOf([{ name: "xl/workbook.bin", content: "" }]), foreign("xlsb")],
  [
    "Apple's own spreadsheet",
    "list.zip",
    zipOf([{ name: "Index/Document.iwa", content: "" }]),
    foreign("numbers"),
  ],
  [
    "an OpenDocument spreadsheet",
    "list.ods",
    zipOf([{ name: "mimetype", content: "application/vnd.oasis.opendocument.spreadsheet" }]),
    foreign("ods"),
  ],
  [
    "a text of Word",
    "list.docx",
    zipOf([{ name: "word/document.xml", content: "<a/>" }]),
    { problem: "otherFile" },
  ],
  [
    "a zip of other things",
    "list.zip",
    zipOf([{ name: "a.txt", content: "ali_1" }]),
    { problem: "otherFile" },
  ],
  ["a program", "list.txt", Buffer.from("\x7FELF\x02\x01\x01\0\0\0", "latin1"), { problem: "otherFile" }],
  ["a web page", "list.csv", "<!DOCTYPE html><p>ali_1", { problem: "otherFile" }],
  ["an empty file", "list.txt", "", { problem: "empty" }],
  ["a blank file", "list.csv", "\uFEFF \r\n\r\n", { problem: "empty" }],
  ["an empty JSON list", "list.json", "[]", { problem: "empty" }],
  ["a header and nothing else", "list.csv", "username,name\n", { problem: "empty" }],
  ["an empty spreadsheet", "list.xlsx", xlsxOf([]), { problem: "empty" }],
  [
    "a broken JSON list",
    "list.json",
    `["ali_1",\n"sara",\nmina]`,
    { problem: "broken", format: "json", line: 3 },
  ],
  ["JSON cut off", "list.json", `["ali_1",\n"sar`, { problem: "broken", format: "json", line: 2 }],
  ["JSON with more behind it", "list.json", `["ali_1"]\n]`, { problem: "broken", format: "json", line: 2 }],
  ["something else called .json", "list.json", "ali_1\nsara", { problem: "broken", format: "json", line: 1 }],
  [
    "broken JSON lines",
    "list.jsonl",
    `{"u":"ali_1"}\n{"u":"sara"}\n{"u":`,
    { problem: "broken", format: "json", line: 3 },
  ],
  [
    "an open quote",
    "list.csv",
    'username,name\nali_1,Ali\nsara,"Sara\nmina,Mina\n',
    { problem: "broken", format: "quote", line: 3 },
  ],
  [
    "a spreadsheet cut off",
    "list.xlsx",
    xlsxOf([["ali_1"]]).subarray(0, 300),
    { problem: "broken", format: "xlsx" },
  ],
  [
    "a damaged spreadsheet",
    "list.xlsx",
    zipOf([...book.slice(0, 3), { name: "xl/worksheets/sheet1.xml", content: "<worksheet" }]),
    { problem: "broken", format: "xlsx" },
  ],
  [
    "no spreadsheet inside",
    "list.xlsx",
    zipOf([{ name: "a.txt", content: "ali_1" }]),
    { problem: "broken", format: "xlsx" },
  ],
  ["noise called .xlsx", "list.xlsx", Buffer.from([1, 2, 3, 0, 5]), { problem: "broken", format: "xlsx" }],
])("%s", async (_, name, content, problem) => {
  expect(await imports.file(name, content)).toEqual({ kind: "problem", ...problem });
  expect([imports.lists.kept.size, imports.lists.open()]).toEqual([0, 0]);
});

/** A workbook with one part in place of its sheet, honest or not. */
function bomb(content: Buffer | string, more: Partial<ZipContent> = {}): Buffer {
  return zipOf([
    ...book.filter(({ name }) => !name.includes("sheet1")),
    { name: "xl/worksheets/sheet1.xml", content, ...more },
  ]);
}

test("zip bombs called .xlsx: by declared size, by ratio, by lying", async () => {
  const blanks = Buffer.alloc(12 << 20, " ");
  const zipBomb = { kind: "problem", problem: "zipBomb" };
  expect(await imports.file("list.xlsx", bomb("<a/>", { declaredSize: 0xf0000000 }))).toEqual(zipBomb);
  expect(await imports.file("list.xlsx", bomb(blanks))).toEqual(zipBomb);
  const lie = await imports.file("list.xlsx", bomb(blanks, { declaredSize: 1000 }));
  expect(lie).toEqual({ kind: "problem", problem: "stopped", reason: "holdsTooMuch" });
});

test("more than 20 MB", async () => {
  const problem = { kind: "problem", problem: "tooBig", maxBytes: 20 << 20 };
  expect(await imports.file("list.txt", Buffer.alloc((20 << 20) + 1, "a\n"))).toEqual(problem);
});

test("no usable name: told with the first rows, and nothing is kept", async () => {
  const result = await imports.file("list.txt", "علی رضا\nسارا\n\n@a\n");
  expect(result).toEqual({
    kind: "problem",
    problem: "noUsableName",
    read: 3,
    firstInvalid: [
      { line: 1, text: "علی رضا", reason: "spaces" },
      { line: 2, text: "سارا", reason: "characters" },
      { line: 4, text: "@a", reason: "tooShort" },
    ],
  });
  expect([imports.lists.kept.size, imports.lists.open()]).toEqual([0, 0]);
});

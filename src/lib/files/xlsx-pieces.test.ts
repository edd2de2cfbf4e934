import fc from "fast-check";
import readXlsxFile from "read-excel-file/node";
import { expect, test } from "vitest";
import { openWorkbook } from "../../lists/xlsx/workbook.ts";
import { xlsxPieces } from "./xlsx-pieces.ts";
import { openArchive } from "../../lists/xlsx/archive.ts";

async function* given(rows: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  yield* rows;
}

async function bytesOf(rows: readonly (readonly string[])[], rowsPerSheet?: number): Promise<Buffer> {
  const sheet = {
    name: "Results",
    isRightToLeft: false,
    headings: ["name", "state"],
    rows: given(rows),
    rowCount: rows.length,
  };
  const pieces: Buffer[] = [];
  for await (const piece of xlsxPieces(sheet, rowsPerSheet)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const read = async (bytes: Buffer, sheet = 1) => (await readXlsxFile(bytes))[sheet - 1]?.data;

test("a spreadsheet program reads back what was written", async () => {
  const rows = [
    ["ali_1", "sent"],
    ["سارا <&>", '=HYPERLINK("x")'],
    ["a\nb", ""],
  ];
  expect(await read(await bytesOf(rows))).toEqual([
    ["name", "state"],
    ["ali_1", "sent"],
    ["سارا <&>", '=HYPERLINK("x")'],
    ["a\nb", null],
  ]);
});

test("any text is written so that the file stays readable", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", minLength: 1 }), async (text) => {
      const rows = await read(await bytesOf([[`x${text}x`, "sent"]]));
      expect(rows?.[1]?.[1]).toBe("sent");
    }),
    { numRuns: 40 },
  );
});

test("more rows than a sheet holds go on on the next one under the same headings", async () => {
  const rows = Array.from({ length: 5 }, (_, index) => [`n${index}`, "sent"]);
  const bytes = await bytesOf(rows, 3);
  const names = async (sheet: number) => (await read(bytes, sheet))?.map((row) => row[0]);
  expect([await names(1), await names(2), await names(3)]).toEqual([
    ["name", "n0", "n1"],
    ["name", "n2", "n3"],
    ["name", "n4"],
  ]);
});

test("a sheet has its reader's name and direction", async () => {
  const sheet = {
    name: "نتایج",
    isRightToLeft: true,
    headings: ["نام"],
    rows: given([["ali"]]),
    rowCount: 1,
  };
  const pieces: Buffer[] = [];
  for await (const piece of xlsxPieces(sheet)) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  expect((await readXlsxFile(bytes)).map((one) => one.sheet)).toEqual(["نتایج"]);
  const archive = await openArchive(bytes);
  if (typeof archive === "string") throw new Error(archive);
  let xml = "";
  for await (const piece of archive.text("xl/worksheets/sheet1.xml")) xml += piece;
  expect(xml).toContain('<sheetView rightToLeft="1" workbookViewId="0"/>');
});

test("what was written can be given back as a list", async () => {
  const workbook = await openWorkbook(await bytesOf([["ali_1", "sent"]]));
  const [sheet] = "sheets" in workbook ? workbook.sheets : [];
  for await (const [, row] of sheet?.rows() ?? []) expect(row?.cells).toEqual(["ali_1", "sent"]);
  expect(sheet?.name).toBe("Results");
  expect.assertions(2);
});

test("the same rows make the same bytes", async () => {
  const rows = [["ali", "sent"]];
  expect(await bytesOf(rows)).toEqual(await bytesOf(rows));
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutRows } from "./without-rows.ts";

async function* pieces(text: string, lengths: readonly number[]): AsyncGenerator<string> {
  let at = 0;
  for (const length of lengths) yield text.slice(at, (at += length));
  yield text.slice(at);
}

async function left(text: string, lengths: readonly number[] = []): Promise<string> {
  let result = "";
  for await (const piece of withoutRows(pieces(text, lengths))) result += piece;
  return result;
}

test.each([
  ["<w><cols/><sheetData><row/></sheetData><mergeCells/></w>", "<w><cols/><mergeCells/></w>"],
  ["<x:w><x:sheetData><x:row/></x:sheetData ><x:m/></x:w>", "<x:w><x:m/></x:w>"],
  ["<w><sheetData/><m/></w>", "<w><m/></w>"],
  ["<w><sheetData ><row/></sheetData></w>", "<w></w>"],
  ["<w><sheetDataOther/><m/></w>", "<w><sheetDataOther/><m/></w>"],
  ["<w><sheetData><row/>", "<w>"],
  ["", ""],
])("of %s remains %s, however it comes in pieces", async (sheet, rest) => {
  expect(await left(sheet)).toBe(rest);
  const lengths = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(lengths, async (some) => {
      expect(await left(sheet, some)).toBe(rest);
    }),
  );
});

test("long rows are passed over in pieces", async () => {
  const rows = "<row><c/></row>".repeat(1000);
  expect(await left(`<w><sheetData>${rows}</sheetData><m/></w>`, [1000, 1000, 13_000])).toBe("<w><m/></w>");
});

/** Spreadsheets that are made to harm, or damaged: each is read, or refused, before it costs much. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { BrokenList, ListTooLarge } from "../../../src/lists/row.ts";
import { openWorkbook } from "../../../src/lists/xlsx/workbook.ts";
import type { BookXml, SheetXml } from "../../support/lists/workbook.ts";
import { bookFiles, opened, openBook, rowsOf, sheetRowsOf } from "../../support/lists/workbook.ts";
import { zipOf } from "../../support/lists/xlsx.ts";

/** What reading the first sheet to its end comes to: how many rows, or what is thrown. */
async function outcome(sheet: SheetXml, book: Omit<BookXml, "sheets"> = {}): Promise<number | string> {
  try {
    return (await rowsOf(await openBook({ ...book, sheets: [sheet] }))).length;
  } catch (error) {
    if (error instanceof BrokenList)
      return error.line === undefined ? "broken" : `broken after row ${error.line}`;
    return error instanceof ListTooLarge ? "too large" : String(error);
  }
}

/** Bytes that don't pack, beside which a much-repeated text is no suspicious ratio. */
const noise = {
  name: "xl/media/noise.png",
  content: Buffer.from(Array.from({ length: 1 << 19 }, (_, index) => Math.imul(index, 0x9e3779b1) >>> 24)),
};
const cell = "<c><v>1</v></c>";

function sharedText(length: number): string {
  return `<si><t>${"x".repeat(length)}</t></si>`;
}

/** Styles of as many formats, each one's number its style. */
function stylesOf(count: number): string {
  const ids = Array.from({ length: count }, (_, index) => 200 + index);
  return `<numFmts>${ids.map((id) => `<numFmt numFmtId="${id}" formatCode="0.0&quot;${id}&quot;"/>`).join("")}</numFmts><cellXfs>${ids.map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs>`;
}

/** What is read of a file: the cells, or why there are none. */
async function readingOf(bytes: Buffer): Promise<unknown> {
  try {
    const workbook = await openWorkbook(bytes);
    return "sheets" in workbook ? (await rowsOf(workbook)).map(({ cells }) => cells) : workbook.problem;
  } catch (error) {
    if (error instanceof BrokenList || error instanceof ListTooLarge) return error.name;
    throw error;
  }
}

test.each([
  ["a column that no sheet has", '<row r="1"><c r="ZZZZZZ1"/></row>', "broken after row 1"],
  ["the first column behind the last", '<row r="1"><c r="XFE1"/></row>', "broken after row 1"],
  ["a row of a billion", '<row r="1000000000"/>', "broken after row 0"],
  ["row 0", '<row r="0"/>', "broken after row 0"],
  ["rows that go back", `<row r="5">${cell}</row><row r="4">${cell}</row>`, "broken after row 5"],
  ["a row that comes twice", `<row r="5">${cell}</row><row r="5">${cell}</row>`, "broken after row 5"],
  ["cells that go back", '<row r="1"><c r="B1"/><c r="A1"/></row>', "broken after row 1"],
  ["a cell of another row", '<row r="1"><c r="A2"/></row>', "broken after row 1"],
  ["a row of 16,385 cells", `<row>${"<c/>".repeat(16_385)}</row>`, "broken after row 1"],
  ["a text that is not there", '<row><c t="s"><v>7</v></c></row>', "broken"],
  ["a text of a negative number", '<row><c t="s"><v>-1</v></c></row>', "broken"],
  ["an entity that nobody defined", "<row><c><v>&lol;</v></c></row>", "broken"],
  ["an element that never ends", "<row>", "broken"],
  ["an element a thousand deep", `<row>${"<a>".repeat(1000)}${"</a>".repeat(1000)}</row>`, "broken"],
  ["an attribute that comes twice", '<row a="" a=""/>', "broken"],
  ["a comment of two million letters", `<!--${"x".repeat(2 << 20)}-->`, "broken"],
  ["the end of the rows in a comment", `<!--</sheetData>--><row>${cell}</row>`, "broken"],
  ["the last cell of a sheet", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', 1],
  ["ten thousand blank rows", "<row><c/><c/></row>".repeat(10_000), 0],
])("%s", async (_, rows, expected) => {
  expect(await outcome({ rows }, { more: [noise] })).toBe(expected);
});

test("an element of a million attributes ends before they are all read", async () => {
  const attributes = Array.from({ length: 200_000 }, (_, index) => `a${index}=""`).join(" ");
  expect(await outcome({ rows: `<row ${attributes}/>` })).toBe("broken");
});

test("entities that are made of entities are never looked at", async () => {
  const lol = `<!DOCTYPE lolz [<!ENTITY a "lol">${Array.from({ length: 20 }, (_, n) => `<!ENTITY a${n} "${`&a${n - 1};`.repeat(10)}">`).join("")}]>`;
  expect(await outcome({ xml: `${lol}<worksheet><sheetData/></worksheet>` })).toBe("broken");
  expect(await outcome({ xml: '<!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet/>' })).toBe("broken");
});

test("a large text used again and again is too much, a small one is not", async () => {
  const rows = '<row><c t="s"><v>0</v></c></row>'.repeat(5000);
  expect(await outcome({ rows }, { strings: sharedText(32_767), more: [noise] })).toBe("too large");
  expect(await outcome({ rows }, { strings: sharedText(100), more: [noise] })).toBe(5000);
});

test("what all sheets hand out together is limited, reading one of them again is not", async () => {
  const sheet = { rows: '<row><c t="s"><v>0</v></c></row>'.repeat(2000) };
  const strings = `<si><t>${"x".repeat(32_767)}</t></si>`;
  const { sheets } = await openBook({ sheets: [sheet, { ...sheet, name: "more" }], strings, more: [noise] });
  const [first, second] = sheets;
  if (!first || !second) throw new Error("no sheets");
  for (let time = 0; time < 3; time++) expect(await sheetRowsOf(first)).toHaveLength(2000);
  await expect(sheetRowsOf(second)).rejects.toThrow(ListTooLarge);
});

test("a cell is no longer than Excel's, however it is written", async () => {
  const long = "x".repeat(40_000);
  const rows = `<row><c t="str"><v>${long}</v></c><c t="inlineStr"><is>${`<r><t>${long}</t></r>`.repeat(3)}</is></c><c t="s"><v>0</v></c></row>`;
  const [row] = await rowsOf(
    await openBook({ sheets: [{ rows }], strings: `<si><t>${long}</t></si>`, more: [noise] }),
  );
  expect(row?.cells.map((text) => text.length)).toEqual([32_767, 32_767, 32_767]);
});

test("rows of one cell far to the right are too much when there are thousands", async () => {
  const rows = Array.from({ length: 1500 }, (_, at) => `<row><c r="XFD${at + 1}"><v>1</v></c></row>`).join(
    "",
  );
  expect(await outcome({ rows }, { more: [noise] })).toBe("too large");
});

test("joined cells, links and hidden columns may overlap as they like, but not by the hundred thousand", async () => {
  const links = '<hyperlink ref="A1:XFD1048576" location="https://a.b"/>';
  const merged = '<mergeCell ref="A1:XFD1048576"/>';
  const rows = `<row>${cell}</row>`.repeat(1000);
  const many = Array.from({ length: 1000 }, (_, at) => `<mergeCell ref="A${at + 1}:C9999"/>`).join("");
  expect(await outcome({ rows, after: links.repeat(1000) })).toBe(1000);
  expect(await outcome({ rows, after: merged.repeat(1000) + many })).toBe(1);
  expect(await outcome({ rows, after: merged.repeat(260_000) }, { more: [noise] })).toBe("too large");
});

test("styles, formats and shared texts by the ten thousand are no more than many", async () => {
  const rows = Array.from({ length: 2000 }, (_, at) => `<row><c s="${at}"><v>1</v></c></row>`).join("");
  expect(
    await outcome(
      { rows: rows.slice(0, rows.indexOf("<row>", 9000)) },
      { styles: stylesOf(50_000), more: [noise] },
    ),
  ).toBeGreaterThan(200);
  expect(await outcome({ rows }, { styles: stylesOf(2000), more: [noise] })).toBe("too large");
});

test("names of parts lead nowhere but into the archive", async () => {
  for (const target of [
    "../../../../etc/passwd",
    "/etc/passwd",
    "file:///etc/passwd",
    "https://example.org/a.xml",
    "",
  ]) {
    const files = bookFiles({ sheets: [{ rows: `<row>${cell}</row>` }] }).map((file) => ({
      ...file,
      content: file.content.toString().replace("worksheets/sheet0.xml", target),
    }));
    await expect(openWorkbook(zipOf(files))).rejects.toThrow(BrokenList);
  }
});

test("a part that refers to itself, or to the workbook, is read once", async () => {
  const relationships = [
    ["table", "a", "sheet0.xml"],
    ["table", "b", "../workbook.xml"],
    ["worksheet", "c", "_rels/sheet0.xml.rels"],
  ] as const;
  expect(await outcome({ rows: `<row>${cell}</row>`, relationships })).toBe(1);
});

test("two parts of one name, or two tabs of one part, are refused", async () => {
  const files = bookFiles({ sheets: [{ name: "a" }, { name: "b" }] });
  const twice = [...files, { name: "XL/workbook.xml", content: "<workbook/>" }];
  await expect(openWorkbook(zipOf(twice))).rejects.toThrow(BrokenList);
  const shared = files.map((file) => ({
    ...file,
    content: file.content.toString().replace("sheet1.xml", "sheet0.xml"),
  }));
  await expect(openWorkbook(zipOf(shared))).rejects.toThrow(BrokenList);
});

test("a sheet that is listed and missing is refused", async () => {
  const files = bookFiles({ sheets: [{}] }).filter(({ name }) => !name.includes("sheet0"));
  await expect(openWorkbook(zipOf(files))).rejects.toThrow(BrokenList);
});

test("what stands behind the archive is not looked at", async () => {
  const zip = zipOf(bookFiles({ sheets: [{ rows: `<row>${cell}</row>` }] }));
  for (const tail of ["\n", "x".repeat(100_000)])
    expect(await rowsOf(await opened(Buffer.concat([zip, Buffer.from(tail)])))).toHaveLength(1);
});

test("cut off anywhere, or with a byte changed, it is refused or reads the same", async () => {
  const zip = zipOf(
    bookFiles({ sheets: [{ rows: `<row><c t="s"><v>0</v></c></row>` }], strings: "<si><t>ali_1</t></si>" }),
  );
  const fine = [[["ali_1"]], [], "BrokenList", "ListTooLarge", "zipBomb", "otherFile", "passwordProtected"];
  await fc.assert(
    fc.asyncProperty(fc.nat(zip.length - 1), fc.nat(255), async (at, value) => {
      expect(fine).toContainEqual(await readingOf(zip.subarray(0, at)));
      const changed = Buffer.from(zip);
      changed[at] = value;
      expect(fine).toContainEqual(await readingOf(changed));
    }),
    { numRuns: 100 },
  );
});

test("a bit that flipped on the way makes no other name of a name", async () => {
  const strings = "<si><t>ali_1</t></si>";
  const zip = zipOf(bookFiles({ sheets: [{ rows: '<row><c t="s"><v>0</v></c></row>' }], strings }));
  const start = zip.indexOf("xl/sharedStrings.xml") + "xl/sharedStrings.xml".length;
  const end = zip.indexOf("PK\x03\x04", start);
  for (let at = start; at < end; at++) {
    zip[at] = (zip[at] ?? 0) ^ 1;
    expect(await readingOf(zip)).toMatch(/^(?:BrokenList|ListTooLarge)$/);
    zip[at] = (zip[at] ?? 0) ^ 1;
  }
});

test("a part that holds more than it says, or less, is refused", async () => {
  const files = bookFiles({ sheets: [{ rows: `<row>${cell}</row>` }] });
  const lying = (size: number) =>
    zipOf(files.map((file) => (file.name.includes("sheet0") ? { ...file, declaredSize: size } : file)));
  await expect(rowsOf(await opened(lying(20)))).rejects.toThrow(ListTooLarge);
  await expect(rowsOf(await opened(lying(2000)))).rejects.toThrow(BrokenList);
});

test("an archive of ten thousand parts is not opened", async () => {
  const files = Array.from({ length: 10_001 }, (_, index) => ({ name: `a${index}`, content: "" }));
  expect(await openWorkbook(zipOf(files))).toEqual({ problem: "zipBomb" });
});

test("sizes of 64 bits are understood", async () => {
  const files = bookFiles({ sheets: [{ rows: `<row>${cell}</row>` }] });
  expect(
    await rowsOf(await opened(zipOf(files.map((file) => ({ ...file, hasLongSizes: true }))))),
  ).toHaveLength(1);
});

/** What a person sees in a spreadsheet is read, what nobody sees is counted. */
import { expect, test } from "vitest";
import { openBook, rowsOf, sheetRowsOf } from "../../support/lists/workbook.ts";

/** A row of texts, with whatever attributes. */
function row(number: number, texts: readonly string[], attributes = ""): string {
  const cells = texts.map(
    (text, column) =>
      `<c r="${String.fromCharCode(65 + column)}${number}" t="inlineStr"><is><t>${text}</t></is></c>`,
  );
  return `<row r="${number}" ${attributes}>${cells.join("")}</row>`;
}

const none = { hiddenRows: 0, filteredRows: 0, totalsRows: 0, hiddenColumns: 0 };

test("sheets come in the order of their tabs, hidden and very hidden ones marked", async () => {
  const { sheets } = await openBook({
    sheets: [
      { name: "old", state: "hidden" },
      { name: "now", state: "visible" },
      { name: "deep", state: "veryHidden" },
    ],
  });
  expect(sheets.map(({ name, isHidden }) => [name, isHidden])).toEqual([
    ["old", true],
    ["now", false],
    ["deep", true],
  ]);
});

test("rows that are hidden or have no height are left out and counted, blank ones not", async () => {
  const rows = [
    row(1, ["username"]),
    row(2, ["ali_1"], 'hidden="1"'),
    row(3, ["sara_2"], 'hidden="true"'),
    row(4, ["mina_3"], 'ht="0" customHeight="1"'),
    row(5, ["reza_4"], 'hidden="0" ht="15"'),
    '<row r="6" hidden="1"/>',
    row(7, [""], 'hidden="1"'),
  ];
  const book = await openBook({ sheets: [{ rows: rows.join("") }] });
  expect(await rowsOf(book)).toEqual([
    { line: 1, cells: ["username"] },
    { line: 5, cells: ["reza_4"] },
  ]);
  expect(book.sheets[0]?.leftOut).toEqual({ ...none, hiddenRows: 3 });
});

test("rows that a filter hides are told from those that somebody hid", async () => {
  const rows = [1, 2, 3, 4, 5, 6, 7].map((number) =>
    row(number, [`n_${number}`], number % 2 === 0 ? 'hidden="1"' : ""),
  );
  const filters = '<autoFilter ref="A1:B3"/>';
  const table = '<table ref="D1:E4"><autoFilter ref="$D$1:$E$4"/></table>';
  const book = await openBook({
    sheets: [
      { rows: rows.join(""), after: filters, relationships: [["table", "t", "../tables/table1.xml"]] },
    ],
    more: [{ name: "xl/tables/table1.xml", content: table }],
  });
  expect((await rowsOf(book)).map(({ line }) => line)).toEqual([1, 3, 5, 7]);
  expect(book.sheets[0]?.leftOut).toEqual({ ...none, filteredRows: 2, hiddenRows: 1 });
});

test("the totals of a table are left out, what stands beside the table is not", async () => {
  const rows = [
    row(1, ["username", "n", "note"]),
    row(2, ["ali_1", "1", "x"]),
    row(3, ["Total", "1", "beside"]),
    row(4, ["Total", "1"]),
  ];
  const book = await openBook({
    sheets: [{ rows: rows.join(""), relationships: [["table", "t", "/xl/tables/t.xml"]] }],
    more: [{ name: "xl/tables/t.xml", content: '<table ref="A1:B4" totalsRowCount="2"/>' }],
  });
  expect((await rowsOf(book)).map(({ cells }) => cells)).toEqual([
    ["username", "n", "note"],
    ["ali_1", "1", "x"],
    ["", "", "beside"],
  ]);
  expect(book.sheets[0]?.leftOut).toEqual({ ...none, totalsRows: 2 });
});

test("hidden columns are blank, and counted once if anything stands in them", async () => {
  const rows = row(1, ["username", "id", "", "name"]) + row(2, ["ali_1", "7", "", "Ali"]);
  const before =
    '<cols><col min="2" max="2" hidden="1"/><col min="3" max="3" width="0"/><col min="9" max="16384" hidden="1"/></cols>';
  const book = await openBook({ sheets: [{ before, rows }] });
  expect((await rowsOf(book)).map(({ cells }) => cells)).toEqual([
    ["username", "", "", "name"],
    ["ali_1", "", "", "Ali"],
  ]);
  expect(book.sheets[0]?.leftOut).toEqual({ ...none, hiddenColumns: 1 });
});

test("of joined cells only the first is seen, whatever stands under it", async () => {
  const rows = row(1, ["Members", "under", "beside"]) + row(2, ["under", "under", "ali_1"]);
  const after = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>';
  const book = await openBook({ sheets: [{ rows, after }] });
  expect((await rowsOf(book)).map(({ cells }) => cells)).toEqual([
    ["Members", "", "beside"],
    ["", "", "ali_1"],
  ]);
});

/** A cell whose formula leads somewhere. */
function formula(text: string): string {
  return `<c t="str"><f>HYPERLINK(${text})</f><v>open</v></c>`.replaceAll("&", "&amp;");
}

test("the address behind a cell is told, from a link, its place or a formula", async () => {
  const rows =
    row(1, ["a", "b", "c", "d"]) +
    row(2, ["a", "b"]) +
    `<row>${formula('"https://t.me/mina_3","open"')}${formula('"https://t.me/"&A1,"open"')}${formula('"#A1"')}</row>`;
  const after = `<hyperlinks>
    <hyperlink ref="B1" r:id="r1"/><hyperlink ref="C1" r:id="r1" location="part"/>
    <hyperlink ref="D1" location="'Other sheet'!A1"/>
    <hyperlink ref="A2:B2" location="https://t.me/sara_2"/><hyperlink ref="C2" r:id="r1"/>
  </hyperlinks>`;
  const relationships = [["hyperlink", "r1", "https://t.me/ali_1", "External"]] as const;
  const [first, second, third] = await rowsOf(await openBook({ sheets: [{ rows, after, relationships }] }));
  expect(first?.links).toEqual([undefined, "https://t.me/ali_1", "https://t.me/ali_1#part"]);
  expect(second?.links).toEqual(["https://t.me/sara_2", "https://t.me/sara_2"]);
  expect(third?.links).toEqual(["https://t.me/mina_3"]);
  expect(third?.cells).toEqual(["open", "open", "open"]);
});

function unsaved(text: string): string {
  return `<c><f>HYPERLINK(${text})</f></c>`;
}

test("a link that a program wrote as a formula alone shows its name, or its address", async () => {
  const rows = `<row>${unsaved('"https://t.me/ali_1", "Ali ""A"""')}${unsaved('"https://t.me/sara_2"')}${unsaved('"https://t.me/x",A1')}<c><f>A1</f></c></row>`;
  const [only] = await rowsOf(await openBook({ sheets: [{ rows }] }));
  expect(only?.cells).toEqual(['Ali "A"', "https://t.me/sara_2", "https://t.me/x"]);
  expect(only?.links).toEqual(["https://t.me/ali_1", "https://t.me/sara_2", "https://t.me/x"]);
});

test("a sheet can be read again, and counts anew", async () => {
  const book = await openBook({ sheets: [{ rows: row(1, ["a"], 'hidden="1"') + row(2, ["b"]) }] });
  const [sheet] = book.sheets;
  if (!sheet) throw new Error("no sheet");
  expect(await sheetRowsOf(sheet)).toEqual(await sheetRowsOf(sheet));
  expect(sheet.leftOut.hiddenRows).toBe(1);
});

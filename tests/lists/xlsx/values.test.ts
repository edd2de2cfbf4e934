/** Values of cells, as a spreadsheet shows them. */
import { expect, test } from "vitest";
import { cellsOf, MAIN, opened, openBook, rowsOf } from "../../support/lists/workbook.ts";
import { zipOf } from "../../support/lists/xlsx.ts";
import { bookFiles } from "../../support/lists/workbook.ts";

/** Shows one cell under a format: its code, or the id of a built-in one. */
async function shown(
  cell: string,
  format: string | number = 0,
  properties = "",
): Promise<string | undefined> {
  const code = typeof format === "string" ? format.replaceAll("&", "&amp;").replaceAll('"', "&quot;") : "";
  const styles = `<numFmts><numFmt numFmtId="164" formatCode="${code}"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="${code ? 164 : format}"/></cellXfs>`;
  const [row] = await cellsOf(`<row>${cell}</row>`, { styles, properties });
  return row?.[0] ?? "";
}

const number = (digits: string): string => `<c s="1"><v>${digits}</v></c>`;

test.each([
  ["0.30000000000000004", 0, "0.3"],
  ["1234567.891", 0, "1234567.891"],
  ["1e+21", 0, "1000000000000000000000"],
  ["9.89121234567E+11", 0, "989121234567"],
  ["1E-7", 0, "0.0000001"],
  ["-2.5", 0, "-2.5"],
  ["0.1234567890123456", 0, "0.123456789012346"],
  ["1E300", 0, "1E+300"],
  ["1844674407370955161", 0, "1844674407370955161"],
  ["1844674407370955161", 1, "1844674407370955161"],
  ["123456789012", "@", "123456789012"],
  ["0.25", 9, "25%"],
  ["0.256", 10, "25.60%"],
  ["123", "00000", "00123"],
  ["1234.5", "#,##0.00 $", "1,234.50 $"],
  ["5", '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)', "$5.00"],
  ["1234.5", "[$€-2] #,##0.00", "€ 1,234.50"],
  ["-3", "[Red]0", "-3"],
  ["0.5", 20, "12:00"],
  ["0.75", 18, "6:00 PM"],
  ["1.5", "[h]:mm", "36:00"],
  ["1.5", 46, "36:00:00"],
  ["46144.5625", "yyyy-mm-dd hh:mm", "2026-05-02 13:30"],
  ["46144.5625", "yyyy-mm-dd", "2026-05-02"],
  ["46144", "d mmmm yyyy", "2 May 2026"],
  ["46144", 14, "2026-05-02"],
  ["46144.5625", 22, "2026-05-02 13:30"],
  ["46144", 15, "2-May-26"],
  ["46144.5625", "[$-fa-IR,16]yyyy/mm/dd;@", "1405/02/12"],
  ["46144.5625", "[$-160429]yyyy/m/d hh:mm:ss", "1405/2/12 13:30:00"],
  ["46144", "[$-3160429]d mmmm yyyy", "12 اردیبهشت 1405"],
  ["46102", "[$-fa-IR,16]yy/mm/dd", "05/01/01"],
  ["45736", "[$-fa-IR,16]yyyy/mm/dd", "1403/12/30"],
  ["0.5", "[$-fa-IR,16]h:mm", "12:00"],
  ["46144", "[$-fa-IR]yyyy/mm/dd", "2026/05/02"],
  ["7", '"ID-"0000', "ID-0007"],
  ["5", ";;;", ""],
  ["5", 'no "format', "5"],
  ["5", "0".repeat(300), "5"],
  ["abc", 0, "abc"],
])("the number %s under the format %s shows %s", async (digits, format, text) => {
  expect(await shown(number(digits), format)).toBe(text);
});

test("days may be counted from 1904", async () => {
  const properties = '<workbookPr date1904="1"/>';
  expect(await shown(number("44682"), "yyyy-mm-dd", properties)).toBe("2026-05-02");
  expect(await shown(number("1.5"), 2, properties)).toBe("1.50");
});

test("dates written as dates show under the format of the cell, or as they are", async () => {
  expect(await shown('<c s="1" t="d"><v>2026-05-02T13:30:00</v></c>', "d mmm yyyy h:mm")).toBe(
    "2 May 2026 13:30",
  );
  expect(await shown('<c t="d"><v>2026-05-02T00:00:00</v></c>')).toBe("2026-05-02");
  expect(await shown('<c t="d"><v>2026-05-02T13:30:00</v></c>')).toBe("2026-05-02 13:30:00");
});

test("texts show under the format of the cell, too", async () => {
  const text = '<c s="1" t="inlineStr"><is><t>ali_1</t></is></c>';
  expect(await shown(text, '"@"@')).toBe("@ali_1");
  expect(await shown(text, "0.00")).toBe("ali_1");
  expect(await shown(text, ";;;")).toBe("");
});

test("truth, mistakes, and what a formula came to", async () => {
  const cells = [
    '<c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c>',
    '<c t="str"><f>A1&amp;"x"</f><v>ali_1</v></c><c><f>1+1</f><v>2</v></c><c><f>1/0</f></c><c t="str"><v></v></c><c t="n"/>',
  ];
  expect(await cellsOf(`<row>${cells.join("")}</row>`)).toEqual([["TRUE", "FALSE", "#N/A", "ali_1", "2"]]);
});

test("texts of several runs are put together, without the hints on pronouncing them", async () => {
  const strings =
    '<si><r><t xml:space="preserve">ali </t></r><r><rPr><b/></rPr><t>reza</t></r><rPh sb="0" eb="1"><t>hint</t></rPh></si>' +
    "<si><t>a &amp; b &lt;c&gt; &#x41;</t></si><si/><si><t>one_x000D_two _x005F_x0041_ _x0041_</t></si><si><t><![CDATA[<ali>]]></t></si>";
  const cells = [0, 1, 2, 3, 4].map((index) => `<c t="s"><v>${index}</v></c>`);
  const inline = "<c t='inlineStr'><is><r><t>sa</t></r><r><t>ra</t></r><rPh><t>hint</t></rPh></is></c>";
  expect(await cellsOf(`<row>${cells.join("")}${inline}</row>`, { strings })).toEqual([
    ["ali reza", "a & b <c> A", "", "one\rtwo _x0041_ _x0041_", "<ali>", "sara"],
  ]);
});

const value = (text: string, reference = ""): string => `<c ${reference} t="str"><v>${text}</v></c>`;

test("cells and rows without a reference follow the one before", async () => {
  const rows = `<row>${value("a")}${value("b")}</row><row r="5">${value("c", 'r="C5"')}${value("d")}</row><row>${value("e")}</row><row><c r="B9" t="str"><v>f</v></c></row>`;
  expect(await rowsOf(await openBook({ sheets: [{ rows }] }))).toEqual([
    { line: 1, cells: ["a", "b"] },
    { line: 5, cells: ["", "", "c", "d"] },
    { line: 6, cells: ["e"] },
    { line: 9, cells: ["", "f"] },
  ]);
});

test("elements may carry a prefix, and those of other namespaces are not the sheet's", async () => {
  const xml = `<x:worksheet xmlns:x="${MAIN}" xmlns:o="other"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>ali_1</x:v></x:c><o:c><o:v>9</o:v></o:c></x:row><row><c><v>5</v></c></row></x:sheetData></x:worksheet>`;
  const book = await openBook({ sheets: [{ xml }] });
  expect(await rowsOf(book)).toEqual([{ line: 1, cells: ["ali_1"] }]);
});

test("the strict edition of the standard, absolute names and other letters' case are understood", async () => {
  const files = bookFiles({ sheets: [{ rows: "<row><c><v>5</v></c></row>" }] }).map(({ name, content }) => ({
    name: name.replace("worksheets/sheet", "Worksheets/Sheet"),
    content: content
      .toString()
      .replaceAll(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
      )
      .replaceAll('"worksheets/', '"/xl/worksheets/'),
  }));
  expect(await rowsOf(await opened(zipOf(files)))).toEqual([{ line: 1, cells: ["5"] }]);
});

test("parts may be in UTF-16", async () => {
  const xml = `<worksheet xmlns="${MAIN}"><sheetData><row><c t="str"><v>سارا</v></c></row></sheetData></worksheet>`;
  const files = bookFiles({ sheets: [{ xml }] }).map(({ name, content }) => ({
    name,
    content: name.includes("sheet0") ? Buffer.from(`\uFEFF${xml}`, "utf16le") : content,
  }));
  expect(await rowsOf(await opened(zipOf(files)))).toEqual([{ line: 1, cells: ["سارا"] }]);
});

test("sheets of charts are no sheets", async () => {
  const files = bookFiles({ sheets: [{ name: "chart" }, { name: "list" }] }).map((file) => ({
    ...file,
    content: file.content
      .toString()
      .replace(
        'relationships/worksheet" Target="worksheets/sheet0',
        'relationships/chartsheet" Target="worksheets/sheet0',
      ),
  }));
  expect((await opened(zipOf(files))).sheets.map(({ name }) => name)).toEqual(["list"]);
});

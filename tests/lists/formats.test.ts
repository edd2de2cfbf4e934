/** Lists as people have them: every encoding, format and habit that must just work. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ListImports } from "../support/lists/list-imports.ts";
import { openListImports } from "../support/lists/list-imports.ts";
import { xlsxOf } from "../support/lists/xlsx.ts";

let imports: ListImports;
beforeEach(async () => (imports = await openListImports()));
afterEach(() => imports[Symbol.asyncDispose]());

/** Writes text as Windows-1256. */
function windows1256(text: string): Buffer {
  const decoder = new TextDecoder("windows-1256");
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
  );
  return Buffer.from(Array.from(text, (letter) => bytes.get(letter) ?? 63));
}

function utf16be(text: string): Buffer {
  return Buffer.from(text, "utf16le").swap16();
}

const table = "\uFEFFusername,نام,شهر\r\n@Ali_1,علی,تهران\r\nsara,سارا,یزد\r\n";
const asRead = [
  { username: "ali_1", values: ["علی", "تهران"] },
  { username: "sara", values: ["سارا", "یزد"] },
];

test.each<[string, Buffer]>([
  ["UTF-8 with a mark", Buffer.from(table)],
  ["UTF-8 without", Buffer.from(table.slice(1))],
  ["UTF-16 LE with a mark", Buffer.from(table, "utf16le")],
  ["UTF-16 LE without", Buffer.from(table.slice(1), "utf16le")],
  ["UTF-16 BE with a mark", utf16be(table)],
  ["UTF-16 BE without", utf16be(table.slice(1))],
  ["semicolons", Buffer.from(table.replaceAll(",", ";"))],
  ["tabs", Buffer.from(table.replaceAll(",", "\t"))],
  ["bars and Unix lines", Buffer.from(table.replaceAll(",", "|").replaceAll("\r", ""))],
  ["old Mac lines", Buffer.from(table.replaceAll("\n", ""))],
  ["quoted cells", Buffer.from(table.slice(1).replace(/[^,\r\n]+/g, '"$&"'))],
  ["blank lines and blank cells", Buffer.from(table.replaceAll("\r\n", ",\r\n\r\n ,,\r\n"))],
])("%s", async (_, content) => {
  const result = await imports.file("list.csv", content);
  expect(imports.listOf(result).rows).toEqual(asRead);
  expect(result).toMatchObject({ read: 2, columns: ["نام", "شهر"] });
});

test("Windows-1256", async () => {
  const result = await imports.file("list.txt", windows1256("username,شهر\nali_1,تهران\nsara,تهران\n"));
  expect(imports.listOf(result)).toMatchObject({
    columns: ["شهر"],
    rows: [{ username: "ali_1", values: ["تهران"] }, {}],
  });
});

test("a header, or none: the first name is never lost", async () => {
  for (const header of ["username\n", "User Name\n", "نام‌کاربری\n", "Telegram ID\n", ""])
    expect(imports.namesOf(await imports.file("list.txt", `${header}my_username\nsara\n`))).toEqual([
      "my_username",
      "sara",
    ]);
  expect(imports.namesOf(await imports.file("list.csv", "@ali_1,Ali\n@sara,Sara\n"))).toEqual([
    "ali_1",
    "sara",
  ]);
});

test("Persian and Arabic digits, invisible marks, links, upper case", async () => {
  const result = await imports.text("\u200F@reza۱۲\n\u2068SARA٣٤\u2069\nhttps://T.me/Ali_1\u200E\n«mina»");
  expect(imports.namesOf(result)).toEqual(["reza12", "sara34", "ali_1", "mina"]);
});

test.each([
  ["@a1 @b1, @c1", ["a1", "b1", "c1"]],
  ["a1, b1; c1", ["a1", "b1", "c1"]],
  ["a1، b1؛ c1", ["a1", "b1", "c1"]],
  ["@a1,@b1\n@c1,@d1", ["a1", "b1", "c1", "d1"]],
  ["https://t.me/a1 https://x.com/b1", ["a1", "b1"]],
  ["1. @a1\n2. b1\n- c1", ["a1", "b1", "c1"]],
  ["a1\tb1", ["a1", "b1"]],
])("pasted: %j", async (text, names) => expect(imports.namesOf(await imports.text(text))).toEqual(names));

test("a spreadsheet, numbers as written and the first sheet that has rows", async () => {
  const rows = [
    ["Name", "Username"],
    ["علی <1>", "@Ali_1"],
    [undefined, undefined],
    ["Sara", { digits: "12345678" }],
    ["Mina", { digits: "1.2345678E+8" }],
    ["X", "bad name"],
  ];
  const result = await imports.file("list.xlsx", xlsxOf([], rows));
  expect(imports.listOf(result).rows).toEqual([
    { username: "ali_1", values: ["علی <1>"] },
    { username: "12345678", values: ["Sara"] },
    { username: "123456780", values: ["Mina"] },
  ]);
  expect(result).toMatchObject({ columns: ["Name"], firstInvalid: [{ line: 6, reason: "spaces" }] });
});

test("a spreadsheet that somebody called .csv", async () => {
  expect(imports.namesOf(await imports.file("list.csv", xlsxOf([["username"], ["ali_1"]])))).toEqual([
    "ali_1",
  ]);
});

test.each<[string, string]>([
  ["an array", `["@Ali_1", "sara"]`],
  ["objects", `[{"id": 1, "username": "@Ali_1"},\n{"id": 2, "username": "sara"}]`],
  ["an object with a list", `{"title": "x", "n": [1], "usernames": ["Ali_1", "sara"]}`],
  ["an object with the only list", `{"followers_page_1": ["Ali_1", "sara"], "more": false}`],
  ["JSON lines", `{"username":"ali_1"}\n{"username":"sara"}\n`],
])("JSON: %s", async (_, json) =>
  expect(imports.namesOf(await imports.file("list.json", json))).toEqual(["ali_1", "sara"]),
);

test("the operator is asked which column, and the answer is followed", async () => {
  const table2 = "first,second\nali,reza\nsara,mina\n";
  const columns = [
    { name: "column1", samples: ["first", "ali", "sara"] },
    { name: "column2", samples: ["second", "reza", "mina"] },
  ];
  expect(await imports.file("list.csv", table2)).toMatchObject({
    problem: "question",
    question: { ask: "column", table: { columns } },
  });
  expect(await imports.file("list.csv", table2, { column: "column2" })).toMatchObject({
    question: { ask: "headerRow" },
  });
  const withHeader = { column: "column2", headerRow: 1 };
  expect(imports.namesOf(await imports.file("list.csv", table2, withHeader))).toEqual(["reza", "mina"]);
  const without = { column: "2", headerRow: 0 };
  expect(imports.namesOf(await imports.file("list.csv", table2, without))).toEqual([
    "second",
    "reza",
    "mina",
  ]);
});

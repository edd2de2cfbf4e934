/** Spreadsheets with several sheets: which of them are read, and when that is asked. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ListImports } from "../support/lists/list-imports.ts";
import { openListImports } from "../support/lists/list-imports.ts";
import { workbookFiles, xlsxOf, zipOf } from "../support/lists/xlsx.ts";

let imports: ListImports;
beforeEach(async () => (imports = await openListImports()));
afterEach(() => imports[Symbol.asyncDispose]());

const may = [
  ["username", "name"],
  ["ali_1", "Ali"],
  ["sara_2", "Sara"],
];
const june = [
  ["city", "username"],
  ["Yazd", "mina_3"],
  ["Qom", "ali_1"],
];

test("of several sheets with names it is asked which is meant, and the answer is followed", async () => {
  const book = xlsxOf(may, june);
  const asked = await imports.file("list.xlsx", book);
  expect(asked).toMatchObject({
    problem: "question",
    question: {
      ask: "sheet",
      sheets: [
        { rowCount: 3, samples: ["username · name", "ali_1 · Ali", "sara_2 · Sara"] },
        { rowCount: 3 },
      ],
    },
  });
  const names =
    asked.kind === "problem" && asked.problem === "question" && asked.question.ask === "sheet"
      ? asked.question.sheets.map(({ name }) => name)
      : [];
  const second = await imports.file("list.xlsx", book, { sheet: names[1] ?? "" });
  expect(imports.namesOf(second)).toEqual(["mina_3", "ali_1"]);
  expect(second).toMatchObject({ readFrom: { column: "username", columnNumber: 2, sheets: [names[1]] } });
});

test("all sheets are read one after another, each by its own columns", async () => {
  const result = await imports.file("list.xlsx", xlsxOf(may, june), { allSheets: true });
  expect(imports.listOf(result).rows).toEqual([
    { username: "ali_1", values: ["Ali", ""] },
    { username: "sara_2", values: ["Sara", ""] },
    { username: "mina_3", values: ["", "Yazd"] },
  ]);
  expect(result).toMatchObject({ read: 4, duplicates: 1, columns: ["name", "city"] });
});

test("a sheet in which nobody can be named is not asked about", async () => {
  const notes = [
    ["date", "amount"],
    ["2024-05-01", "12"],
  ];
  expect(imports.namesOf(await imports.file("list.xlsx", xlsxOf(notes, may)))).toEqual(["ali_1", "sara_2"]);
});

test("a sheet that is not there is asked for again", async () => {
  expect(await imports.file("list.xlsx", xlsxOf(may), { sheet: "July" })).toMatchObject({
    question: { ask: "sheet", sheets: [{}] },
  });
});

test("the column of a sheet is asked for with the sheet's name", async () => {
  const bare = [
    ["name", "nick"],
    ["Ali", "ali_1"],
    ["Sara", "sara_2"],
  ];
  const result = await imports.file("list.xlsx", xlsxOf(bare));
  expect(result).toMatchObject({ question: { ask: "column", sheet: expect.any(String) } });
  expect(imports.namesOf(await imports.file("list.xlsx", xlsxOf(bare), { column: "nick" }))).toEqual([
    "ali_1",
    "sara_2",
  ]);
});

test("a list in JSON that says not to write to its people is read only by its name", async () => {
  const json = JSON.stringify({ blocked: ["ali_1", "sara_2"] });
  expect(await imports.file("list.json", json)).toMatchObject({ question: { ask: "sheet" } });
  expect(imports.namesOf(await imports.file("list.json", json, { sheet: "blocked" }))).toEqual([
    "ali_1",
    "sara_2",
  ]);
});

test("hidden columns are counted in what was not read", async () => {
  const files = workbookFiles([may]).map((file) => ({
    ...file,
    content: String(file.content).replace(
      "<sheetData>",
      '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>',
    ),
  }));
  const result = await imports.file("list.xlsx", zipOf(files));
  expect(imports.namesOf(result)).toEqual(["ali_1", "sara_2"]);
  expect(result).toMatchObject({ leftOut: { hiddenColumns: 1 } });
});

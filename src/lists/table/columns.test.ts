import { describe, expect, test } from "vitest";
import type { ListChoices, ListQuestion } from "../reading.ts";
import { nothingLeftOut } from "../reading.ts";
import type { Table } from "./table.ts";
import { openTable } from "./table.ts";

async function found(text: string, choices: ListChoices = {}) {
  const rows = text.split("\n").map((line, index) => ({ line: index + 1, cells: line.split(",") }));
  return openTable({ batches: () => [rows] }, choices, nothingLeftOut());
}

async function table(text: string, choices?: ListChoices): Promise<Table> {
  const one = await found(text, choices);
  if (one === "empty" || "question" in one) throw new Error(`no table: ${JSON.stringify(one)}`);
  return one;
}

async function question(text: string, choices?: ListChoices): Promise<ListQuestion> {
  const one = await found(text, choices);
  if (one === "empty" || !("question" in one)) throw new Error("nothing was asked");
  return one.question;
}

async function offered(text: string): Promise<readonly string[]> {
  const asked = await question(text);
  if (asked.ask !== "column") throw new Error(`asked for ${asked.ask}`);
  return asked.table.columns.filter(({ mayBeNames }) => mayBeNames).map(({ name }) => name);
}

async function namesOf(one: Table): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const batch of one.rows()) names.push(...batch.map(one.nameOf));
  return names;
}

describe("the username column", () => {
  test.each([
    ["id,username\nab1,ali_1\nab2,sara", 2],
    ["name,telegram\nAli,ali_1\nSara,sara", 2],
    ["name,Telegram username,city\nAli,ali_1,Yazd", 2],
    ["نام,آیدی تلگرام\nAli,ali_1", 2],
    ["شناسهٔ کاربری,city\nali_1,Yazd", 1],
    ["screen_name,user\nali_1,Ali", 1],
  ])("is known by its name: %j", async (text, number) => {
    expect((await table(text)).columnNumber).toBe(number);
  });

  test.each([
    ["Tehran,@ali_1\nYazd,@sara", 2],
    ["Ali,https://t.me/ali_1\nSara,t.me/sara", 2],
    ["1,ali_1\n2,sara\n3,mina", 2],
    ["۱,ali_1\n۲,sara\n۳,mina", 2],
  ])("is known by what proves it: %j", async (text, number) => {
    const one = await table(text);
    expect(one.columnNumber).toBe(number);
    expect(await namesOf(one)).toHaveLength(text.split("\n").length);
  });

  test.each<[string, readonly string[]]>([
    ["telegram,instagram,city\nali_1,ali_2,یزد\nsara_1,sara_2,یزد", ["telegram", "instagram"]],
    ["ali_1,Ali\nsara,Sara", ["column1", "column2"]],
    ["ali_1,Yazd\nsara,Yazd", ["column1", "column2"]],
    ["علی,ali_1,تهران\nسارا,sara,یزد", ["column2"]],
    ["ID,Nickname,City\nC1,ali_1,Yazd\nC2,sara,Qom", ["ID", "Nickname"]],
    ["name,e-mail,phone,city\nAli,a@b.c,0912,Yazd\nSara,b@b.c,0913,Qom", []],
    ["username,telegram\nعلی,ali_1\nسارا,sara", ["telegram"]],
  ])("is asked for where nothing proves it: %j", async (text, columns) => {
    const asked = text.startsWith("username")
      ? await table(text).then((one) => [one.column])
      : await offered(text);
    expect(asked).toEqual(columns);
  });

  test("is the one the operator chose, by its name however they spell it or by its number", async () => {
    const text = "telegram,Insta_Gram\nali_1,ali_2\nsara_1,sara_2";
    expect(await namesOf(await table(text, { column: "insta gram" }))).toEqual(["ali_2", "sara_2"]);
    for (const column of ["2", "column2"])
      expect(await namesOf(await table(text, { column, headerRow: 1 }))).toEqual(["ali_2", "sara_2"]);
  });

  test("is asked for again when there is none of the name that was given", async () => {
    expect(await question("username,city\nali_1,Yazd", { column: "handle" })).toMatchObject({
      ask: "column",
    });
  });
});

describe("the header", () => {
  test.each(["username", "Username\u200F", "نام کاربری", "آی‌دی", "Telegram ID", "telegram"])(
    "of a single column may be %j",
    async (title) => expect(await namesOf(await table(`${title}\nali_1`))).toEqual(["ali_1"]),
  );

  test.each(["my_username", "user_1", "x1", "handle_it", "ali reza", "@ali_1"])(
    "is never taken from a single column that begins with %j",
    async (first) => expect(await namesOf(await table(`${first}\nali_1`))).toEqual([first, "ali_1"]),
  );

  test("is asked for where the first row may be a person or a heading in unknown words", async () => {
    const text = "first,second\nali,reza\nsara,mina";
    expect(await question(text, { column: "2" })).toMatchObject({ ask: "headerRow" });
    expect(await namesOf(await table(text, { column: "2", headerRow: 0 }))).toEqual([
      "second",
      "reza",
      "mina",
    ]);
    expect(await namesOf(await table(text, { column: "second", headerRow: 1 }))).toEqual(["reza", "mina"]);
    expect(await namesOf(await table(text, { column: "column2", headerRow: 1 }))).toEqual(["reza", "mina"]);
  });

  test("gives every other column a name of its own that a message can use", async () => {
    const { columns } = await table("username,City,city , ,{{نام}},\nali_1,a,b,c,d,");
    expect(columns).toEqual(["City", "city_2", "column4", "نام"]);
  });
});

test.each([
  ["field0,field1\nali_1,Ali\nsara_2,Sara\n", true],
  ["V1,V2\nali,Ali\nsara,Sara\n", true],
  ["kennung,q1\nali,yes\nsara,no\n", true],
  ["ali_1,Ali\nsara_2,Sara\n", false],
])("a first row in unknown words is asked about once its column is chosen: %j", async (text, isAsked) => {
  const one = await found(text.trimEnd(), { column: "1" });
  const asked = one !== "empty" && "question" in one ? one.question.ask : "read";
  expect(asked).toBe(isAsked ? "headerRow" : "read");
});

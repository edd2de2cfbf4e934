import { describe, expect, test } from "vitest";
import type { Layout } from "./columns.ts";
import { layoutOf } from "./columns.ts";
import type { Row } from "./row.ts";

const rowsOf = (text: string): Row[] =>
  text.split("\n").map((line, index) => ({ line: index + 1, cells: line.split(",") }));

function layout(text: string, usernameColumn?: string): Layout {
  const found = layoutOf(rowsOf(text), undefined, usernameColumn);
  if (found.kind === "choose") throw new Error(`asks: ${JSON.stringify(found.columns)}`);
  return found;
}

const asks = (text: string): string[] => {
  const found = layoutOf(rowsOf(text), undefined);
  return found.kind === "choose" ? found.columns.map(({ name }) => name) : [];
};

describe("the username column", () => {
  test.each([
    ["id,username\nab1,ali_1\nab2,sara", 1],
    ["name,telegram\nAli,ali_1\nSara,sara", 1],
    ["name,Telegram username,city\nAli,ali_1,Yazd", 1],
    ["نام,آیدی تلگرام\nAli,ali_1", 1],
    ["شناسهٔ کاربری,city\nali_1,Yazd", 0],
    ["screen_name,user\nali_1,Ali", 0],
  ])("is known by its name: %j", (text, at) => expect(layout(text).usernameAt).toBe(at));

  test.each([
    ["Tehran,@ali_1\nYazd,@sara", 1],
    ["علی,ali_1,تهران\nسارا,sara,یزد", 1],
    ["ali_1,Yazd\nsara,Yazd\nmina,Yazd", 0],
    ["1,ali_1\n2,sara\n3,mina", 1],
    ["09121234567,ali_1\n09121234568,sara", 1],
    ["Ali,https://t.me/ali_1\nSara,t.me/sara", 1],
  ])("is known by its content: %j", (text, at) => {
    expect(layout(text)).toMatchObject({ usernameAt: at, firstRowIsHeader: false });
  });

  test("is asked for when several are equally likely", () => {
    expect(asks("telegram,instagram,city\nali_1,ali_2,یزد\nsara_1,sara_2,یزد")).toEqual([
      "telegram",
      "instagram",
    ]);
    expect(asks("ali_1,Ali\nsara,Sara")).toEqual(["column1", "column2"]);
  });

  test("is the one the operator chose, however they spell it", () => {
    const text = "telegram,Insta_Gram\nali_1,ali_2\nsara_1,sara_2";
    expect(layout(text, "insta gram").usernameAt).toBe(1);
  });

  test("is not chosen by a name above cells without a single username", () => {
    expect(layout("username,telegram\nعلی,ali_1\nسارا,sara").usernameAt).toBe(1);
  });
});

describe("the header", () => {
  test.each(["username", "User-names\u200F".replace("-", "_"), "نام کاربری", "آی‌دی", "Telegram ID"])(
    "of a single column may be %j",
    (title) => expect(layout(`${title}\nali_1`).firstRowIsHeader).toBe(true),
  );

  test.each(["telegram", "my_username", "name", "@username", "x1", "handle_it", "ali reza"])(
    "is never taken from a single column that begins with %j",
    (first) => expect(layout(`${first}\nali_1`).firstRowIsHeader).toBe(false),
  );

  test("is known by usual titles and by standing out from the names below", () => {
    expect(layout("name,city,x y\nAli,Yazd,ali_1").firstRowIsHeader).toBe(true);
    expect(layout("کی,کجا\nali_1,یزد\nsara,قم\nmina,قم").firstRowIsHeader).toBe(true);
    expect(layout("علی,یزد\nسارا,قم\nمینا,قم\nali_1,قم").firstRowIsHeader).toBe(false);
  });

  test("gives every other column a name of its own that a message can use", () => {
    const { others } = layout("username,City,city , ,{{نام}},\nali_1,a,b,c,d,");
    expect(others).toEqual([
      { at: 1, name: "City" },
      { at: 2, name: "city_2" },
      { at: 3, name: "column4" },
      { at: 4, name: "نام" },
    ]);
  });
});

import { expect, test } from "vitest";
import { delimiterOf } from "./delimiter.ts";

test.each([
  ["username,name\nali,Ali", ","],
  ["username;name;note\nali;Ali;1,5\nsara;Sara;2,5", ";"],
  ["ali\tAli Rezai\nsara\tSara", "\t"],
  ['ali,"Rezai, Ali"\nsara,"Karimi, Sara"\nmina,Mina', ","],
  ["ali|Ali\nsara|Sara", "|"],
  ["ali، علی\nsara، سارا", "،"],
  ["ali,Ali Rezai", ","],
  ["username,name", ","],
  ["ali,Ali,Yazd\nsara,Sara,Yazd\nmina,Mina\nreza,Reza,Qom\n,,\n,,\n,,", ","],
])("%j is a table parted by %j", (text, delimiter) => expect(delimiterOf(text, false)).toBe(delimiter));

test.each([
  "ali\nsara",
  "ali, sara, mina",
  "@ali, @sara\n@mina, @reza",
  "ali\nsara\nmina\nreza, zara",
  "ali reza",
  "",
])("%j is a list of names", (text) => expect(delimiterOf(text, false)).toBeUndefined());

test("lines of @names are a table when the file is called .csv", () => {
  expect(delimiterOf("@ali,@ali_insta\n@sara,@sara_insta", true)).toBe(",");
});

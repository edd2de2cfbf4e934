import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseExactJson } from "./exact-json.ts";

test.each([
  ['{"uid":7300000000000001017}', { uid: "7300000000000001017" }],
  ["[-9007199254740993]", ["-9007199254740993"]],
  ["[9007199254740991,1.5e300,0.1000000000000000055]", [9007199254740991, 1.5e300, 0.1]],
  [
    String.raw`{"a\"7300000000000001017":"7300000000000001017 \\","b":1}`,
    { 'a"7300000000000001017': "7300000000000001017 \\", b: 1 },
  ],
])("reads %s", (text, value) => {
  expect(parseExactJson(text)).toEqual(value);
});

test("throws as JSON.parse does", () => {
  expect(() => parseExactJson("{7300000000000001017}")).toThrow(SyntaxError);
});

test("reads whatever holds no large number as JSON.parse does, and every large one to its last digit", () => {
  fc.assert(
    fc.property(fc.json(), fc.bigInt({ min: 2n ** 53n, max: 10n ** 30n }), (json, id) => {
      if (!/\d{16}/.test(json)) expect(parseExactJson(json)).toEqual(JSON.parse(json));
      expect(parseExactJson(`[${json},${id}]`)).toHaveProperty("1", String(id));
    }),
  );
});

test("reads megabytes of text and backslashes", () => {
  const long = { text: `\\"`.repeat(1_000_000), id: 1 };
  const text = `${JSON.stringify(long).slice(0, -2)}7300000000000001017}`;
  expect(parseExactJson(text)).toEqual({ ...long, id: "7300000000000001017" });
});

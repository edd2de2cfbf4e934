import { InvalidArgumentError } from "commander";
import { expect, test } from "vitest";
import { systemClock } from "../lib/clock.ts";
import { createLexicon } from "../words/words.ts";
import { wholeNumber } from "./number-options.ts";

const { fa } = createLexicon({ clock: systemClock, timeZone: "Asia/Tehran" });

test.each([
  ["10", 10],
  ["۱۰", 10],
  ["٥٠٠", 500],
  [" ۲۵ ", 25],
])("reads %j in the digits it is written in", (text, number) => {
  expect(wholeNumber(text, fa)).toBe(number);
});

test.each(["", "0", "۰", "-1", "۱٫۵", "1e3", "abc", "12345678"])("refuses %j", (text) => {
  expect(() => wholeNumber(text, fa)).toThrow(InvalidArgumentError);
});

test("says up to which number, so that one above it is not told to be a whole number from 1", () => {
  expect(() => wholeNumber("10", fa, 9)).toThrow(fa.plain("number-wrong", { most: 9 }));
});

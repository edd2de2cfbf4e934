import { expect, test } from "vitest";
import type { Clock } from "../lib/clock.ts";
import { localeOfCode } from "./locale.ts";
import { createLexicon } from "./words.ts";

const NOON = Date.UTC(2026, 10, 22, 8, 30); // 12:00 in Tehran
const clock: Clock = { now: () => NOON, sleep: async () => undefined };
const { en, fa } = createLexicon({ clock, timeZone: "Asia/Tehran" });
const HOUR = 3_600_000;

test("moments are said as people say them, in the calendar and the digits of the language", () => {
  expect(en.moment(NOON + HOUR)).toBe("today at 13:00");
  expect(en.moment(NOON + 12 * HOUR)).toBe("tomorrow at 00:00");
  expect(en.moment(NOON + 72 * HOUR)).toBe("25 November at 12:00");
  expect(en.moment(NOON + 24 * 60 * HOUR)).toBe("21 January 2027 at 12:00");
  expect(fa.moment(NOON + HOUR)).toBe("امروز ساعت ۱۳:۰۰");
  expect(fa.moment(NOON + 72 * HOUR)).toBe("۴ آذر ساعت ۱۲:۰۰");
});

test("a file's moments have Latin digits and sort as they read", () => {
  expect(en.timestamp(NOON)).toBe("2026-11-22 12:00:00");
  expect(fa.timestamp(NOON)).toBe("1405/09/01 12:00:00");
});

test("lengths of time have their one or two biggest units", () => {
  expect(en.duration(400)).toBe("1 s");
  expect(en.duration(59_000)).toBe("59 s");
  expect(en.duration(4 * 60_000)).toBe("4 min");
  expect(en.duration(125 * 60_000)).toBe("2 h 5 min");
  expect(en.duration(72 * HOUR)).toBe("3 days");
  expect(fa.duration(4 * 60_000)).toBe("۴ دقیقه");
});

test("names are escaped and kept apart, quantities take the language's digits", () => {
  expect(en.say("did-pause")).not.toContain("\u2068");
  expect(en.say("card-running", { id: "<b>&" })).toContain("\u2068<code>&lt;b&gt;&amp;</code>\u2069");
  expect(fa.say("card-total", { count: 12_345 })).toBe("مجموع: ۱۲٬۳۴۵");
});

test("long rows of names are cut", () => {
  const row = en.codes(Array.from({ length: 30 }, (_, index) => `column ${index}`)).html;
  expect(row.match(/<code>/g)).toHaveLength(20);
  expect(row.endsWith("…")).toBe(true);
});

test("a Telegram language is known by its first part, others are not guessed", () => {
  expect(localeOfCode("fa-IR")).toBe("fa");
  expect(localeOfCode("EN")).toBe("en");
  expect(localeOfCode("fa_IR.UTF-8")).toBe("fa");
  expect(localeOfCode("C.UTF-8")).toBeUndefined();
  expect(localeOfCode("ar")).toBeUndefined();
  expect(localeOfCode(undefined)).toBeUndefined();
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Hours } from "../domain/when/send-window.ts";
import { hoursOf, isAlwaysOpen, stretchesOf } from "../domain/when/send-window.ts";
import { weekdays } from "../domain/when/wall-clock.ts";
import { typedWindow } from "../domain/when/window-text.ts";
import { typedMoment } from "../domain/when/moment/typed-moment.ts";
import { gregorianOf } from "../lib/time/solar-hijri.ts";
import { createWallClock } from "../lib/time/wall-clock.ts";
import { createLexicon } from "./words.ts";
import { systemClock } from "../lib/clock.ts";
import { fullMoment, hoursText, windowText } from "./when-words.ts";

const { en, fa } = createLexicon({ clock: systemClock, timeZone: "UTC" });
const NOW = Date.parse("2026-10-24T00:00Z");
const withoutMarks = (text: string): string => text.replaceAll(/[\u200F\u2066-\u2069]/g, "");

test("says a moment with weekday, date, time zone and what that is from UTC", () => {
  const at = Date.parse("2026-12-05T05:30Z");
  expect(withoutMarks(fullMoment(at, "Asia/Tehran", en))).toBe(
    "Saturday, 5 December 2026, 09:00 (Asia/Tehran, UTC+03:30)",
  );
  expect(withoutMarks(fullMoment(at, "Asia/Tehran", fa))).toBe(
    "شنبه ۱۴ آذر ۱۴۰۵، ساعت ۰۹:۰۰ (Asia/Tehran، UTC+03:30)",
  );
  expect(withoutMarks(fullMoment(at, "UTC", en))).toBe("Saturday, 5 December 2026, 05:30 (UTC)");
});

test("seconds change nothing of how far a zone is from UTC", () => {
  const at = Date.parse("2026-12-05T05:30:59Z");
  expect(fullMoment(at, "Asia/Tehran", en)).toContain("UTC+03:30");
});

test("what is said of a moment means that very moment when it is typed, by whatever clock", () => {
  const zones = ["Asia/Tehran", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"];
  const minutes = fc.integer({ min: 1, max: 366 * 1440 });
  // The two nights in which these zones' clocks show an hour twice.
  const twice = fc.integer({ min: 0, max: 12 * 1440 }).map((more) => more + 1);
  fc.assert(
    fc.property(
      fc.oneof(minutes, twice),
      fc.constantFrom(...zones),
      fc.constantFrom(en, fa),
      (more, zone, words) => {
        const at = NOW + more * 60_000;
        const typing = { now: NOW, timeZone: "Asia/Kabul", wallOf: createWallClock, gregorianOf };
        expect(typedMoment(fullMoment(at, zone, words), typing)).toEqual({
          kind: "moment",
          at,
          timeZone: zone,
        });
      },
    ),
    { numRuns: 120 },
  );
});

test("says a window in the week of the language", () => {
  const office: Hours[] = [
    { days: [1, 2, 3, 6, 7], from: 540, to: 1080 },
    { days: [4], from: 540, to: 720 },
  ];
  expect(withoutMarks(windowText({ timeZone: "Asia/Tehran", hours: office }, fa))).toBe(
    "شنبه تا چهارشنبه ۰۹:۰۰ تا ۱۸:۰۰، پنجشنبه ۰۹:۰۰ تا ۱۲:۰۰ (Asia/Tehran)",
  );
  expect(hoursText([{ days: [1, 2, 3, 4, 5], from: 540, to: 1080 }], en)).toBe("Mon–Fri 09:00–18:00");
  expect(hoursText([{ days: [1, 2, 3, 6, 7], from: 540, to: 1080 }], en)).toBe("Sat–Wed 09:00–18:00");
  expect(hoursText([{ days: weekdays, from: 1320, to: 120 }], en)).toBe("every day 22:00–02:00");
});

test("what is said of a window means that window when it is typed", () => {
  const hours = fc.record({
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
    from: fc.integer({ min: 0, max: 1439 }),
    to: fc.integer({ min: 1, max: 1440 }),
  });
  fc.assert(
    fc.property(fc.array(hours, { minLength: 1, maxLength: 3 }), fc.constantFrom(en, fa), (all, words) => {
      fc.pre(!isAlwaysOpen(all));
      const window = { timeZone: "Asia/Tehran", hours: hoursOf(stretchesOf(all)) };
      const read = typedWindow(windowText(window, words), "UTC");
      expect(read).toMatchObject({ kind: "window", timeZone: "Asia/Tehran" });
      if (read.kind === "window") expect(stretchesOf(read.hours)).toEqual(stretchesOf(all));
    }),
    { numRuns: 80 },
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Hours } from "./send-window.ts";
import { complementOf, hoursOf, stretchesOf } from "./send-window.ts";
import { typedWindow } from "./window-text.ts";

const two = (number: number): string => String(number).padStart(2, "0");
const time = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

function shown(text: string): string {
  const read = typedWindow(text, "UTC");
  if (read.kind === "problem") return read.problem;
  if (read.kind === "always") return "always";
  const zone = read.timeZone === undefined ? "" : ` ${read.timeZone}`;
  return (
    read.hours.map(({ days, from, to }) => `${days.join("")} ${time(from)}-${time(to)}`).join(", ") + zone
  );
}

test.each([
  ["9-18", "1234567 09:00-18:00"],
  ["09:00-18:00", "1234567 09:00-18:00"],
  ["mon-fri 9-18", "12345 09:00-18:00"],
  ["Mon to Fri, 9:00 to 18:00; Sat 10-14", "12345 09:00-18:00, 6 10:00-14:00"],
  ["weekdays 9am-6pm", "12345 09:00-18:00"],
  ["daily 9-13, 15-19", "1234567 09:00-13:00, 1234567 15:00-19:00"],
  ["sat, sun 10:00-14:00", "67 10:00-14:00"],
  ["sat-wed 9-18", "12367 09:00-18:00"],
  ["22-2", "1234567 22:00-02:00"],
  ["fri 22:00-02:00", "5 22:00-02:00"],
  ["weekends", "67 00:00-24:00"],
  ["quiet 22-8", "1234567 08:00-22:00"],
  ["quiet hours: 22:00 - 08:00", "1234567 08:00-22:00"],
  ["not fri", "123467 00:00-24:00"],
  ["mon-fri 9-18 Europe/Berlin", "12345 09:00-18:00 Europe/Berlin"],
  ["mon-fri 9-18 asia/tehran", "12345 09:00-18:00 Asia/Tehran"],
  ["any time", "always"],
  ["0-24", "always"],
  ["۹ تا ۱۸", "1234567 09:00-18:00"],
  ["شنبه تا چهارشنبه ۹ تا ۱۸", "12367 09:00-18:00"],
  [
    "شنبه تا چهارشنبه از ساعت ۹ تا ۱۳ و ۱۶ تا ۲۰، پنج‌شنبه ۹ تا ۱۲",
    "12367 09:00-13:00, 4 09:00-12:00, 12367 16:00-20:00",
  ],
  ["هر روز ۹ صبح تا ۹ شب", "1234567 09:00-21:00"],
  ["ساعت‌های سکوت ۲۲ تا ۸", "1234567 08:00-22:00"],
  ["به‌جز جمعه", "123467 00:00-24:00"],
  ["همیشه", "always"],
  ["9-6", "halfDay"],
  ["9-25", "noSuchTime"],
  ["9-9", "noSuchTime"],
  ["quiet 0-24", "neverOpen"],
  ["mon-fri 9-18 Nowhere/Land", "unknownZone"],
  ["mon-fri nine to six", "halfDay"],
  ["", "notUnderstood"],
  ["9", "notUnderstood"],
  ["9-18 mon-fri and then", "notUnderstood"],
])("reads %s as %s", (text, window) => {
  // Which days go together with which is told by the week, not by how it is put.
  expect(weekOf(shown(text))).toBe(weekOf(window));
});

/** Minutes of the week, so that two ways to put the same week are the same. */
function weekOf(text: string): string {
  const rows = [...text.matchAll(/(\d+) (\d\d):(\d\d)-(\d\d):(\d\d)/g)];
  if (rows.length === 0) return text;
  const hours = rows.map(([, days = "", h1, m1, h2, m2]): Hours => ({
    days: Array.from(days, (day) => ([1, 2, 3, 4, 5, 6, 7] as const)[Number(day) - 1] ?? 1),
    from: Number(h1) * 60 + Number(m1),
    to: Number(h2) * 60 + Number(m2),
  }));
  return `${JSON.stringify(stretchesOf(hours))}${/ \w+\/\w+$/.exec(text)?.[0] ?? ""}`;
}

function openMinutes(hours: readonly Hours[]): number {
  return stretchesOf(hours).reduce((sum, [from, to]) => sum + to - from, 0);
}

const someHours = fc.array(
  fc.record({
    days: fc.uniqueArray(fc.constantFrom(1 as const, 2 as const, 3 as const, 5 as const, 7 as const), {
      minLength: 1,
    }),
    from: fc.integer({ min: 0, max: 1439 }),
    to: fc.integer({ min: 1, max: 1440 }),
  }),
  { minLength: 1, maxLength: 4 },
);

test("hours made of a week's minutes are those minutes again, and quiet hours are all the others", () => {
  fc.assert(
    fc.property(someHours, (hours) => {
      const week = stretchesOf(hours);
      expect(stretchesOf(hoursOf(week))).toEqual(week);
      expect(openMinutes(hours) + openMinutes(complementOf(hours))).toBe(7 * 1440);
    }),
  );
});

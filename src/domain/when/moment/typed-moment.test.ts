import { expect, test } from "vitest";
import { createWallClock } from "../../../lib/time/wall-clock.ts";
import { gregorianOf } from "../../../lib/time/solar-hijri.ts";
import type { TypedMoment } from "./typed-moment.ts";
import { typedMoment } from "./typed-moment.ts";

/** Monday, 30 November 2026, 10:00 in Tehran: 9 Azar 1405. */
const NOW = Date.parse("2026-11-30T10:00:00+03:30");
const typing = { now: NOW, timeZone: "Asia/Tehran", wallOf: createWallClock, gregorianOf };

const two = (number: number): string => String(number).padStart(2, "0");

function shown(found: TypedMoment): string {
  if (found.kind === "now") return "now";
  if (found.kind === "problem") return found.problem;
  const wall = createWallClock(found.timeZone);
  const show = (at: number): string => {
    const { year, month, day, hour, minute } = wall.shows(at);
    return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
  };
  return found.kind === "moment"
    ? show(found.at)
    : `${found.why}: ${found.moments.map((at) => show(at)).join(" | ")}`;
}

const read = (text: string, others: Partial<typeof typing> = {}): string =>
  shown(typedMoment(text, { ...typing, ...others }));

test.each([
  ["2026-12-05 09:00", "2026-12-05 09:00"],
  ["2026-12-05T09:00", "2026-12-05 09:00"],
  ["2026-12-05T09:00:00Z", "2026-12-05 12:30"],
  ["2026-12-05T09:00:00.000+01:00", "2026-12-05 11:30"],
  ["2026/12/5 at 9", "2026-12-05 09:00"],
  ["5.12.2026 18:30", "2026-12-05 18:30"],
  ["25/12/2026 9am", "2026-12-25 09:00"],
  ["12/25/2026 9am", "2026-12-25 09:00"],
  ["5 December 9:00", "2026-12-05 09:00"],
  ["Dec 5, 2026 9 pm", "2026-12-05 21:00"],
  ["the 5th of December at 9", "2026-12-05 09:00"],
  ["3 January 9:00", "2027-01-03 09:00"],
  ["29 Feb 12:00", "2028-02-29 12:00"],
  ["tomorrow 9", "2026-12-01 09:00"],
  ["Tomorrow morning", "2026-12-01 09:00"],
  ["tomorrow morning at 8", "2026-12-01 08:00"],
  ["tomorrow at 9 in the evening", "2026-12-01 21:00"],
  ["this evening", "2026-11-30 18:00"],
  ["this evening at 7", "2026-11-30 19:00"],
  ["tonight", "2026-11-30 21:00"],
  ["tonight 9", "2026-11-30 21:00"],
  ["today 18:30", "2026-11-30 18:30"],
  ["18:30", "2026-11-30 18:30"],
  ["at 11", "2026-11-30 11:00"],
  ["noon", "2026-11-30 12:00"],
  ["day after tomorrow, 14:15", "2026-12-02 14:15"],
  ["friday 18:30", "2026-12-04 18:30"],
  ["on Fri at 6pm", "2026-12-04 18:00"],
  ["in an hour", "2026-11-30 11:00"],
  ["in half an hour", "2026-11-30 10:30"],
  ["in 90 minutes", "2026-11-30 11:30"],
  ["in 1 hour and 15 minutes", "2026-11-30 11:15"],
  ["2h", "2026-11-30 12:00"],
  ["1h30m", "2026-11-30 11:30"],
  ["2 hours from now", "2026-11-30 12:00"],
  ["in 3 days at 9", "2026-12-03 09:00"],
  ["in a week at 9:00", "2026-12-07 09:00"],
  ["2026-12-05 24:00", "2026-12-06 00:00"],
  ["2026-12-05 09:00 UTC+1", "2026-12-05 11:30"],
  ["now", "now"],
])("reads %s", (text, moment) => expect(read(text)).toBe(moment));

test.each([
  ["۱۴۰۵/۹/۱۴ ساعت ۹", "2026-12-05 09:00"],
  ["١٤٠٥/٩/١٤ ساعت ٩:٣٠", "2026-12-05 09:30"],
  ["1405-09-14 09:00", "2026-12-05 09:00"],
  ["۱۴/۹/۱۴۰۵ ۹:۰۰", "2026-12-05 09:00"],
  ["۱۴ آذر ساعت ۹", "2026-12-05 09:00"],
  ["۱۴ آذر ۱۴۰۵ ساعت ۹ شب", "2026-12-05 21:00"],
  ["۱۴ آذرماه ۱۴۰۵، ساعت ۹", "2026-12-05 09:00"],
  ["۱۴ قوس ساعت ۹", "2026-12-05 09:00"],
  ["14 Azar 9:00", "2026-12-05 09:00"],
  ["۵ دسامبر ۲۰۲۶ ساعت ۹", "2026-12-05 09:00"],
  ["اول دی ساعت ۱۰", "2026-12-22 10:00"],
  ["۱ فروردین ساعت ۱۲", "2027-03-21 12:00"],
  ["فردا ۹ صبح", "2026-12-01 09:00"],
  ["فردا صبح", "2026-12-01 09:00"],
  ["فردا صبح ساعت ۸", "2026-12-01 08:00"],
  ["فردا ساعت ۹ شب", "2026-12-01 21:00"],
  ["فردا شب", "2026-12-01 21:00"],
  ["پس‌فردا ۱۸:۳۰", "2026-12-02 18:30"],
  ["پس فردا عصر", "2026-12-02 18:00"],
  ["امشب", "2026-11-30 21:00"],
  ["امشب ساعت ۱۰", "2026-11-30 22:00"],
  ["امروز عصر", "2026-11-30 18:00"],
  ["امروز ۵ بعدازظهر", "2026-11-30 17:00"],
  ["امروز ۱۲ ظهر", "2026-11-30 12:00"],
  ["جمعه ۱۸:۳۰", "2026-12-04 18:30"],
  ["جمعه، ساعت ۱۸:۳۰", "2026-12-04 18:30"],
  ["پنج‌شنبه ۱۰ صبح", "2026-12-03 10:00"],
  ["پنجشنبه ۱۰ صبح", "2026-12-03 10:00"],
  ["سه شنبه ساعت ۹", "2026-12-01 09:00"],
  ["يكشنبه ساعت ۹", "2026-12-06 09:00"],
  ["یک ساعت دیگر", "2026-11-30 11:00"],
  ["نیم ساعت دیگه", "2026-11-30 10:30"],
  ["یک ساعت و نیم دیگر", "2026-11-30 11:30"],
  ["۹۰ دقیقهٔ دیگر", "2026-11-30 11:30"],
  ["۲ ساعت و ۱۵ دقیقه بعد", "2026-11-30 12:15"],
  ["۳ روز دیگر ساعت ۹", "2026-12-03 09:00"],
  ["یک هفته دیگر ساعت ۹", "2026-12-07 09:00"],
  ["ساعت ۱۸:۳۰", "2026-11-30 18:30"],
  ["همین حالا", "now"],
  ["شنبه ۱۴ آذر ۱۴۰۵، ساعت ۰۹:۰۰ (\u2068Asia/Tehran\u2069، \u2068UTC+03:30\u2069)", "2026-12-05 09:00"],
])("reads %s", (text, moment) => expect(read(text)).toBe(moment));

test.each([
  ["9:00", "over: 2026-12-01 09:00"],
  ["ساعت ۹", "over: 2026-12-01 09:00"],
  ["monday 18:00", "today: 2026-11-30 18:00 | 2026-12-07 18:00"],
  ["monday 9:00", "2026-12-07 09:00"],
  ["next friday 9:00", "next: 2026-12-04 09:00 | 2026-12-11 09:00"],
  ["جمعهٔ آینده ساعت ۹", "next: 2026-12-04 09:00 | 2026-12-11 09:00"],
  ["جمعه هفته بعد ساعت ۹", "next: 2026-12-04 09:00 | 2026-12-11 09:00"],
  ["5/12/2026 9:00", "2026-12-05 09:00"],
  ["3/4/2027 9:00", "dayOrMonth: 2027-03-04 09:00 | 2027-04-03 09:00"],
  ["فردا ۱۲ شب", "night: 2026-12-01 00:00 | 2026-12-02 00:00"],
  ["tomorrow midnight", "night: 2026-12-01 00:00 | 2026-12-02 00:00"],
  ["۲ شب", "2026-12-01 02:00"],
])("asks what %s means", (text, choices) => expect(read(text)).toBe(choices));

test.each([
  ["hello", "notUnderstood"],
  ["", "notUnderstood"],
  ["tomorrow 9 or so", "notUnderstood"],
  ["tomorrow today 9:00", "notUnderstood"],
  ["فردا شاید ۹", "notUnderstood"],
  ["in an hour tomorrow", "notUnderstood"],
  ["2026-12-05", "noTime"],
  ["tomorrow", "noTime"],
  ["جمعه", "noTime"],
  ["12/5 9:00", "noYear"],
  ["۰۵/۹/۱۴ ساعت ۹", "noYear"],
  ["2026-02-30 9:00", "noSuchDay"],
  ["30/30/2026 9:00", "noSuchDay"],
  ["۱۴۰۵/۱۲/۳۰ ساعت ۹", "noSuchDay"],
  ["۳۱ آذر ساعت ۹", "noSuchDay"],
  ["14 Azar 2026 9:00", "noSuchDay"],
  ["tomorrow 25:00", "noSuchTime"],
  ["tomorrow 9:75", "noSuchTime"],
  ["tomorrow 14 am", "noSuchTime"],
  ["2026-11-29 09:00", "past"],
  ["today 9:00", "past"],
  ["2062-12-05 09:00", "tooFar"],
  ["Friday 5 December 2026 9:00", "otherWeekday"],
  ["2026-12-05 09:00 Mars/Olympus", "unknownZone"],
  ["2026-12-05 09:00 (Asia/Tehran, UTC+05:00)", "otherOffset"],
])("says of %s: %s", (text, problem) => expect(read(text)).toBe(problem));

const inBerlin = { timeZone: "Europe/Berlin", now: Date.parse("2026-10-20T10:00:00+02:00") };

test("asks about the hour that comes twice, and takes it when it says how far from UTC", () => {
  expect(read("2026-10-25 02:30", inBerlin)).toBe("twice: 2026-10-25 02:30 | 2026-10-25 02:30");
  const late = typedMoment("2026-10-25 02:30 (Europe/Berlin, UTC+01:00)", { ...typing, ...inBerlin });
  expect(late).toMatchObject({ kind: "moment", at: Date.parse("2026-10-25T02:30:00+01:00") });
});

test("says that the clocks skip an hour", () => {
  const spring = { timeZone: "Europe/Berlin", now: Date.parse("2027-03-20T10:00:00+01:00") };
  expect(read("2027-03-28 02:30", spring)).toBe("skipped");
  expect(read("2027-03-28 03:30", spring)).toBe("2027-03-28 03:30");
});

test("takes a moment in the time zone that is named", () => {
  const found = typedMoment("2026-12-05 09:00 Europe/Berlin", typing);
  expect(found).toMatchObject({ at: Date.parse("2026-12-05T09:00:00+01:00"), timeZone: "Europe/Berlin" });
});

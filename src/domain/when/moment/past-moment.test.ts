import { expect, test } from "vitest";
import { typing } from "../../../../tests/support/typed-at-ten.ts";
import { createWallClock } from "../../../lib/time/wall-clock.ts";
import { pastMoment } from "./past-moment.ts";

/** On Monday, 30 November 2026 at 10:00 in Tehran, 9 Azar 1405. */
const meant: Readonly<Record<string, string>> = {
  "1 Mehr": "2026-09-23 0:00",
  "since 1 Mehr": "2026-09-23 0:00",
  "1 Mehr 1404": "2025-09-23 0:00",
  "1405/7/1": "2026-09-23 0:00",
  "20 December": "2025-12-20 0:00",
  "2026-11-01": "2026-11-01 0:00",
  "1 November 2026 18:30": "2026-11-01 18:30",
  yesterday: "2026-11-29 0:00",
  today: "2026-11-30 0:00",
  "3 days ago": "2026-11-27 0:00",
  "2 weeks ago": "2026-11-16 0:00",
  "2 hours ago": "2026-11-30 8:00",
  friday: "2026-11-27 0:00",
  monday: "2026-11-30 0:00",
  "9:00": "2026-11-30 9:00",
  "۱ مهر": "2026-09-23 0:00",
  "از اول مهر": "2026-09-23 0:00",
  "۱۴۰۵/۷/۱": "2026-09-23 0:00",
  دیروز: "2026-11-29 0:00",
  "۳ روز پیش": "2026-11-27 0:00",
  جمعه: "2026-11-27 0:00",
  "7/8/2026": "2026-07-08 0:00 | 2026-08-07 0:00",
  "2026-12-24": "future",
  "31 Mehr": "noSuchDay",
  "5/9": "noYear",
  soon: "notUnderstood",
  "": "notUnderstood",
};

const two = (number: number): string => String(number).padStart(2, "0");

function shown(at: number): string {
  const { year, month, day, hour, minute } = createWallClock("Asia/Tehran").shows(at);
  return `${year}-${two(month)}-${two(day)} ${hour}:${two(minute)}`;
}

function told(text: string): string {
  const found = pastMoment(text, typing);
  if (found.kind === "problem") return found.problem;
  return found.kind === "moment" ? shown(found.at) : found.moments.map(shown).join(" | ");
}

test.each(Object.entries(meant))("since %j is %s", (text, right) => {
  expect(told(text)).toBe(right);
});

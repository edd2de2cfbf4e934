/** Times of day as people write and say them: `9:30`, `9h30`, `half past nine`, «یک ربع به ۹», «نه و نیم صبح». */
import { NUMBER, NUMBER_WORDS, inDigits, numberOf } from "../number-words.ts";
import { TIME, minutesOf, partsOfDay } from "../time-text.ts";
import { whole } from "../typed-words.ts";
import type { Fragments, Taken } from "./fragments.ts";

/** A time of day as it was written, in minutes since midnight up to 1440. */
export interface WrittenTime {
  readonly minutes: number;
  /** It is said to be at night and is after midnight: of the day that was named, or of the one that follows. */
  readonly isAfterMidnight?: true;
  /**
   * Which half of the day is not said. `written`: in digits, which are those of 24 hours; `spoken`: in words, which are those of
   * a dial.
   */
  readonly half?: "written" | "spoken";
}

/** Which half of the day an hour is in that goes with the name of a part of the day. */
const halfOfPart = ["ظهر", "صبح", "عصر", "عصر", "شب"];

const SAID = /half past|quarter (?:past|to)/;
const QUARTER = patternOf("(?:یک|یه|1) ربع");
const HOUR = `(?<hour>\\d{1,2}|${NUMBER_WORDS})`;
/** Digits without their unit would be those of a date or of an hour: `9 to 10`. */
const MINUTES = `(?<minutes>\\d{1,2}(?= ?min)|${NUMBER_WORDS})(?: ?min(?:ute)?s?)?`;
const HALF_OF_DAY = "[ap]\\.?m|in the|at night|صبح|شب|عصر|بعد|ظهر";

/** What is told by the hour before or after it. */
const toldBefore: readonly Turn[] = [
  [QUARTER, () => "ربع"],
  [patternOf(`(?:(?:a )?(?<quarter>quarter)|${MINUTES}) (?:to|before) ${HOUR}`), until],
  [patternOf(`(?:(?<quarter>ربع)|(?<minutes>${NUMBER}) ?دقیقه) به (?:ساعت )?${HOUR}`), until],
  [patternOf(`(?:(?<half>half)|(?:a )?(?<quarter>quarter)|${MINUTES}) past ${HOUR}`), since],
];
/** What is written otherwise than `9:30`; numbers are in digits. */
const written: readonly Turn[] = [
  [
    patternOf("(?<![:.])(?<hour>\\d{1,2}) و (?:(?<half>نیم)|(?<quarter>ربع)|(?<minutes>[1-5]?\\d) ?دقیقه)"),
    since,
  ],
  [patternOf("(?<hour>\\d{1,2})h(?<minutes>[0-5]\\d)?"), since],
  [/(?<=:\d\d) ?(?:h|hrs?|hours)(?!\p{L})/gu, () => ""],
  [/(?<![\d:.])(?<hour>0\d)(?<minutes>[0-5]\d)(?![\d:.])/gu, since],
  [patternOf(`(?<![:.])(?<hour>\\d{1,2}) (?<minutes>[1-5]\\d)(?= (?:${HALF_OF_DAY}))`), since],
  [/ ?o'?clock/gu, () => ""],
];

function patternOf(source: string): RegExp {
  return new RegExp(whole(source), "gu");
}

/** Takes a time of day out of a text; `isNight` when the day that was named is a night. "none": an hour that there is not. */
export function timeIn(parts: Fragments, isNight: boolean): WrittenTime | "none" | undefined {
  const isSpoken = spellOut(parts);
  const clock = parts.take(whole(TIME));
  if (clock?.["half"] !== undefined) return timeOf(clock, clock["half"]);
  if (!clock && parts.take(whole("midnight|نیمه ?شب"))) return { minutes: 0, isAfterMidnight: true };
  const part = partsOfDay.findIndex(([source]) => parts.take(whole(source)) !== undefined);
  const isNamed = part >= 0 || isNight;
  const at = part >= 0 ? part : partsOfDay.length - 1;
  if (!clock) return isNamed ? { minutes: partsOfDay[at]?.[1] ?? 0 } : undefined;
  const isLoose = Number(clock["hour"]) <= 12;
  if (isNamed && isLoose) return timeOf(clock, halfOfPart[at]);
  const time = timeOf(clock, undefined);
  const isDial = /^(?:[1-9]|1[01])$/.test(clock["hour"] ?? "");
  return typeof time === "object" && isDial ? { ...time, half: isSpoken ? "spoken" : "written" } : time;
}

/** Writes what is said of a time in words as hours and minutes. @returns Whether a clock was told in words */
function spellOut(parts: Fragments): boolean {
  const told = inTurn(parts.rest, toldBefore);
  const digits = inDigits(told);
  const isSpoken = SAID.test(parts.rest) || digits !== parts.rest.replaceAll(QUARTER, "ربع");
  parts.rest = inTurn(digits, written);
  return isSpoken;
}

type Turn = readonly [RegExp, (groups: Taken) => string];

function inTurn(text: string, turns: readonly Turn[]): string {
  return turns.reduce((said, turn) => turnedIn(said, turn), text);
}

function turnedIn(said: string, [pattern, turned]: Turn): string {
  let [done, at] = ["", 0];
  for (const { index, groups, 0: found } of said.matchAll(pattern)) {
    done += said.slice(at, index) + turned(groups ?? {});
    at = index + found.length;
  }
  return done + said.slice(at);
}

function minutesSaid({ half, quarter, minutes = "0" }: Taken): number {
  return half !== undefined ? 30 : quarter !== undefined ? 15 : numberOf(minutes);
}

function since({ hour = "", ...minutes }: Taken): string {
  return `${numberOf(hour)}:${String(minutesSaid(minutes)).padStart(2, "0")}`;
}

function until({ hour = "", ...minutes }: Taken): string {
  const next = numberOf(hour);
  return `${next > 1 ? next - 1 : next + 11}:${String(60 - minutesSaid(minutes)).padStart(2, "0")}`;
}

function timeOf({ hour, minute }: Taken, half: string | undefined): WrittenTime | "none" {
  const minutes = minutesOf({ hour, minute, half });
  if (minutes === undefined) return "none";
  const isAfterMidnight = (half === "شب" || half === "نیمه شب") && minutes < 5 * 60;
  return { minutes, ...(isAfterMidnight ? { isAfterMidnight: true } : {}) };
}

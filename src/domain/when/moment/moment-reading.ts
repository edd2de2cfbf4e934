/**
 * What a text says of a moment, part by part: each kind of part is looked for and taken out, and what is left over was not
 * understood. Nothing is made of the parts here; see typed-moment.ts.
 */
import { TIME, minutesOf, partsOfDay } from "../time-text.ts";
import { DAY, NUMBER, folded, numberOf, weekdayOf, whole } from "../typed-words.ts";
import type { Weekday } from "../wall-clock.ts";
import { zoneIn } from "../zone-name.ts";
import { MONTH, monthOf } from "./months.ts";

/** A day as it was written. */
export type WrittenDay =
  | { readonly kind: "full"; readonly year: number; readonly month: number; readonly day: number }
  /** `7/8/2026`: no country agrees with all others on which is the month. */
  | { readonly kind: "slashed"; readonly first: number; readonly second: number; readonly year: number }
  | {
      readonly kind: "named";
      readonly month: number;
      readonly day: number;
      readonly isSolar: boolean;
      readonly year?: number;
    }
  | { readonly kind: "yearless" }
  | { readonly kind: "after"; readonly days: number };

/** A time of day as it was written, in minutes since midnight up to 1440. */
export interface WrittenTime {
  readonly minutes: number;
  /** It is said to be at night and is after midnight: of the day that was named, or of the one that follows. */
  readonly isAfterMidnight?: true;
}

/** All that a text says. */
export interface MomentReading {
  readonly isNow: boolean;
  /** So long from now, in ms. */
  readonly spanMs?: number;
  readonly day?: WrittenDay;
  readonly weekday?: Weekday;
  /** `next friday`: the coming one to some, the one after it to others. */
  readonly isNext: boolean;
  readonly time?: WrittenTime;
  /** It names an hour that there is not. */
  readonly isNoTime: boolean;
  readonly zone?: string;
  /** Minutes from UTC. */
  readonly offset?: number;
  /** What was not understood; empty: all was. */
  readonly leftOver: string;
}

const HOUR_MS = 3_600_000;
const UNITS = { minutes: "minutes?|mins?|m|دقیقه", hours: "hours?|hrs?|h|ساعت" };
const LATER = "later|from now|دیگر|دیگه|بعد";
const FILLER =
  /(?<![\p{L}\p{N}])(?:at|on|the|of|by|this|in|start|date|ساعت|در|روز|راس|و|به|وقت|تاریخ|از|این|سال)(?![\p{L}\p{N}])/gu;

class Fragments {
  rest: string;

  constructor(text: string) {
    this.rest = text;
  }

  /** Takes the first part that matches out of the text. */
  take(source: string): Readonly<Record<string, string | undefined>> | undefined {
    const found = new RegExp(source, "u").exec(this.rest);
    if (!found) return undefined;
    this.rest = `${this.rest.slice(0, found.index)} ${this.rest.slice(found.index + found[0].length)}`;
    return { all: found[0].trim(), ...found.groups };
  }
}

/** Reads a text for whatever it says of a moment. */
export function readMoment(text: string): MomentReading {
  const { rest, name } = zoneIn(text);
  const said = folded(rest)
    .replaceAll(/[()[\]]/g, " ")
    .replaceAll(/(?<=\d)t(?=\d\d:)/g, " ");
  const parts = new Fragments(said);
  const offset = offsetIn(parts);
  const spanMs = spanIn(parts);
  const isNow = parts.take(whole("(?:right )?now|(?:همین )?(?:الان|حالا)")) !== undefined;
  const day = dayIn(parts);
  const week = weekdayIn(parts);
  const time = timeIn(parts, day?.isTonight ?? false);
  const leftOver = parts.rest
    .replaceAll(FILLER, " ")
    .replaceAll(/[\s,.:@]+/g, " ")
    .trim();
  return {
    isNow,
    ...(spanMs === undefined ? {} : { spanMs }),
    ...(day ? { day: day.written } : {}),
    ...week,
    ...(typeof time === "object" ? { time } : {}),
    isNoTime: time === "none",
    ...(name === undefined ? {} : { zone: name }),
    ...(offset === undefined ? {} : { offset }),
    leftOver,
  };
}

function offsetIn(parts: Fragments): number | undefined {
  const signed = "(?<sign>[+-])(?<hours>\\d{1,2})(?::?(?<minutes>\\d{2}))?";
  const found =
    parts.take(`(?:utc|gmt) ?${signed}(?!\\d)`) ??
    parts.take(`(?<=\\d:\\d\\d(?:[:.]\\d+)*) ?${signed}(?!\\d)`) ??
    parts.take("(?<=\\d:\\d\\d(?:[:.]\\d+)*)(?<zulu>z)(?![\\p{L}\\p{N}])");
  if (!found) return undefined;
  if (found["zulu"] !== undefined) return 0;
  const minutes = Number(found["hours"]) * 60 + Number(found["minutes"] ?? 0);
  return found["sign"] === "-" ? -minutes : minutes;
}

function lengthIn(unit: keyof typeof UNITS, name: string = unit): string {
  return `(?<${name}>${NUMBER}) ?(?:${UNITS[unit]})`;
}

function countOf(text: string | undefined): number {
  return text === undefined ? 0 : numberOf(text);
}

/** `in an hour`, `2h`, `1h 30m`, «نیم ساعت دیگر», «یک ساعت و نیم دیگر». */
function spanIn(parts: Fragments): number | undefined {
  const half = "half an?|نیم";
  const halfLater = parts.take(whole(`(?:in )?(?:${half}) ?(?:hour|ساعت)(?: (?:${LATER}))?`));
  if (halfLater) return HOUR_MS / 2;
  const withHalf = "(?<half> and a half| و نیم)?";
  const length = `${lengthIn("hours")}${withHalf}(?:(?: and| و)? ?${lengthIn("minutes")})?|${lengthIn("minutes", "only")}`;
  const found =
    parts.take(whole(`in (?:${length})`)) ??
    parts.take(whole(`(?:${length}) (?:${LATER})`)) ??
    parts.take("^(?:(?<hours>\\d{1,3})h)? ?(?:(?<minutes>\\d{1,4})m(?:in)?)?$");
  if (!found || found["all"] === "") return undefined;
  const { hours, minutes, only, half: andHalf } = found;
  return (
    (countOf(hours) + (andHalf === undefined ? 0 : 0.5)) * HOUR_MS +
    (countOf(minutes) + countOf(only)) * 60_000
  );
}

interface DayRead {
  readonly written: WrittenDay;
  readonly isTonight?: boolean;
}

function dayIn(parts: Fragments): DayRead | undefined {
  const written = numericDay(parts) ?? namedDay(parts) ?? relativeDay(parts);
  if (written) return { written };
  if (parts.take(whole("tonight|امشب"))) return { written: { kind: "after", days: 0 }, isTonight: true };
  return undefined;
}

function numericDay(parts: Fragments): WrittenDay | undefined {
  const yearFirst = parts.take("(?<!\\d)(?<y>\\d{4})(?<s>[-/.])(?<m>\\d{1,2})\\k<s>(?<d>\\d{1,2})(?!\\d)");
  if (yearFirst) return { kind: "full", ...ymd(yearFirst) };
  const yearLast = parts.take("(?<!\\d)(?<d>\\d{1,2})(?<s>[-/.])(?<m>\\d{1,2})\\k<s>(?<y>\\d{4})(?!\\d)");
  if (yearLast) {
    const { year, month, day } = ymd(yearLast);
    // With dots the day is first wherever dates are written so; and so it is in the Solar Hijri calendar.
    if (yearLast["s"] === "." || year < 1500) return { kind: "full", year, month, day };
    return { kind: "slashed", first: day, second: month, year };
  }
  const isYearless = parts.take("(?<![\\d:])\\d{1,2}[-/]\\d{1,2}(?:[-/]\\d{1,2})?(?![\\d:])");
  return isYearless ? { kind: "yearless" } : undefined;
}

function ymd({ y, m, d }: Readonly<Record<string, string | undefined>>) {
  return { year: Number(y), month: Number(m), day: Number(d) };
}

function namedDay(parts: Fragments): WrittenDay | undefined {
  const day = "(?<d>\\d{1,2}|اول)(?:st|nd|rd|th| ?ا?م)?";
  const year = "(?:,? (?<y>\\d{4})(?![\\d:]))?";
  const found =
    parts.take(`${whole(`${day}(?: of)?(?: ماه)? ?(?<month>${MONTH})(?: ?ماه)?`)}${year}`) ??
    parts.take(`${whole(`(?<month>${MONTH}) ${day}`)}(?![:.]\\d)${year}`);
  if (!found) return undefined;
  const { d = "", month = "", y } = found;
  const at = { ...monthOf(month), day: d === "اول" ? 1 : Number(d) };
  return { kind: "named", ...at, ...(y === undefined ? {} : { year: Number(y) }) };
}

function after(days: number): WrittenDay {
  return { kind: "after", days };
}

function relativeDay(parts: Fragments): WrittenDay | undefined {
  if (parts.take(whole("(?:the )?day after tomorrow|پس ?فردا"))) return after(2);
  if (parts.take(whole("tomorrow|tmrw|tmr|فردا"))) return after(1);
  if (parts.take(whole("today|امروز"))) return after(0);
  const unit = "(?<n>" + NUMBER + ") ?(?:(?<week>weeks?|هفته)|days?|روز)";
  const found = parts.take(whole(`in ${unit}(?: time)?`)) ?? parts.take(whole(`${unit} (?:${LATER})`));
  if (!found) return undefined;
  return after(numberOf(found["n"] ?? "") * (found["week"] === undefined ? 1 : 7));
}

function weekdayIn(parts: Fragments): Pick<MomentReading, "weekday" | "isNext"> {
  const later = "بعدی?|اینده|دیگر";
  const found =
    parts.take(whole(`(?:(?<next>next)|this|coming) (?<day>${DAY})`)) ??
    parts.take(whole(`(?<next>هفته ?ی? (?:${later})) (?:روز )?(?<day>${DAY})`)) ??
    parts.take(whole(`(?<day>${DAY})(?<next> (?:هفته ?ی? )?(?:${later})| next week)?`));
  const weekday = found && weekdayOf(found["day"] ?? "");
  return { ...(weekday ? { weekday } : {}), isNext: found?.["next"] !== undefined };
}

/** Which half of the day an hour is in that goes with the name of a part of the day. */
const halfOfPart = ["ظهر", "صبح", "عصر", "عصر", "شب"];

/** "none": an hour that there is not. */
function timeIn(parts: Fragments, isTonight: boolean): WrittenTime | "none" | undefined {
  const clock = parts.take(whole(TIME));
  if (clock?.["half"] !== undefined) return timeOf(clock, clock["half"]);
  if (!clock && parts.take(whole("midnight|نیمه ?شب"))) return { minutes: 0, isAfterMidnight: true };
  const part = partsOfDay.findIndex(([source]) => parts.take(whole(source)) !== undefined);
  const isNamed = part >= 0 || isTonight;
  const at = part >= 0 ? part : partsOfDay.length - 1;
  if (!clock) return isNamed ? { minutes: partsOfDay[at]?.[1] ?? 0 } : undefined;
  const isLoose = Number(clock["hour"]) <= 12;
  return timeOf(clock, isNamed && isLoose ? halfOfPart[at] : undefined);
}

function timeOf(
  { hour, minute }: Readonly<Record<string, string | undefined>>,
  half: string | undefined,
): WrittenTime | "none" {
  const minutes = minutesOf({ hour, minute, half });
  if (minutes === undefined) return "none";
  const isAfterMidnight = (half === "شب" || half === "نیمه شب") && minutes < 5 * 60;
  return { minutes, ...(isAfterMidnight ? { isAfterMidnight: true } : {}) };
}

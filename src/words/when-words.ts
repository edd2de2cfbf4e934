/** Moments and send windows said in full, so that whoever reads them can't be mistaken, and typed they mean the same. */
import type { Hours, SendWindow } from "../domain/when/send-window.ts";
import type { WallTime, Weekday } from "../domain/when/wall-clock.ts";
import { createWallClock } from "../lib/time/wall-clock.ts";
import type { Locale } from "./locale.ts";
import type { PlainWords } from "./plain-words.ts";

/** What is needed of the words of one language. */
export type WhenWords = PlainWords & { readonly locale: Locale };

const tags = { en: "en-GB", fa: "fa-IR-u-ca-persian" } as const;
/** Where the week begins for whoever reads the language. */
const weeks: Readonly<Record<Locale, readonly Weekday[]>> = {
  en: [1, 2, 3, 4, 5, 6, 7],
  fa: [6, 7, 1, 2, 3, 4, 5],
};

/** A moment with weekday, date, time, time zone and how far that is from UTC. @param at ms since the epoch */
export function fullMoment(at: number, timeZone: string, words: WhenWords): string {
  const said = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(tags[words.locale], { timeZone, ...options }).format(at);
  const part = (type: "day" | "month" | "year"): string =>
    said({ [type]: type === "month" ? "long" : "numeric" });
  return words.plain(timeZone === "UTC" ? "moment-full-utc" : "moment-full", {
    weekday: said({ weekday: "long" }),
    date: `${part("day")} ${part("month")} ${part("year")}`,
    time: said({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    zone: timeZone,
    ...(timeZone === "UTC" ? {} : { offset: offsetAt(at, timeZone) }),
  });
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function offsetAt(at: number, timeZone: string): string {
  const { year, month, day, hour, minute }: WallTime = createWallClock(timeZone).shows(at);
  const minutes = Math.round((Date.UTC(year, month - 1, day, hour, minute) - (at - (at % 60_000))) / 60_000);
  const sign = minutes < 0 ? "-" : "+";
  return `UTC${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

/** A send window with its time zone. */
export function windowText({ hours, timeZone }: SendWindow, words: WhenWords): string {
  return words.plain("window-text", { hours: hoursText(hours, words), zone: timeZone });
}

/** Says which days working days, or weekends, were taken by. */
export function workingDaysText(workingDays: readonly Weekday[], timeZone: string, words: WhenWords): string {
  const days = daysText(workingDays, words, words.plain("list-comma"));
  return words.plain("window-working-days", { days, zone: timeZone });
}

/** Days and hours. */
export function hoursText(hours: readonly Hours[], words: WhenWords): string {
  const comma = words.plain("list-comma");
  return hours
    .map(({ days, from, to }) => {
      const variables = { from: clockText(from, words), to: clockText(to, words) };
      return words.plain("window-hours", { days: daysText(days, words, comma), ...variables });
    })
    .join(comma);
}

function clockText(minutes: number, { locale }: WhenWords): string {
  const digits = new Intl.NumberFormat(tags[locale], { minimumIntegerDigits: 2 });
  return `${digits.format(Math.floor(minutes / 60))}:${digits.format(minutes % 60)}`;
}

function daysText(days: readonly Weekday[], words: WhenWords, comma: string): string {
  if (days.length === 7) return words.plain("window-every-day");
  return runsOf(days, weeks[words.locale])
    .flatMap((run) => {
      const [first, last] = [run[0], run.at(-1)];
      if (first === undefined || last === undefined) return [];
      if (run.length < 3) return run.map((day) => dayName(day, words));
      return [words.plain("window-days", { first: dayName(first, words), last: dayName(last, words) })];
    })
    .join(comma);
}

/** Days that follow one another in the week of a language. */
function runsOf(days: readonly Weekday[], week: readonly Weekday[]): readonly (readonly Weekday[])[] {
  const runs: Weekday[][] = [];
  let isOpen = false;
  for (const day of week) {
    const isIn = days.includes(day);
    if (isIn && isOpen) runs.at(-1)?.push(day);
    else if (isIn) runs.push([day]);
    isOpen = isIn;
  }
  // «شنبه تا چهارشنبه» is one run in every language, wherever its week begins.
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last || first === last || first[0] !== week[0] || last.at(-1) !== week.at(-1)) return runs;
  return [[...last, ...first], ...runs.slice(1, -1)];
}

function dayName(day: Weekday, { locale }: WhenWords): string {
  const weekday = locale === "fa" ? "long" : "short";
  // The fifth of January 1970 was a Monday.
  return new Intl.DateTimeFormat(tags[locale], { timeZone: "UTC", weekday }).format((day + 3) * 86_400_000);
}

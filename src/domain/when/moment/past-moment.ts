/**
 * Moments that are over as people type them: `1 Mehr`, `yesterday`, `2 weeks ago`, «از اول مهر». Read from the same parts as
 * moments to come; a day without a time is its beginning, a date without a year the last such date.
 */
import type { WallClock } from "../wall-clock.ts";
import type { CalendarDay } from "./calendar-date.ts";
import { daysAfter, isGregorianDay, isSolarYear, weekdayOn } from "./calendar-date.ts";
import type { WrittenDay } from "./day-text.ts";
import { momentsAt } from "./days-meant.ts";
import type { Typing } from "./meaning.ts";
import { readMoment } from "./moment-reading.ts";

export type PastProblem = "notUnderstood" | "noYear" | "noSuchDay" | "noSuchTime" | "otherWeekday" | "future";

/** What a text means; moments are ms since the epoch. */
export type PastMoment =
  | { readonly kind: "moment"; readonly at: number }
  /** `7/8/2026`: one of these, the earlier first. */
  | { readonly kind: "choices"; readonly moments: readonly number[] }
  | { readonly kind: "problem"; readonly problem: PastProblem; readonly text: string };

const SINCE = /^\s*(?:since|from|از)(?=\s)/iu;

export function pastMoment(text: string, typing: Typing): PastMoment {
  const reading = readMoment(text.replace(SINCE, ""));
  const problem = (what: PastProblem): PastMoment => ({
    kind: "problem",
    problem: what,
    text: reading.leftOver || text.trim(),
  });
  const { leftOver, unknownZone, isNoTime, isNow, spanMs, day, week, time } = reading;
  if (isNoTime) return problem("noSuchTime");
  if (leftOver !== "" || unknownZone !== undefined) return problem("notUnderstood");
  if (week?.which === "next") return problem("future");
  if (isNow) return { kind: "moment", at: typing.now };
  if (spanMs !== undefined) return { kind: "moment", at: typing.now - Math.abs(spanMs) };
  const wall = typing.wallOf(reading.timeZone ?? typing.timeZone);
  const today = wall.shows(typing.now);
  const minutes = time?.minutes ?? 0;
  const isOver = (one: CalendarDay): boolean => momentsAt(one, minutes, wall).some((at) => at <= typing.now);
  const days = day
    ? writtenDays(day, { today, isOver, typing })
    : week
      ? [latest(today, (one) => weekdayOn(one) === week.weekday && isOver(one))]
      : time
        ? [latest(today, isOver)]
        : [];
  if (typeof days === "string") return problem(days);
  if (days.length === 0) return problem("notUnderstood");
  if (day && week && !days.some((one) => weekdayOn(one) === week.weekday)) return problem("otherWeekday");
  const moments = days.filter(isOver).map((one) => firstOn(one, minutes, wall));
  const [first, ...others] = moments.toSorted((a, b) => a - b);
  if (first === undefined) return problem("future");
  return others.length > 0 ? { kind: "choices", moments: [first, ...others] } : { kind: "moment", at: first };
}

function firstOn(day: CalendarDay, minutes: number, wall: WallClock): number {
  return momentsAt(day, minutes, wall)[0] ?? 0;
}

/** The last day up to today for which it holds. */
function latest(today: CalendarDay, holds: (day: CalendarDay) => boolean): CalendarDay {
  for (let back = 0; back <= 7; back++) if (holds(daysAfter(today, -back))) return daysAfter(today, -back);
  return today;
}

interface Reading {
  readonly today: CalendarDay;
  readonly isOver: (day: CalendarDay) => boolean;
  readonly typing: Typing;
}

function writtenDays(
  day: WrittenDay,
  { today, isOver, typing: { gregorianOf } }: Reading,
): readonly CalendarDay[] | PastProblem {
  switch (day.kind) {
    case "after":
      return [daysAfter(today, -Math.abs(day.days))];
    case "yearless":
      return "noYear";
    case "full":
      return only(isSolarYear(day.year) ? gregorianOf(day) : day);
    case "slashed": {
      const { first, second, year } = day;
      const both = [
        { year, month: second, day: first },
        { year, month: first, day: second },
      ].filter((one) => one.month <= 12 && isGregorianDay(one));
      if (both.length === 0) return "noSuchDay";
      return first === second ? both.slice(0, 1) : both;
    }
    case "named": {
      const { month, day: number, isSolar } = day;
      const dayIn = (year: number): CalendarDay | undefined => {
        const one = { year, month, day: number };
        return isSolar ? gregorianOf(one) : isGregorianDay(one) ? one : undefined;
      };
      if (day.year !== undefined)
        return isSolar === isSolarYear(day.year) ? only(dayIn(day.year)) : "noSuchDay";
      const last = today.year - (isSolar ? 621 : 0);
      const past = Array.from({ length: 10 }, (_, back) => dayIn(last - back));
      return only(past.find((one) => one !== undefined && isOver(one)));
    }
  }
}

function only(day: CalendarDay | undefined): readonly CalendarDay[] | PastProblem {
  return day && isGregorianDay(day) ? [day] : "noSuchDay";
}

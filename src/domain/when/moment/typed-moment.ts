/**
 * Moments to come as people type them, in English and in Persian, by either calendar. What is over, what does not exist and
 * what could be meant in two ways is said, never guessed: two ways come back as choices.
 */
import type { WallClock, Weekday } from "../wall-clock.ts";
import { timeZoneNamed } from "../zone-name.ts";
import type { CalendarDay, GregorianOf } from "./calendar-date.ts";
import { daysAfter, isGregorianDay, isSolarYear, weekdayOn } from "./calendar-date.ts";
import type { MomentReading, WrittenDay } from "./moment-reading.ts";
import { readMoment } from "./moment-reading.ts";

/** Why there is more than one way to understand a text. */
export type MomentChoice =
  /** Clocks go back that night and show the time twice. */
  | "twice"
  /** It is over for today. */
  | "over"
  /** Today is that day of the week. */
  | "today"
  /** `next friday`. */
  | "next"
  /** `7/8/2026`. */
  | "dayOrMonth"
  /** «فردا ۱۲ شب». */
  | "night";

export type MomentProblem =
  | "notUnderstood"
  | "noTime"
  | "noYear"
  | "noSuchDay"
  | "noSuchTime"
  /** Clocks skip it that night. */
  | "skipped"
  | "past"
  | "tooFar"
  /** The day of the week is not that of the date. */
  | "otherWeekday"
  /** The time zone's clocks are not that far from UTC then. */
  | "otherOffset"
  | "unknownZone";

/** What a text means. Moments are ms since the epoch. */
export type TypedMoment =
  | { readonly kind: "now"; readonly at: number; readonly timeZone: string }
  | { readonly kind: "moment"; readonly at: number; readonly timeZone: string }
  /** One of these, the earliest first. */
  | {
      readonly kind: "choices";
      readonly why: MomentChoice;
      readonly moments: readonly number[];
      readonly timeZone: string;
    }
  /** `text`: the part that it is about. `at`: the moment that is over or too far. */
  | {
      readonly kind: "problem";
      readonly problem: MomentProblem;
      readonly text?: string;
      readonly at?: number;
      readonly timeZone: string;
    };

/** Where and when something is typed. */
export interface Typing {
  readonly now: number;
  /** IANA name: where a text is meant that names no other zone. */
  readonly timeZone: string;
  readonly wallOf: (timeZone: string) => WallClock;
  readonly gregorianOf: GregorianOf;
}

const DAY_MS = 86_400_000;
/** A moment further ahead is a slip in the year. */
const FURTHEST_MS = 2 * 366 * DAY_MS;
const DAY_MINUTES = 1440;

/** Reads a moment. */
export function typedMoment(text: string, typing: Typing): TypedMoment {
  const reading = readMoment(text);
  const timeZone = reading.zone === undefined ? typing.timeZone : timeZoneNamed(reading.zone);
  if (timeZone === undefined)
    return { kind: "problem", problem: "unknownZone", text: reading.zone ?? "", timeZone: typing.timeZone };
  const found = meaningOf(reading, { ...typing, timeZone }, typing.wallOf(timeZone));
  return found.kind === "problem" && found.problem === "notUnderstood"
    ? { ...found, text: reading.leftOver || text.trim() }
    : found;
}

type Found = TypedMoment;

function meaningOf(reading: MomentReading, typing: Typing, wall: WallClock): Found {
  const { timeZone, now } = typing;
  const problem = (what: MomentProblem): Found => ({ kind: "problem", problem: what, timeZone });
  const { spanMs, day, weekday, time, isNow, leftOver } = reading;
  if (reading.isNoTime) return problem("noSuchTime");
  if (leftOver !== "") return problem("notUnderstood");
  const isRelative = isNow || spanMs !== undefined;
  if (isRelative && (day || weekday || time || (isNow && spanMs !== undefined)))
    return problem("notUnderstood");
  if (isNow) return { kind: "now", at: now, timeZone };
  if (spanMs !== undefined) return checked([now + spanMs], undefined, typing);
  const days = daysMeant(reading, typing, wall);
  if (typeof days === "string") return problem(days);
  if (!time) return problem(day || weekday ? "noTime" : "notUnderstood");
  return momentsOn({ days, minutes: time.minutes, reading }, typing, wall);
}

interface Days {
  readonly days: readonly CalendarDay[];
  readonly why?: MomentChoice;
}

/** The days that may be meant; several in the order of likelihood, with why. */
function daysMeant(reading: MomentReading, typing: Typing, wall: WallClock): Days | MomentProblem {
  const { day, weekday, time } = reading;
  const today = wall.shows(typing.now);
  const isOver = (one: CalendarDay): boolean =>
    !momentsAt(one, time?.minutes ?? DAY_MINUTES, wall).some((at) => at > typing.now);
  if (!day && weekday) return comingWeekday(weekday, reading.isNext, today, isOver(today));
  if (!day && !isOver(today)) return { days: [today] };
  // Whoever says «۲ شب» means the night that comes.
  if (!day) return { days: [daysAfter(today, 1)], ...(time?.isAfterMidnight ? {} : { why: "over" }) };
  const written = writtenDays(day, typing, today, isOver);
  if (typeof written === "string") return written;
  const fitting = written.days.filter((one) => weekday === undefined || weekdayOn(one) === weekday);
  if (fitting.length === 0) return "otherWeekday";
  if (time?.isAfterMidnight)
    return { days: fitting.flatMap((one) => [one, daysAfter(one, 1)]), why: "night" };
  return { ...written, days: fitting };
}

function comingWeekday(
  weekday: Weekday,
  isNext: boolean,
  today: CalendarDay & { readonly weekday: Weekday },
  isOverToday: boolean,
): Days {
  const ahead = (weekday - today.weekday + 7) % 7;
  if (ahead === 0 && isOverToday) return { days: [daysAfter(today, 7)] };
  const days = [daysAfter(today, ahead), daysAfter(today, ahead + 7)];
  if (isNext) return { days, why: "next" };
  return ahead === 0 ? { days, why: "today" } : { days: days.slice(0, 1) };
}

function writtenDays(
  day: WrittenDay,
  { gregorianOf }: Typing,
  today: CalendarDay,
  isOver: (day: CalendarDay) => boolean,
): Days | MomentProblem {
  switch (day.kind) {
    case "after":
      return { days: [daysAfter(today, day.days)] };
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
      return first === second || both.length === 1
        ? { days: both.slice(0, 1) }
        : { days: both, why: "dayOrMonth" };
    }
    case "named": {
      const dayIn = (year: number): CalendarDay | undefined => {
        const one = { year, month: day.month, day: day.day };
        return day.isSolar ? gregorianOf(one) : isGregorianDay(one) ? one : undefined;
      };
      if (day.year !== undefined)
        return day.isSolar === isSolarYear(day.year) ? only(dayIn(day.year)) : "noSuchDay";
      // The leap day comes back after eight years at the latest.
      const first = today.year - (day.isSolar ? 622 : 0);
      const coming = Array.from({ length: 10 }, (_, more) => dayIn(first + more));
      return only(coming.find((one) => one !== undefined && !isOver(one)));
    }
  }
}

function only(day: CalendarDay | undefined): Days | MomentProblem {
  return day && isGregorianDay(day) ? { days: [day] } : "noSuchDay";
}

interface Meant {
  readonly days: Days;
  readonly minutes: number;
  readonly reading: MomentReading;
}

function momentsOn({ days, minutes, reading }: Meant, typing: Typing, wall: WallClock): Found {
  const { offset, zone } = reading;
  const { timeZone } = typing;
  const problem = (what: MomentProblem): Found => ({ kind: "problem", problem: what, timeZone });
  if (offset !== undefined) {
    const utc = days.days.flatMap((day) => momentsAt(day, minutes, typing.wallOf("UTC")));
    const moments = utc.map((at) => at - offset * 60_000);
    const fit = moments.filter(
      (at) => zone === undefined || days.days.some((day) => momentsAt(day, minutes, wall).includes(at)),
    );
    return fit.length === 0 ? problem("otherOffset") : checked(fit, days.why, typing);
  }
  const moments = days.days.map((day) => momentsAt(day, minutes, wall));
  if (moments.some((both) => both.length === 0)) return problem("skipped");
  const isTwice = moments.some((both) => both.length > 1);
  return checked(moments.flat(), days.why ?? (isTwice ? "twice" : undefined), typing);
}

function momentsAt(day: CalendarDay, minutes: number, wall: WallClock): readonly number[] {
  const { year, month, day: number } = minutes < DAY_MINUTES ? day : daysAfter(day, 1);
  const rest = minutes % DAY_MINUTES;
  return wall.momentsOf({ year, month, day: number, hour: Math.floor(rest / 60), minute: rest % 60 });
}

/** Takes those that are to come; if none is, says so. */
function checked(all: readonly number[], why: MomentChoice | undefined, { now, timeZone }: Typing): Found {
  const at = all[0] ?? now;
  const ahead = all.filter((one) => one > now);
  if (ahead.length === 0) return { kind: "problem", problem: "past", at, timeZone };
  const near = ahead.filter((one) => one - now <= FURTHEST_MS).toSorted((a, b) => a - b);
  const [first, ...others] = near;
  if (first === undefined) return { kind: "problem", problem: "tooFar", at, timeZone };
  if (why === undefined || (others.length === 0 && why !== "over"))
    return { kind: "moment", at: first, timeZone };
  return { kind: "choices", why, moments: near, timeZone };
}

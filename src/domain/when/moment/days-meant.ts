/** Which days a text means, by today where it stands: one, or several that are asked about. */
import type { WallClock, Weekday } from "../wall-clock.ts";
import type { CalendarDay } from "./calendar-date.ts";
import { daysAfter, isGregorianDay, isSolarYear, weekdayOn } from "./calendar-date.ts";
import type { WrittenDay, WrittenWeekday } from "./day-text.ts";
import type { MomentReading } from "./moment-reading.ts";
import type { MomentChoice, MomentProblem, Typing } from "./meaning.ts";

const DAY_MINUTES = 1440;

/** Days that a text may mean. */
export interface Days {
  readonly days: readonly CalendarDay[];
  readonly why?: MomentChoice;
  /** The text says that they are. */
  readonly isOver?: boolean;
}

/** The days that may be meant; several in the order of likelihood, with why. */
export function daysMeant(reading: MomentReading, typing: Typing, wall: WallClock): Days | MomentProblem {
  const { day, week, time } = reading;
  const today = wall.shows(typing.now);
  const isOver = (one: CalendarDay): boolean =>
    !momentsAt(one, time?.minutes ?? DAY_MINUTES, wall).some((at) => at > typing.now);
  if (!day && week) return weekdaysMeant(week, today, isOver(today));
  if (!day && !isOver(today)) return { days: [today] };
  // Whoever says «۲ شب» means the night that comes.
  if (!day && time?.isAfterMidnight) return { days: [daysAfter(today, 1)] };
  if (!day) return { days: [today, daysAfter(today, 1)], why: "over" };
  const written = writtenDays(day, typing, today, isOver);
  if (typeof written === "string") return written;
  const fitting = written.days.filter((one) => !week || weekdayOn(one) === week.weekday);
  if (fitting.length === 0) return "otherWeekday";
  if (time?.isAfterMidnight)
    return { days: fitting.flatMap((one) => [one, daysAfter(one, 1)]), why: "night" };
  return { ...written, days: fitting };
}

function weekdaysMeant(
  { weekday, which, isEve }: WrittenWeekday,
  today: CalendarDay & { readonly weekday: Weekday },
  isOverToday: boolean,
): Days {
  const ahead = (weekday - today.weekday + 7) % 7;
  if (which === "last") return { days: [daysAfter(today, ahead - 7)], isOver: true };
  if (isEve)
    return { days: [daysAfter(today, (ahead || 7) - 1), daysAfter(today, ahead || 7)], why: "night" };
  if (ahead === 0 && isOverToday) return { days: [daysAfter(today, 7)] };
  const days = [daysAfter(today, ahead), daysAfter(today, ahead + 7)];
  if (which === "next") return { days, why: "next" };
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
      return { days: [daysAfter(today, day.days)], isOver: day.days < 0 };
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

/** When the clocks show that many minutes since midnight on a day. */
export function momentsAt(day: CalendarDay, minutes: number, wall: WallClock): readonly number[] {
  const { year, month, day: number } = minutes < DAY_MINUTES ? day : daysAfter(day, 1);
  const rest = minutes % DAY_MINUTES;
  return wall.momentsOf({ year, month, day: number, hour: Math.floor(rest / 60), minute: rest % 60 });
}

/** Days as calendars name them, and the arithmetic of days that needs no time zone. */
import type { WallTime, Weekday } from "../wall-clock.ts";

/** Months from 1. */
export type CalendarDay = Pick<WallTime, "year" | "month" | "day">;

/** The Gregorian day of a Solar Hijri one; undefined when there is no such day. */
export type GregorianOf = (solarHijri: CalendarDay) => CalendarDay | undefined;

const DAY_MS = 86_400_000;

/** The day so many days later. */
export function daysAfter({ year, month, day }: CalendarDay, days: number): CalendarDay {
  const date = new Date(Date.UTC(year, month - 1, day) + days * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The day of the week of a Gregorian day. */
export function weekdayOn({ year, month, day }: CalendarDay): Weekday {
  const sunday0 = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return ([7, 1, 2, 3, 4, 5, 6] as const)[sunday0] ?? 7;
}

/** Whether the Gregorian calendar has this day. */
export function isGregorianDay({ year, month, day }: CalendarDay): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Years that are meant as Solar Hijri ones; nobody means the Middle Ages. */
export function isSolarYear(year: number): boolean {
  return year >= 1300 && year < 1500;
}

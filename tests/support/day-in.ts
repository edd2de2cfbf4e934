import type { DayOf } from "../../src/domain/accounts/calendar-day.ts";
import { createDayOf } from "../../src/domain/accounts/calendar-day.ts";

const made = new Map<string, DayOf>();

/** The calendar of a time zone, made once: making one costs more than all that a test's short life asks of it. */
export function dayIn(timeZone: string): DayOf {
  const dayOf = made.get(timeZone) ?? createDayOf(timeZone);
  made.set(timeZone, dayOf);
  return dayOf;
}

/** Dates of the Solar Hijri calendar, which Iran and Afghanistan go by. */
import { isValidJalaaliDate, toGregorian, toJalaali } from "jalaali-js";

interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The Gregorian day of a Solar Hijri one; undefined when there is no such day, like 30 Esfand in most years. */
export function gregorianOf({ year, month, day }: CalendarDay): CalendarDay | undefined {
  if (!isValidJalaaliDate(year, month, day)) return undefined;
  const { gy, gm, gd } = toGregorian(year, month, day);
  return { year: gy, month: gm, day: gd };
}

/** The Solar Hijri day of a Gregorian one. */
export function solarHijriOf({ year, month, day }: CalendarDay): CalendarDay {
  const { jy, jm, jd } = toJalaali(year, month, day);
  return { year: jy, month: jm, day: jd };
}

/**
 * The days on which people work at a place. By the weekends of the Unicode CLDR's supplemental data for territories, with one
 * difference: in Iran Thursday is half a working day, and left out.
 */
import type { Weekday } from "./wall-clock.ts";

const week = {
  monFri: [1, 2, 3, 4, 5],
  monSat: [1, 2, 3, 4, 5, 6],
  satWed: [1, 2, 3, 6, 7],
  sunThu: [1, 2, 3, 4, 7],
} as const;

const zones: Readonly<Record<string, readonly Weekday[]>> = {
  ...each(["Asia/Tehran", "Asia/Kabul", "Iran"], week.satWed),
  ...each(
    ["Asia/Aden", "Asia/Amman", "Asia/Baghdad", "Asia/Bahrain", "Asia/Damascus", "Asia/Jerusalem"],
    week.sunThu,
  ),
  ...each(
    ["Asia/Kuwait", "Asia/Muscat", "Asia/Qatar", "Asia/Riyadh", "Asia/Tel_Aviv", "Israel"],
    week.sunThu,
  ),
  ...each(
    ["Africa/Algiers", "Africa/Cairo", "Africa/Khartoum", "Africa/Tripoli", "Egypt", "Libya"],
    week.sunThu,
  ),
  ...each(["Asia/Calcutta", "Asia/Kolkata", "Africa/Kampala"], week.monSat),
};

function each(
  names: readonly string[],
  days: readonly Weekday[],
): Readonly<Record<string, readonly Weekday[]>> {
  return Object.fromEntries(names.map((name) => [name, days]));
}

/**
 * Working days where the clocks are those of a zone. A zone that is no place, like UTC, says nothing: there they are those of
 * the language in which they are named.
 */
export function workingDaysIn(timeZone: string, language: "en" | "fa"): readonly Weekday[] {
  const isPlace = timeZone.includes("/") && !timeZone.startsWith("Etc/");
  return zones[timeZone] ?? (isPlace || language === "en" ? week.monFri : week.satWed);
}

/** Days as people write them: by date, by the name of the month, by today, or as a day of the week. */
import { NUMBER, ORDINAL_WORDS, numberOf } from "../number-words.ts";
import { DAY, weekdayOf, whole } from "../typed-words.ts";
import type { Weekday } from "../wall-clock.ts";
import type { Fragments, Taken } from "./fragments.ts";
import { AGO, LATER } from "./fragments.ts";
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
  /** From today; below 0: it is over. */
  | { readonly kind: "after"; readonly days: number };

/** A day of the week as it was written. */
export interface WrittenWeekday {
  readonly weekday: Weekday;
  /** `next friday`: the coming one to some, the one after it to others. `last`: it is over. */
  readonly which?: "next" | "last";
  /** «شب جمعه»: the night before Friday to most, that of Friday to others. */
  readonly isEve?: true;
}

export interface DayRead {
  readonly written: WrittenDay;
  readonly isNight?: boolean;
}

/** Takes a day out of a text. */
export function dayIn(parts: Fragments): DayRead | undefined {
  const written = numericDay(parts) ?? namedDay(parts) ?? relativeDay(parts);
  if (written) return { written };
  if (parts.take(whole("tonight|امشب"))) return { written: after(0), isNight: true };
  if (parts.take(whole("last night|دیشب"))) return { written: after(-1), isNight: true };
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
  const isYearless = parts.take(
    "(?<![\\d:])\\d{1,2}(?:/\\d{1,2}(?:/\\d{1,2})?|-\\d{1,2}-\\d{1,2})(?![\\d:])",
  );
  return isYearless ? { kind: "yearless" } : undefined;
}

function ymd({ y, m, d }: Taken) {
  return { year: Number(y), month: Number(m), day: Number(d) };
}

function namedDay(parts: Fragments): WrittenDay | undefined {
  const day = `(?<d>\\d{1,2}|${ORDINAL_WORDS}|${NUMBER})(?:st|nd|rd|th| ?ا?م)?`;
  // Two digits before the time are a year of which the century is left out.
  const year = "(?:,? (?:(?<y>\\d{4})(?![\\d:])|(?<short>\\d{2})(?=,? (?:at |ساعت )?\\d)))?";
  const found =
    parts.take(`${whole(`${day}(?: of)?(?: ماه)? ?(?<month>${MONTH})\\.?(?: ?ماه)?`)}${year}`) ??
    parts.take(`${whole(`(?<month>${MONTH})\\.? ${day}`)}(?![:.]\\d)${year}`);
  if (!found) return undefined;
  const { d = "", month = "", y, short } = found;
  if (short !== undefined) return { kind: "yearless" };
  return {
    kind: "named",
    ...monthOf(month),
    day: numberOf(d),
    ...(y === undefined ? {} : { year: Number(y) }),
  };
}

function after(days: number): WrittenDay {
  return { kind: "after", days };
}

const relative: readonly [string, number][] = [
  ["(?:the )?day after tomorrow|پس ?فردا", 2],
  ["(?:the )?day before yesterday|پریروز", -2],
  ["yesterday|دیروز", -1],
  ["tomorrow|tmrw|tmr|فردا", 1],
  ["today|this(?= (?:morning|noon|afternoon|evening))|امروز", 0],
];

function relativeDay(parts: Fragments): WrittenDay | undefined {
  for (const [source, days] of relative) if (parts.take(whole(source))) return after(days);
  const unit = `(?<n>${NUMBER}) ?(?:(?<week>weeks?|هفته)|days?|روز)`;
  const over = parts.take(whole(`${unit} (?:${AGO})`));
  const found =
    over ?? parts.take(whole(`in ${unit}(?: time)?`)) ?? parts.take(whole(`${unit} (?:${LATER})`));
  if (!found) return undefined;
  const days = numberOf(found["n"] ?? "") * (found["week"] === undefined ? 1 : 7);
  return after(over ? -days : days);
}

/** Takes a day of the week out of a text. */
export function weekdayIn(parts: Fragments): WrittenWeekday | undefined {
  const later = "بعدی?|اینده|دیگر";
  const over = "گذشته|پیش|قبل";
  const found =
    parts.take(whole(`(?:(?<next>next)|(?<last>last)|this|coming|همین) (?<day>${DAY})`)) ??
    parts.take(whole(`(?<next>هفته ?ی? (?:${later})) (?:روز )?(?<day>${DAY})`)) ??
    parts.take(whole(`(?<last>هفته ?ی? (?:${over})) (?:روز )?(?<day>${DAY})`)) ??
    parts.take(
      whole(
        `(?:(?<=(?<eve>شب) )|)(?<day>${DAY})(?:(?<next> (?:هفته ?ی? )?(?:${later})| next week)|(?<last> (?:هفته ?ی? )?(?:${over})| last week))?`,
      ),
    );
  const weekday = found && weekdayOf(found["day"] ?? "");
  if (!found || !weekday) return undefined;
  const { next, last, eve } = found;
  return {
    weekday,
    ...(next === undefined ? {} : { which: "next" as const }),
    ...(last === undefined ? {} : { which: "last" as const }),
    ...(eve === undefined ? {} : { isEve: true as const }),
  };
}

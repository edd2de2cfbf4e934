/** Moments and lengths of time, as each language says them. */
import type { Locale } from "./locale.ts";
import type { PlainWords } from "./plain-words.ts";

/** One language's calendar in one time zone. Every argument is ms since the epoch. */
export interface Calendar {
  year(at: number): string;
  day(at: number): string;
  dayWithYear(at: number): string;
  time(at: number): string;
  /** With its seconds. */
  preciseTime(at: number): string;
  timestamp(at: number): string;
}

/** Makes a calendar: Gregorian in English, Solar Hijri in Persian, digits by language but for timestamps. */
export function createCalendar(locale: Locale, timeZone: string): Calendar {
  const tag = locale === "fa" ? "fa-IR-u-ca-persian" : "en-GB";
  const as = (options: Intl.DateTimeFormatOptions, language = tag): ((at: number) => string) => {
    let format: Intl.DateTimeFormat | undefined; // made when it is first needed: making one costs more than many moments
    return (at) => (format ??= new Intl.DateTimeFormat(language, { timeZone, ...options })).format(at);
  };
  const digits = { month: "2-digit", day: "2-digit" } as const;
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const date = as({ year: "numeric", ...digits }, locale === "fa" ? `${tag}-nu-latn` : "en-CA");
  const seconds = as({ ...clock, second: "2-digit" }, "en-GB");
  return {
    year: as({ year: "numeric" }),
    day: as({ day: "numeric", month: "long" }),
    dayWithYear: as({ day: "numeric", month: "long", year: "numeric" }),
    time: as(clock),
    preciseTime: as({ ...clock, second: "2-digit" }),
    timestamp: (at) => `${date(at)} ${seconds(at)}`,
  };
}

const DAY_MS = 86_400_000;

/** Says a moment as people say it today. */
export function momentIn(plain: PlainWords["plain"], calendar: Calendar, at: number, now: number): string {
  const time = calendar.time(at);
  const day = calendar.dayWithYear(at);
  if (day === calendar.dayWithYear(now)) return plain("moment-today", { time });
  if (day === calendar.dayWithYear(now + DAY_MS)) return plain("moment-tomorrow", { time });
  const date = calendar.year(at) === calendar.year(now) ? calendar.day(at) : day;
  return plain("moment-date", { date, time });
}

/** Says a length of time in its one or two biggest units. */
export function durationIn(plain: PlainWords["plain"], ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 60_000) return plain("duration-seconds", { seconds: Math.max(1, Math.round(ms / 1000)) });
  if (minutes < 60) return plain("duration-minutes", { minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return plain("duration-hours", { hours, minutes: minutes % 60 });
  return plain("duration-days", { days: Math.round(hours / 24) });
}

/** Says a moment on a scale from `at` on: the time within a day, the day where steps are days, else both. */
export function onScale(
  calendar: Calendar,
  at: number,
  { spanMs, stepMs }: { readonly spanMs: number; readonly stepMs: number },
): string {
  if (stepMs >= DAY_MS) return calendar.day(at);
  const time = stepMs < 60_000 ? calendar.preciseTime(at) : calendar.time(at);
  return spanMs <= DAY_MS ? time : `${calendar.day(at)} ${time}`;
}

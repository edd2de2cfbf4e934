/** A stretch of time from midnight to midnight, as a time zone has it: 23, 24 or 25 hours. */
export interface Day {
  /** First moment of the day, ms since the epoch. */
  readonly start: number;
  /** First moment of the next day. */
  readonly end: number;
}

/** Tells which calendar day a moment falls in. */
export type DayOf = (at: number) => Day;

const LONGEST_DAY_MS = 27 * 3_600_000;

/**
 * Makes the calendar of one time zone. Asking for moments of the same day again costs next to nothing.
 * @param timeZone IANA name, e.g. `Asia/Tehran`
 */
export function createDayOf(timeZone: string): DayOf {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const dateOf = (at: number): string => format.format(at);
  let known: Day = { start: 0, end: 0 };

  return (at) => {
    if (at >= known.start && at < known.end) return known;
    const date = dateOf(at);
    const isSameDay = (moment: number): boolean => dateOf(moment) === date;
    known = {
      start: firstMoment(at - LONGEST_DAY_MS, at, isSameDay),
      end: firstMoment(at, at + LONGEST_DAY_MS, (moment) => !isSameDay(moment)),
    };
    return known;
  };
}

/** Finds where a test turns true for good: false at `low`, true at `high`. */
function firstMoment(low: number, high: number, isPast: (moment: number) => boolean): number {
  let [before, after] = [Math.floor(low), Math.ceil(high)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isPast(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/** What clocks on the wall show somewhere: the one thing that schedules and send windows need to know of time zones. */

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** A time as the wall shows it, by the Gregorian calendar; months from 1, hours from 0 to 23. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** The clocks of one time zone. Moments are ms since the epoch. */
export interface WallClock {
  /** IANA name, e.g. `Asia/Tehran`. */
  readonly timeZone: string;
  /** What they show at a moment; seconds are cut off. */
  shows(at: number): WallTime & { readonly weekday: Weekday };
  /**
   * When they show it, the earliest first: once; twice in the night in which they go back; never when they skip it, or
   * when there is no such day.
   */
  momentsOf(time: WallTime): readonly number[];
  /** When they are changed next after a moment; undefined: never, as far as is known. */
  changesAfter(at: number): number | undefined;
}

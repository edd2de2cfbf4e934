/** What a typed text about a moment may turn out to mean, and where and when it is read. */
import type { WallClock } from "../wall-clock.ts";
import type { GregorianOf } from "./calendar-date.ts";

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
  /** «فردا ۱۲ شب», «شب جمعه». */
  | "night"
  /** `half past nine`. */
  | "halfDay"
  /** `9h30`. */
  | "clockOrSpan";

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

/** Endings that are in the record, beside what is known of those that somebody was told of. */
import type { Settlement } from "../../domain/journal.ts";

/** An ending as the record has it. */
export interface RecordedEnding {
  /** See {@link endingKey}. */
  readonly key: string;
  readonly username: string;
  /** Absent for somebody who was never claimed. */
  readonly account?: string;
  readonly settlement: Settlement;
  /** ms since the epoch */
  readonly at: number;
}

/** What is known of the endings that were told. */
export interface ToldEndings {
  readonly has: (key: string) => boolean;
  /** Where none of them is known: what ended before that moment was told, or can't be told any more; ms since the epoch. */
  readonly since: number;
}

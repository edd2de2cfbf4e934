/** What a sync tells while it works, for logs and for whoever watches it. */
import type { Reason } from "../domain/reasons/reason.ts";
import type { Trouble } from "../lib/trouble.ts";

/** Counted since the sync began. */
export interface SyncCounters {
  /** Attempts at a transaction that failed and were made again. */
  readonly retries: number;
  /** Rounds that copied everything there was. */
  readonly successes: number;
  /** Rounds that ended with an error. */
  readonly failures: number;
  /** Lines of logs that travelled. */
  readonly lines: number;
  /** People who opted out in the database and are on the do-not-send list now. */
  readonly optOuts: number;
}

/** What became of opt-outs made in the database. */
export interface OptOutReport {
  readonly taken: number;
  /** Not usernames. */
  readonly refused: number;
  /** They stay there: another process has the data folder, and only that one may add to the do-not-send list. */
  readonly waiting: number;
}

export interface RoundReport {
  readonly lines: number;
  /** False: another sync is at work on the same database, and this one stands by. */
  readonly isLeading: boolean;
  readonly optOuts: OptOutReport;
  /** Logs that can't be read, each with its file and line; `peyk doctor` says more. */
  readonly unreadable: readonly string[];
  /** The same for people, to be said in their language. */
  readonly damaged: readonly Trouble[];
  /** The longest transaction, in ms. */
  readonly slowestMs: number;
}

export type SyncEvent =
  /** Attempt k of n failed: what went wrong, and how long until the next one. */
  | {
      readonly kind: "attemptFailed";
      /** The log, or the step. */
      readonly what: string;
      readonly attempt: number;
      readonly of: number;
      readonly why: string;
      readonly reason: Reason;
      readonly isTransient: boolean;
      readonly delayMs?: number;
    }
  | ({ readonly kind: "round" } & RoundReport)
  | {
      readonly kind: "roundFailed";
      readonly why: string;
      readonly reason: Reason;
      readonly isTransient: boolean;
    }
  /** A log was restored or cut off and travels again from its start. */
  | { readonly kind: "restarted"; readonly feed: string }
  /** So many rounds failed in a row that the database is left alone until then (ms since the epoch). */
  | { readonly kind: "breakerOpened"; readonly until: number }
  | { readonly kind: "breakerClosed" }
  /** The database is slow, or has recovered. */
  | { readonly kind: "intervalChanged"; readonly intervalMs: number };

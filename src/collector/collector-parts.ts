import type { CollectionEvent } from "../domain/collecting/collection-event.ts";
import type { Clock } from "../lib/clock.ts";
import type { Source } from "../sources/source.ts";
import type { Passing } from "../storage/ports/away.ts";
import type { LeadStore } from "../storage/ports/leads.ts";
import type { CollectorLog } from "./save-retries.ts";

/** How patient a collector is. */
export interface CollectorPolicy {
  /** Repetitions after a call that brought no answer. */
  readonly retries: number;
  /** Wait before the first repetition; each further one is twice as long. */
  readonly retryDelayMs: number;
  /** Wait after a rate limit that names no time. */
  readonly rateLimitWaitMs: number;
  /** Rest of a target whose repetitions are used up; in a collection with cycles it is a cycle. */
  readonly restMs: number;
  /** Waits between attempts to save a page. */
  readonly saveDelaysMs: readonly number[];
}

export interface CollectorParts {
  readonly store: LeadStore;
  readonly sources: ReadonlyMap<string, Source>;
  readonly clock: Clock;
  /** From 0 up to 1, for the spread of waits. */
  readonly random: () => number;
  readonly policy: CollectorPolicy;
  readonly emit: (event: CollectionEvent) => void;
  readonly log: CollectorLog;
  /** Several processes could collect: this one does while it is told to. Absent: it does. */
  readonly isShared?: boolean;
  /** The store, while it is away: whoever needs it waits. Absent where this process has it alone. */
  readonly away?: AwayStore | undefined;
}

export interface AwayStore {
  /** Undefined for an error that does not pass by itself. */
  takes(error: unknown): Passing | undefined;
  /** Rejects when nobody waits any more. */
  back(): Promise<void>;
}

/** A call and a saving are tried three times more; a limit that names no time is waited for half a minute. */
export const defaultCollectorPolicy: CollectorPolicy = {
  retries: 3,
  retryDelayMs: 2000,
  rateLimitWaitMs: 30_000,
  restMs: 20 * 60_000,
  saveDelaysMs: [100, 200, 400],
};

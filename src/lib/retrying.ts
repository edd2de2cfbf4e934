/** Doing something again that failed for a passing reason: only what is harmless to repeat, never a send. */
import pRetry from "p-retry";
import type { Clock } from "./clock.ts";

/** A failed attempt. */
export interface FailedAttempt {
  readonly error: unknown;
  /** From 1. */
  readonly attempt: number;
  /** Attempts there are at most. */
  readonly of: number;
  /** Wait before the next one in ms; absent when there is none. */
  readonly delayMs?: number;
}

export interface RetryRule {
  /** Waits before the second, third … attempt, in ms; as many attempts as waits, and one. */
  readonly delaysMs: readonly number[];
  readonly isTransient: (error: unknown) => boolean;
  /** Told of every attempt that failed, the last one too, before the wait. */
  readonly onFailure: (failed: FailedAttempt) => void | Promise<void>;
  readonly clock: Clock;
  /** Ends the waiting; an attempt that is under way is not cut off. */
  readonly signal?: AbortSignal;
}

/** Whatever was thrown, as it was: p-retry makes another error of what is none, and goes by the class of others. */
class Thrown extends Error {
  readonly value: unknown;

  constructor(value: unknown) {
    super("thrown");
    this.value = value;
  }
}

const valueOf = (error: unknown): unknown => (error instanceof Thrown ? error.value : error);

/**
 * Tries until it works, waits are used up, or an error is not transient; then throws that error.
 *
 * p-retry counts and repeats; the waits are ours, because its own go by the wall and each other's multiples.
 */
export function retrying<T>(work: () => Promise<T>, rule: RetryRule): Promise<T> {
  const { delaysMs, isTransient, onFailure, clock, signal } = rule;
  const isWorthRetrying = (error: unknown): boolean => isTransient(error) && !signal?.aborted;
  const attempted = (): Promise<T> =>
    work().catch((error: unknown) => {
      throw new Thrown(error);
    });
  const tried = pRetry(attempted, {
    retries: delaysMs.length,
    minTimeout: 0,
    shouldRetry: ({ error }) => isWorthRetrying(valueOf(error)),
    onFailedAttempt: async ({ error: thrown, attemptNumber: attempt }) => {
      const error = valueOf(thrown);
      const delayMs = isWorthRetrying(error) ? delaysMs[attempt - 1] : undefined;
      const of = delaysMs.length + 1;
      await onFailure({ error, attempt, of, ...(delayMs === undefined ? {} : { delayMs }) });
      if (delayMs !== undefined) await clock.sleep(delayMs, signal);
    },
  });
  return tried.catch((error: unknown) => {
    throw valueOf(error);
  });
}

import { backoffMs } from "../domain/backoff.ts";
import { PeykError, ValidationError } from "../domain/errors.ts";
import type { Clock } from "../lib/clock.ts";
import { systemClock } from "../lib/clock.ts";
import type { FailedAttempt } from "../lib/retrying.ts";
import { retrying } from "../lib/retrying.ts";
import { isTransientError } from "../lib/transient-error.ts";

export interface RetryOptions {
  /** Attempts in all, the first included; default 4. */
  readonly attempts?: number;
  /** Wait before the second attempt in ms; each further one is twice as long, and spread by a fifth; default 2000. */
  readonly delayMs?: number;
  /**
   * Whether the same may work later. By default what the error itself says ({@link PeykError.isTransient}), as long as
   * nothing may have been delivered, and what the system and databases report as passing.
   */
  readonly isTransient?: (error: unknown) => boolean;
  /** Told of every attempt that failed, the last one too, before the wait. */
  readonly onFailure?: (failed: FailedAttempt) => void | Promise<void>;
  /** Ends the waiting, and begins nothing once it has fired; an attempt that is under way is not cut off. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

/**
 * Tries until it works: at once, then after about 2, 4 and 8 seconds. Only for what is harmless to repeat: an error that
 * says that a message may have been delivered ends it.
 * @throws What the last attempt threw, or the first error that will not pass; the signal's reason
 */
export async function retry<T>(work: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { attempts = 4, delayMs = 2000, random = Math.random, clock = systemClock, signal } = options;
  const { isTransient = mayRepeat, onFailure = () => undefined } = options;
  if (!(Number.isInteger(attempts) && attempts >= 1))
    throw new ValidationError("attempts: expected a whole number from 1.");
  if (!(typeof delayMs === "number" && delayMs >= 0))
    throw new ValidationError("delayMs: expected a number of ms from 0.");
  signal?.throwIfAborted();
  return retrying(work, {
    delaysMs: Array.from({ length: attempts - 1 }, (_, index) => backoffMs(index + 1, { delayMs, random })),
    isTransient,
    onFailure,
    clock,
    ...(signal ? { signal } : {}),
  });
}

/** Tells whether something that failed with this error may be done again without asking anybody. */
export function mayRepeat(error: unknown): boolean {
  if (error instanceof PeykError) return error.isTransient && !error.mayHaveDelivered;
  return isTransientError(error);
}

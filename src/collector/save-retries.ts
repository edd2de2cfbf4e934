import type { Clock } from "../lib/clock.ts";
import { retrying } from "../lib/retrying.ts";
import { isTransientError } from "../lib/transient-error.ts";

/** Where a collector reports what nobody asked about. */
export interface CollectorLog {
  debug?(message: string): void;
  info?(message: string): void;
  warn?(message: string): void;
  error(problem: string | Error): void;
}

export interface SaveOptions {
  /** What is saved, for the log. */
  readonly what: string;
  /** Waits before the second, third … attempt, in ms. */
  readonly delaysMs: readonly number[];
  readonly clock: Clock;
  readonly log: CollectorLog;
}

/**
 * Saves something, again where the store was only busy or away; whatever else is wrong fails at once. Every attempt is
 * logged. Saving twice must do no harm.
 */
export async function savedWithRetries<T>(save: () => Promise<T>, options: SaveOptions): Promise<T> {
  const { what, delaysMs, clock, log } = options;
  const saved = await retrying(save, {
    delaysMs,
    clock,
    isTransient: isTransientError,
    onFailure({ error, attempt, of, delayMs }) {
      const why = error instanceof Error ? error.message : String(error);
      const failed = `${what}: attempt ${attempt} of ${of} failed: ${why}`;
      if (delayMs === undefined) log.error(`${failed}; given up`);
      else log.warn?.(`${failed}; again in ${delayMs / 1000} s`);
    },
  });
  log.debug?.(`${what}: saved`);
  return saved;
}

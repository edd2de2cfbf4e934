import type { Clock } from "../lib/clock.ts";
import { isTransientError } from "../lib/transient-error.ts";

/** Where a collector reports what nobody asked about. */
export interface CollectorLog {
  debug?(message: string): void;
  info?(message: string): void;
  warn?(message: string): void;
  error(message: string): void;
}

export interface SaveOptions {
  /** What is saved, for the log. */
  readonly what: string;
  /** Waits before the second, third … attempt, in ms; their number is that of the repetitions. */
  readonly delaysMs: readonly number[];
  readonly clock: Clock;
  readonly log: CollectorLog;
}

/** Waits between attempts to save unless settings say otherwise, in ms (requirement F1). */
export const SAVE_DELAYS_MS: readonly number[] = [100, 200, 400];

/**
 * Saves something, again where the store was only busy or away; whatever else is wrong fails at once. Every attempt is
 * logged. Saving twice must do no harm.
 */
export async function savedWithRetries<T>(save: () => Promise<T>, options: SaveOptions): Promise<T> {
  const { what, delaysMs, clock, log } = options;
  const of = delaysMs.length + 1;
  for (let attempt = 1; ; attempt++) {
    try {
      const saved = await save();
      log.debug?.(`${what}: saved, attempt ${attempt} of ${of}`);
      return saved;
    } catch (error) {
      const failed = `${what}: attempt ${attempt} of ${of} failed: ${error instanceof Error ? error.message : String(error)}`;
      const delayMs = delaysMs[attempt - 1];
      if (delayMs === undefined || !isTransientError(error)) {
        log.error(`${failed}; given up${delayMs === undefined ? "" : ", it can't pass by itself"}`);
        throw error;
      }
      log.warn?.(`${failed}; again in ${delayMs / 1000} s`);
      await clock.sleep(delayMs);
    }
  }
}

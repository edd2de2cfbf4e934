import { GrammyError, HttpError } from "grammy";
import type { Clock } from "../../lib/clock.ts";

interface Retrying {
  readonly clock: Clock;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** A minute and a half together; each try of an upload may have arrived all the same. */
const MOST_FAILURES = 8;
/** As for other calls, a ban is asked about again after this long, in seconds. */
const LONGEST_BAN_S = 3600;

/**
 * Uploads something, and again where that may help: files are streams, which the fetch beneath can't repeat. A 429 is
 * waited for however often it comes; a broken connection or a 5xx is given up after eight tries.
 * @param upload Begins anew at each call
 * @throws GrammyError, HttpError as Telegram answers at last; the signal's reason when it fires
 */
export async function uploadRetrying<T>(upload: () => Promise<T>, { clock, signal }: Retrying): Promise<T> {
  for (let failures = 0; ;) {
    try {
      return await upload();
    } catch (error) {
      const retryAfter = error instanceof GrammyError ? error.parameters.retry_after : undefined;
      if (retryAfter === undefined) {
        failures += 1;
        if (!isPassing(error) || failures >= MOST_FAILURES) throw error;
      }
      const backoff = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
      const wait = retryAfter === undefined ? backoff : (Math.min(retryAfter, LONGEST_BAN_S) + 1) * 1000;
      await clock.sleep(wait, signal);
    }
  }
}

/** The way to Telegram failed; what was sent may be right. */
export function isPassing(error: unknown): boolean {
  return error instanceof HttpError || (error instanceof GrammyError && error.error_code >= 500);
}

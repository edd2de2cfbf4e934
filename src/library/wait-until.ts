import { ValidationError } from "../domain/errors.ts";
import type { Clock } from "../lib/clock.ts";
import { systemClock } from "../lib/clock.ts";

/**
 * Waits until a moment, as the limiters name it: `await waitUntil(bucket.takeAt(Date.now()))`.
 * @param moment ms since the epoch; one that is past is no wait
 * @throws The signal's reason when it fires
 * @throws {ValidationError} when it is given no moment: to wait for none would be to hold nothing back
 */
export async function waitUntil(
  moment: number,
  signal?: AbortSignal,
  clock: Clock = systemClock,
): Promise<void> {
  signal?.throwIfAborted();
  if (typeof moment !== "number" || Number.isNaN(moment))
    throw new ValidationError("moment: expected ms since the epoch.");
  const left = moment - clock.now();
  if (left > 0) await clock.sleep(left, signal);
}

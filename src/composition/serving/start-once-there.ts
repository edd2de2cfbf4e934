/**
 * Starts a process on a store that others share and that may be away just then, as after a power cut that took all machines
 * at once. It waits as one that runs does, and what a person must look at is thrown at once.
 */
import { waitForStoreMs } from "../../engine/store-away.ts";
import type { Clock } from "../../lib/clock.ts";
import { passingOf } from "../../storage/ports/away.ts";

export interface WaitingParts {
  readonly clock: Clock;
  /** Told once, however often it is tried. */
  readonly onWait: (error: unknown) => void;
}

/**
 * Starts, again and again while the store is away; whatever an attempt had opened it closes itself.
 * @returns undefined when it was told to stop while it waited
 */
export async function startOnceThere<T>(
  start: () => Promise<T>,
  stopped: AbortSignal,
  { clock, onWait }: WaitingParts,
): Promise<T | undefined> {
  for (let tries = 0; tries === 0 || !stopped.aborted; tries++)
    try {
      return await start();
    } catch (error) {
      if (passingOf(error) === undefined) throw error;
      if (tries === 0 && !stopped.aborted) onWait(error);
      await clock.sleep(waitForStoreMs(tries), stopped).catch(() => undefined);
    }
  return undefined;
}

/** Time as an argument: whatever needs to know or wait takes a clock, so tests run in virtual time. */
import { setTimeout as delay } from "node:timers/promises";

export interface Clock {
  /** ms since the epoch */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it fires, also when it already has. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The clock on the wall. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    await delay(ms, undefined, signal ? { signal } : {});
  },
};

/** Time as an argument: whatever needs to know or wait takes a clock, so tests run in virtual time. */

export interface Clock {
  /** ms since the epoch */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it fires, also when it already has. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Timers of Node wrap around beyond this: 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The clock on the wall. A sleep of more than 24 days ends after 24, and none ends early: Node counts whole ms, so its timers
 * may be up to one too soon, and whoever slept until a moment would find that it has not come.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const until = performance.now() + Math.min(ms, LONGEST_TIMER_MS);
      const wake = (): void => {
        const leftMs = until - performance.now();
        if (leftMs > 0) {
          timer = setTimeout(wake, leftMs);
          return;
        }
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      let timer = setTimeout(wake, Math.min(ms, LONGEST_TIMER_MS));
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", stop, { once: true });
    }),
};

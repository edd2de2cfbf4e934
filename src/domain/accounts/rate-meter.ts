/** How long an event counts towards the rate: long enough to be calm, short enough to follow a pause. */
const WINDOW_MS = 30_000;

/** Measures how many events a second there were over the last while. Constant cost and size. */
export class RateMeter {
  /** Events per second of the window, by second modulo its length. */
  readonly #seconds = new Map<number, number>();
  #startedAt: number | undefined;

  /** Counts one event at `at` (ms since the epoch). */
  count(at: number): void {
    this.#startedAt ??= at;
    const second = Math.floor(at / 1000);
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + 1);
    if (this.#seconds.size > WINDOW_MS / 1000 + 1) this.#forget(at);
  }

  /** Events a second over the window that ends now, or over the shorter time since the first one. */
  perSecond(now: number): number {
    this.#forget(now);
    if (this.#startedAt === undefined || this.#seconds.size === 0) return 0;
    const events = [...this.#seconds.values()].reduce((sum, count) => sum + count, 0);
    return events / (Math.min(WINDOW_MS, Math.max(1000, now - this.#startedAt)) / 1000);
  }

  /** Starts over, e.g. after a pause, so that the idle time does not count. */
  reset(): void {
    this.#startedAt = undefined;
    this.#seconds.clear();
  }

  #forget(now: number): void {
    const oldest = Math.floor((now - WINDOW_MS) / 1000);
    for (const second of this.#seconds.keys()) if (second <= oldest) this.#seconds.delete(second);
  }
}

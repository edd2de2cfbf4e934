/** At most so many departures in any stretch of time, bursts included; those who were let go and have not left yet count. */
export interface WindowLimit {
  readonly count: number;
  readonly windowMs: number;
}

export class SlidingWindow {
  readonly #limit: WindowLimit;
  /** Moments of departures that still count, oldest first, ms since the epoch. */
  #left: number[] = [];
  /** Let go and not left yet: each may leave at any moment. */
  #held = 0;

  constructor(limit: WindowLimit) {
    this.#limit = limit;
  }

  /** When the next one may be let go; infinity while that depends on those who are about to leave. */
  readyAt(now: number): number {
    this.#forget(now);
    const { count, windowMs } = this.#limit;
    if (this.#left.length + this.#held < count) return now;
    if (this.#held >= count) return Infinity;
    const holder = this.#left[this.#left.length + this.#held - count] ?? now;
    return holder + windowMs;
  }

  /** One is let go, and must leave or give its place back. */
  hold(): void {
    this.#held++;
  }

  /** One who was let go leaves now. */
  leave(now: number): void {
    this.#held--;
    this.#forget(now);
    this.#left.push(now);
  }

  giveBack(): void {
    this.#held--;
  }

  #forget(now: number): void {
    // A clock that was set back must not make anybody wait for longer than the window.
    if ((this.#left.at(-1) ?? now) > now) this.#left = this.#left.map((at) => Math.min(at, now));
    const gone = this.#left.findIndex((at) => at + this.#limit.windowMs > now);
    this.#left.splice(0, gone === -1 ? this.#left.length : gone);
  }
}

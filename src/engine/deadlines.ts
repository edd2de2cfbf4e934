import type { Clock } from "../lib/clock.ts";

/** How often overdue work is looked for: a deadline is kept to within this, in ms. */
const SWEEP_MS = 1000;

/**
 * Gives each piece of work a signal that fires when its time is over. One sweep watches them all, because a timer for
 * each of tens of thousands of sends a second would cost more than the sends.
 */
export class Deadlines {
  readonly #clock: Clock;
  readonly #open = new Map<AbortController, number>();
  #sweeping = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs the work with a signal that fires `ms` from now, or earlier through {@link abortAll}. */
  async run<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#open.set(controller, this.#clock.now() + ms);
    if (!this.#sweeping) void this.#sweep();
    try {
      return await work(controller.signal);
    } finally {
      this.#open.delete(controller);
    }
  }

  abortAll(why: Error): void {
    for (const controller of this.#open.keys()) controller.abort(why);
  }

  async #sweep(): Promise<void> {
    this.#sweeping = true;
    while (this.#open.size > 0) {
      await this.#clock.sleep(SWEEP_MS);
      const now = this.#clock.now();
      for (const [controller, deadline] of this.#open)
        if (deadline <= now) controller.abort(new Error("no answer in time"));
    }
    this.#sweeping = false;
  }
}

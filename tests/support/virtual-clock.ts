/**
 * Time that stands still until a test moves it. Sleepers wake in order of their moment, then in the order they lay
 * down, and whatever a woken one sets going in memory is done before the next one wakes.
 */
import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../../src/lib/clock.ts";

/** A {@link Clock} whose time a test moves by hand. */
export interface VirtualClock extends Clock {
  /** How many sleepers wait. */
  readonly pending: number;
  /** Moves time on by `ms`, waking everyone due on the way, each at its own moment. */
  advance(ms: number): Promise<void>;
  /** Goes from sleeper to sleeper until none waits. Throws after a hundred thousand of them. */
  runUntilIdle(): Promise<void>;
  /**
   * Goes from sleeper to sleeper until the promise is settled, and answers as it does. While nobody sleeps it waits
   * for real input and output, so a chain with files or sockets in it comes to its end too; one that can never
   * settle hangs until the test's own time limit.
   */
  runUntil<T>(promise: Promise<T>): Promise<T>;
}

/**
 * Creates a clock that stands at `start`.
 * @param start ms since the epoch; by default the first moment of 2026
 */
export function createVirtualClock(start: number = Date.UTC(2026, 0, 1)): VirtualClock {
  return new Sleepers(start);
}

/** Turns of the event loop given to a woken chain; one empties all of its promises, the rest serve loopback sockets. */
const TURNS = 4;
const MOST_WAKES = 100_000;

interface Sleeper {
  readonly at: number;
  wake(): void;
}

class Sleepers implements VirtualClock {
  #now: number;
  /** In the order they will wake. */
  readonly #sleepers: Sleeper[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  get pending(): number {
    return this.#sleepers.length;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#leave(sleeper);
        reject(signal?.reason);
      };
      const wake = (): void => {
        signal?.removeEventListener("abort", abort);
        resolve();
      };
      const sleeper: Sleeper = { at: this.#now + Math.max(0, ms), wake };
      if (signal?.aborted) return reject(signal.reason);
      signal?.addEventListener("abort", abort, { once: true });
      this.#lieDown(sleeper);
    });
  }

  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    while (this.#wakeNext(until)) await settle();
    this.#now = Math.max(this.#now, until);
  }

  async runUntilIdle(): Promise<void> {
    await settle();
    for (let wakes = 0; this.#wakeNext(Infinity); wakes += 1) {
      if (wakes >= MOST_WAKES) throw new Error("the sleepers never come to an end");
      await settle();
    }
  }

  async runUntil<T>(promise: Promise<T>): Promise<T> {
    const progress = { settled: false };
    const note = (): void => void (progress.settled = true);
    promise.then(note, note);
    await settle();
    while (!progress.settled) {
      this.#wakeNext(Infinity);
      await settle();
    }
    return promise;
  }

  #lieDown(sleeper: Sleeper): void {
    const later = this.#sleepers.findIndex((other) => other.at > sleeper.at);
    this.#sleepers.splice(later === -1 ? this.#sleepers.length : later, 0, sleeper);
  }

  #leave(sleeper: Sleeper): void {
    this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1);
  }

  /** Wakes the first sleeper due by `until`; false when there is none. */
  #wakeNext(until: number): boolean {
    const first = this.#sleepers[0];
    if (!first || first.at > until) return false;
    this.#now = Math.max(this.#now, first.at);
    this.#leave(first);
    first.wake();
    return true;
  }
}

async function settle(): Promise<void> {
  for (let count = 0; count < TURNS; count += 1) await turn();
}

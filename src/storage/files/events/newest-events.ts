/** The newest events in memory: all there is where nothing is kept on disk, and what readers who keep up live on. */
import type { EventLog, EventsRead, Numbered } from "../../ports/events.ts";

/** Events kept at least; a reader that lags further behind has a gap, or reads on from disk. */
const KEPT = 10_000;

export class NewestEvents<E> implements EventLog<E> {
  #events: Numbered<E>[] = [];
  /** Events up to this number are not here. */
  #before: number;
  #last: number;
  #waiting: (() => void)[] = [];

  /** @param last Number of the last event there was before */
  constructor(last = 0) {
    this.#last = last;
    this.#before = last;
  }

  /** Events up to this number are not kept here. */
  get before(): number {
    return this.#before;
  }

  async last(): Promise<number> {
    return this.#last;
  }

  async append(event: E): Promise<number> {
    return this.put(event);
  }

  /** As {@link append}, at once. */
  put(event: E): number {
    this.#last += 1;
    this.#events.push({ number: this.#last, event });
    if (this.#events.length >= 2 * KEPT) this.#forget();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
    return this.#last;
  }

  async read(after: number, most: number): Promise<EventsRead<E>> {
    const first = Math.max(0, after - this.#before);
    return { events: this.#events.slice(first, first + most), hasGap: after < this.#before };
  }

  /** Nothing of it outlives the process anyway. */
  async sync(): Promise<void> {}

  wait(after: number, signal: AbortSignal): Promise<void> {
    if (this.#last > after || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener("abort", wake);
        resolve();
      };
      signal.addEventListener("abort", wake);
      this.#waiting.push(wake);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #forget(): void {
    this.#events = this.#events.slice(-KEPT);
    this.#before = this.#last - KEPT;
  }
}

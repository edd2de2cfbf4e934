/**
 * Everybody who is no operator, when their turn comes. Owns the promises that so many of them are in hand at a time, and
 * that while Telegram has more to give it is heard first: whoever says stop behind a storm of newcomers is heard before
 * the storm is handled.
 */
import type { Clock } from "../../lib/clock.ts";
import { Turnstile } from "./turnstile.ts";

/** Enough to share each write to the disk, and so few that listening goes on. */
const AT_A_TIME = 50;
/** A next batch that takes longer, in ms, is not waited for: Telegram is slow, or has no more after all. */
const HEAR_FIRST_MS = 500;

export class Crowd {
  readonly #clock: Pick<Clock, "sleep">;
  readonly #door = new Turnstile(AT_A_TIME);
  #waiting: AbortController | undefined;

  constructor(clock: Pick<Clock, "sleep">) {
    this.#clock = clock;
  }

  /** Does something for one of them when their turn comes; not at all when the door closes before. */
  async handle(task: () => Promise<void>): Promise<void> {
    if (!(await this.#door.enter())) return;
    await task();
    this.#door.leave();
  }

  /** A batch came of which Telegram has more: nobody else is handled until the next one is there. */
  hearFirst(): void {
    this.#waiting?.abort();
    const waiting = new AbortController();
    this.#waiting = waiting;
    this.#door.hold();
    this.#clock.sleep(HEAR_FIRST_MS, waiting.signal).then(
      () => this.goOn(),
      () => undefined,
    );
  }

  /** Nothing more is to be heard first. */
  goOn(): void {
    this.#waiting?.abort();
    this.#door.release();
  }

  /** Turns back whoever waits, and whoever comes. */
  close(): void {
    this.#waiting?.abort();
    this.#door.close();
  }
}

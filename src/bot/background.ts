/** Work that goes on beside the handling of updates. Nothing in it is lost sight of: failures are logged, the end is awaited. */
import type { BotLog } from "./bot-log.ts";
import { problemOf } from "./calls/outgoing-lane.ts";

export class Background {
  readonly #log: BotLog;
  readonly #running = new Set<Promise<void>>();

  constructor(log: BotLog) {
    this.#log = log;
  }

  /** Starts a task and returns at once. */
  start(task: () => Promise<void>): void {
    const running = task()
      .catch((error: unknown) => this.#log.error({ problem: problemOf(error) }, "background work failed"))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when everything that was started has ended. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }
}

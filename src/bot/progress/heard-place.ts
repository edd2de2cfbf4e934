/** How far the events were heard, over restarts. */
import { sayUnlessAway } from "../../app/away.ts";
import type { BotLog } from "../bot-log.ts";
import type { Document } from "../documents.ts";

export interface HeardPlaceParts {
  /** Number of the last event that was heard; 0: none yet. */
  readonly heard: Document<number>;
  readonly log: BotLog;
}

export class HeardPlace {
  readonly #parts: HeardPlaceParts;
  #number: number;

  constructor(parts: HeardPlaceParts) {
    this.#parts = parts;
    this.#number = parts.heard.get();
  }

  /** Behind which event to go on; undefined where none was heard yet. */
  get after(): number | undefined {
    return this.#number === 0 ? undefined : this.#number;
  }

  note(number: number): void {
    this.#number = number;
  }

  /** A restart goes on from there: what it can't keep is told twice, and nothing is lost by it. */
  async keep(): Promise<void> {
    const { heard, log } = this.#parts;
    const number = this.#number;
    if (number === heard.get()) return;
    await heard
      .update(() => number)
      .catch((error: unknown) =>
        sayUnlessAway(error, () => log.error({ error: String(error) }, "what was heard is not kept")),
      );
  }
}

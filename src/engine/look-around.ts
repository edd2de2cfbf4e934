/** Looks now and then at what others did who share the store: a word of theirs may be lost, and so may they. */
import type { Clock } from "../lib/clock.ts";
import { sayUnlessAway } from "../storage/ports/away.ts";

/** How often, in ms: so long nobody notices that a word was lost. */
const EVERY_MS = 15_000;

export interface LookAroundParts {
  readonly clock: Clock;
  readonly engine: { lookAround(): Promise<void> };
  readonly log: { error(message: string): void };
}

export class LookAround {
  readonly #parts: LookAroundParts;
  readonly #stopped = new AbortController();
  #looking: Promise<void> | undefined;

  constructor(parts: LookAroundParts) {
    this.#parts = parts;
  }

  /** Begins to look; once is enough. */
  start(): void {
    this.#looking ??= this.#look();
  }

  async stop(): Promise<void> {
    this.#stopped.abort(new Error("stopped"));
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { clock, engine, log } = this.#parts;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await clock.sleep(EVERY_MS, signal).catch(() => undefined);
      if (signal.aborted) return;
      await engine
        .lookAround()
        .catch((error: unknown) =>
          sayUnlessAway(error, () => log.error(`what others did is not known: ${String(error)}`)),
        );
    }
  }
}

import type { ChannelHealth } from "../../domain/accounts/channel-health.ts";
import type { HealthStore } from "../../storage/ports/accounts.ts";

export interface HealthWriterParts {
  readonly store: HealthStore;
  readonly channel: string;
  readonly health: () => ChannelHealth;
  readonly onProblem: (error: unknown) => void;
}

/**
 * Keeps on disk how a channel's accounts stand. No send waits for it: what a crash loses is at most one more refusal by
 * the platform, never a second message. Changes during a write share the next one.
 */
export class HealthWriter {
  readonly #parts: HealthWriterParts;
  #isStale = false;
  #writing: Promise<void> | undefined;

  constructor(parts: HealthWriterParts) {
    this.#parts = parts;
  }

  changed(): void {
    this.#isStale = true;
    this.#writing ??= this.#write();
  }

  /** Resolves when every change so far is on disk, or was reported as lost. */
  async idle(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    const { store, channel, health, onProblem } = this.#parts;
    await Promise.resolve(); // changes made in one go are one change
    while (this.#isStale) {
      this.#isStale = false;
      await store.save(channel, health()).catch(onProblem);
    }
    this.#writing = undefined;
  }
}

/**
 * Has the channel look up the names that are soon written to, a batch at a time and half a batch before it is needed:
 * platforms charge for each name, so nobody is asked about long before, nobody twice in a run, and nobody who may not be
 * written to. Only ever saves time:
 * a batch that can't be asked about is asked about by `send`, one by one.
 */
import type { Channel } from "../../channels/channel.ts";
import type { Ordinal } from "../../domain/recipient.ts";
import type { Ledger } from "../../storage/ports/ledger.ts";

export interface LookAheadParts {
  /** The campaign has a spend cap. */
  readonly isCapped?: boolean;
  readonly ledger: Pick<Ledger, "firstWritable">;
  readonly channel: Pick<Channel, "manifest" | "lookUp">;
  /** Runs the question with a signal that fires when it takes too long or the sending stops. */
  readonly inTime: (ask: (signal: AbortSignal) => Promise<unknown>) => Promise<unknown>;
  readonly log: { error(message: string): void };
}

export class LookAhead {
  readonly #parts: LookAheadParts;
  /** Names in one question; 0 where the channel does not look up, or takes no batches: one by one saves no time. */
  readonly #batch: number;
  /** Everybody planned before this ordinal was asked about. */
  #from: Ordinal = 0;
  /** Names that were asked about and are still to be written to. */
  readonly #asked = new Set<string>();
  /** So many of them are no one's turn yet. */
  #ahead = 0;
  #asking: Promise<void> | undefined;
  #isThrough = false;
  #hasFailed = false;

  constructor(parts: LookAheadParts) {
    this.#parts = parts;
    const { looksUp, lookUpBatch = 0 } = parts.channel.manifest;
    // Under a spend cap nothing is paid for before its turn.
    this.#batch = looksUp && !parts.isCapped ? lookUpBatch : 0;
  }

  /** It asks about names at all. */
  get isAsking(): boolean {
    return this.#batch > 0;
  }

  /** Takes one place among those asked about and resolves when it is filled; undefined when there is no need to wait. */
  take(): Promise<void> | undefined {
    if (this.#batch === 0) return undefined;
    this.#askInTime();
    if (this.#ahead <= 0 && this.#asking) return this.#wait();
    this.#ahead--;
    return undefined;
  }

  /** With the place that was taken these were claimed or passed over, whether asked about or not. */
  used(usernames: readonly string[]): void {
    const count = usernames.filter((name) => this.#asked.delete(name)).length;
    this.#ahead = Math.max(0, this.#ahead + 1 - count);
  }

  async #wait(): Promise<void> {
    while (this.#ahead <= 0 && this.#asking) {
      await this.#asking;
      this.#askInTime();
    }
    this.#ahead--;
  }

  #askInTime(): void {
    if (!this.#isThrough && this.#ahead < this.#batch / 2) this.#asking ??= this.#askNext();
  }

  async #askNext(): Promise<void> {
    const { ledger, channel, inTime, log } = this.#parts;
    let names: readonly string[] = [];
    try {
      const next = await ledger.firstWritable(this.#batch, this.#from);
      names = next.map(({ username }) => username);
      this.#from = (next.at(-1)?.ordinal ?? this.#from) + 1;
      if (names.length > 0) await inTime(async (signal) => channel.lookUp?.(names, signal));
    } catch (error) {
      if (!this.#hasFailed) log.error(`names could not be looked up beforehand: ${String(error)}`);
      this.#hasFailed = true;
    }
    this.#isThrough = names.length < this.#batch;
    for (const name of names) this.#asked.add(name);
    this.#ahead += names.length;
    this.#asking = undefined;
  }
}

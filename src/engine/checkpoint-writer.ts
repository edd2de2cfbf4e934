import type { Clock } from "../lib/clock.ts";
import type { Ledger } from "../storage/ports/ledger.ts";

/** The snapshot is for people and other programs: half a minute old is new enough while a campaign runs. */
const EVERY_MS = 30_000;

/** At most this share of the time goes into rewriting snapshots, however long the list is. */
const SHARE_OF_TIME = 0.02;

/** Rewrites a campaign's checkpoint now and then, never twice at once, and only when there is something new. */
export class CheckpointWriter {
  readonly #ledger: Pick<Ledger, "counts" | "saveCheckpoint">;
  readonly #clock: Clock;
  readonly #saved: (names: number) => void;
  #writing: Promise<void> | undefined;
  #sentThen = -1;
  #nextAt: number;

  constructor(
    ledger: Pick<Ledger, "counts" | "saveCheckpoint">,
    clock: Clock,
    saved: (names: number) => void,
  ) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#saved = saved;
    this.#nextAt = clock.now() + EVERY_MS;
  }

  /** Saves in the background when it is time. Fails never: the journal has everything, and the next one may succeed. */
  saveIfDue(): void {
    if (this.#writing || this.#clock.now() < this.#nextAt) return;
    this.save().catch(() => undefined);
  }

  /** Saves now unless nothing changed; resolves when the snapshot is on disk. */
  async save(): Promise<void> {
    while (this.#writing) await this.#writing.catch(() => undefined);
    this.#writing = this.#writeIfNew().finally(() => (this.#writing = undefined));
    await this.#writing;
  }

  async #writeIfNew(): Promise<void> {
    const startedAt = this.#clock.now();
    const { sent } = await this.#ledger.counts();
    if (sent === this.#sentThen) return;
    const names = await this.#ledger.saveCheckpoint();
    this.#sentThen = sent;
    const tookMs = this.#clock.now() - startedAt;
    this.#nextAt = this.#clock.now() + Math.max(EVERY_MS, tookMs / SHARE_OF_TIME);
    this.#saved(names);
  }
}

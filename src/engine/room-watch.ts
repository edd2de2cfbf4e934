/** Looks whether a disk that was full has room again, and lets go on what stopped for it. */
import type { CampaignId } from "../domain/campaign.ts";
import type { Clock } from "../lib/clock.ts";
import type { FullDisk } from "../lib/files/full-disk.ts";

/** How often it is looked, in ms. */
const EVERY_MS = 10_000;

export interface RoomWatchParts {
  readonly disk: FullDisk;
  readonly clock: Clock;
  readonly hasRoom: () => Promise<boolean>;
  readonly engine: {
    /** Campaigns that stopped because there was no room. */
    shortOfRoom(): Promise<readonly CampaignId[]>;
    goOn(ids: readonly CampaignId[]): Promise<void>;
  };
  readonly log: { error(message: string): void };
}

export class RoomWatch {
  readonly #parts: RoomWatchParts;
  readonly #stopped = new AbortController();
  #watching: Promise<void> | undefined;

  constructor(parts: RoomWatchParts) {
    this.#parts = parts;
  }

  /** Begins to watch; once is enough. */
  start(): void {
    this.#watching ??= this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopped.abort(new Error("stopped"));
    await this.#watching;
  }

  /** Looks once; never fails. */
  async look(): Promise<void> {
    const { disk, engine, hasRoom, log } = this.#parts;
    const waiting = await engine.shortOfRoom();
    if (!disk.isFull && waiting.length === 0) return;
    if (!(await hasRoom())) return;
    if (disk.over()) log.error("There is room on the disk again.");
    await engine.goOn(waiting);
  }

  async #watch(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      await this.#parts.clock.sleep(EVERY_MS, this.#stopped.signal).catch(() => undefined);
      if (!this.#stopped.signal.aborted) await this.look().catch(() => undefined);
    }
  }
}

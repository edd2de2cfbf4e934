/**
 * Keeps the snapshot of one open campaign: at closing, and now and then, so that a kill leaves little to replay. Memory is
 * ahead of the disk by claims only, so for the moment of a snapshot no claim is made: then both tell the same.
 */
import { dirname, join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Budget, UsageImage } from "../../../domain/accounts/budget.ts";
import type { JournalFold } from "../../../domain/journal-fold.ts";
import type { AppendLog } from "../../../lib/log/append-log.ts";
import { positionAt } from "../../../lib/log/log-part.ts";
import { SNAPSHOT_FILE, writeSnapshot } from "./fold-snapshot.ts";

/** How often snapshots are made; tests pass small numbers. */
export interface SnapshotPolicy {
  /** How much a journal grows before there is another one, in bytes, */
  readonly leastBytes: number;
  /** and how many times the size of the last one. */
  readonly timesItsSize: number;
  /** A journal shorter than this needs none at closing either, in bytes. */
  readonly shortBytes: number;
}

/** Eight megabytes are some hundred thousand lines, which take a tenth of a second to replay. */
export const defaultSnapshotPolicy: SnapshotPolicy = {
  leastBytes: 8 << 20,
  timesItsSize: 4,
  shortBytes: 256 << 10,
};

export interface SnapshotsParts {
  readonly fold: JournalFold;
  readonly journal: AppendLog;
  readonly journalPath: string;
  /** What the campaign itself debited to its accounts. */
  readonly use: Budget;
  /** Checkpoints of our own, by checksum; goes on being filled. */
  readonly ours: ReadonlyMap<number, number>;
  readonly policy: SnapshotPolicy;
  /** Up to where the snapshot goes that there is, in bytes; 0 when there is none. */
  readonly covered: number;
  /** Throws when this process may write no more. */
  readonly beforeWrite: () => void;
  readonly toldForGood?: () => Promise<void>;
  /** Told why one could not be written; nothing is lost by it. */
  readonly onProblem: (problem: string) => void;
}

export class Snapshots {
  readonly #parts: SnapshotsParts;
  #covered: number;
  #nextAt: number;
  /** Writes under way of entries that are in memory already, and the one begun last. */
  #ahead = 0;
  #lastAhead: Promise<void> | undefined;
  #writing: Promise<void> | undefined;
  #pause: Promise<void> | undefined;

  constructor(parts: SnapshotsParts) {
    this.#parts = parts;
    this.#covered = parts.covered;
    this.#nextAt = parts.covered + parts.policy.leastBytes;
  }

  /** While it is there nobody may be claimed or passed over; resolves when they may. */
  get pause(): Promise<void> | undefined {
    return this.#pause;
  }

  /** Memory is ahead of the disk until that is written; entries written together come with one promise. */
  ahead(written: Promise<void>): void {
    if (written === this.#lastAhead) return;
    this.#lastAhead = written;
    this.#ahead++;
    const end = (): void => this.#caughtUp();
    written.then(end, end);
  }

  /** Writes the last one; the journal is closed. */
  async close(): Promise<void> {
    await this.#writing;
    const { journal, policy } = this.#parts;
    await nextTurn();
    const { offset } = journal.durable;
    if (journal.isBroken || this.#ahead > 0 || offset === this.#covered || offset < policy.shortBytes) return;
    await this.#write();
  }

  #caughtUp(): void {
    this.#ahead--;
    if (!this.#writing && this.#parts.journal.size >= this.#nextAt)
      this.#writing = this.#writeInPause().finally(() => (this.#writing = undefined));
  }

  async #writeInPause(): Promise<void> {
    const paused: { over?: () => void } = {};
    this.#pause = new Promise((resolve) => (paused.over = resolve));
    const over = (): void => {
      this.#pause = undefined;
      paused.over?.();
    };
    try {
      // What was claimed before is on disk within a sync or two; whoever waits for it hears of it in the same turn.
      do await nextTurn();
      while (this.#ahead > 0);
      if (!this.#parts.journal.isBroken) await this.#write(over);
    } finally {
      over();
    }
  }

  /** @param captured Called once the fold may change again */
  async #write(captured: () => void = () => undefined): Promise<void> {
    const { fold, journal, journalPath, use, ours, policy, beforeWrite, onProblem } = this.#parts;
    try {
      beforeWrite();
      const end = journal.durable;
      const kept = { fold: fold.image(), use: use.image().map(copied), ours: new Map(ours) };
      captured();
      const position = await positionAt(journalPath, end);
      await this.#parts.toldForGood?.();
      const path = join(dirname(journalPath), SNAPSHOT_FILE);
      const bytes = await writeSnapshot(path, journalPath, { ...kept, position }, beforeWrite);
      this.#covered = end.offset;
      this.#nextAt = end.offset + Math.max(policy.leastBytes, bytes * policy.timesItsSize);
    } catch (error) {
      this.#nextAt = journal.size + policy.leastBytes;
      onProblem(error instanceof Error ? error.message : String(error));
    }
  }
}

function copied({ account, calls, messages }: UsageImage): UsageImage {
  const copy = [...calls];
  return { account, calls: copy, messages: messages === calls ? copy : [...messages] };
}

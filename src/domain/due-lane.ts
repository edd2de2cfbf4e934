import type { Ordinal } from "./recipient.ts";
import type { StateTable } from "./state-table.ts";
import { Waiting } from "./waiting.ts";

/** Ordinals from one up to, but without, another. */
interface Range {
  readonly from: Ordinal;
  readonly to: Ordinal;
}

/** Those of a campaign whom the same accounts may write to: who waits for a moment of their own, and the others in their order. */
export class DueLane {
  readonly waiting = new Waiting();
  readonly #states: StateTable;
  readonly #ranges: Range[];
  /** Everyone before this ordinal, which is in this range or behind it, was tried, is waiting or was skipped. */
  #freshFrom = 0;
  #range = 0;

  constructor(states: StateTable, ranges: readonly Range[]) {
    this.#states = states;
    this.#ranges = [...ranges];
  }

  /** Who of them may be claimed at that moment. */
  next(at: number): Ordinal | undefined {
    const waiting = this.waiting.earliest();
    if (waiting && waiting.due <= at) return waiting.ordinal;
    return this.#fresh();
  }

  /** Tells whether any of them is planned, whenever that is due. */
  get isWanted(): boolean {
    return this.next(Infinity) !== undefined;
  }

  /** Somebody was planned who was tried before: they are gone through from the start. */
  beginAnew(): void {
    this.#freshFrom = 0;
    this.#range = 0;
  }

  /** These are of this lane from now on; they come behind all others of it. */
  take(range: Range): void {
    this.#ranges.push(range);
  }

  /** Of the last of its ranges, those from there on are of it only from another place on. */
  leaveOut({ from, to }: Range): void {
    const last = this.#ranges.pop();
    if (last) this.#ranges.push({ ...last, to: from }, { ...last, from: to });
  }

  #fresh(): Ordinal | undefined {
    for (; this.#range < this.#ranges.length; this.#range++) {
      const { from, to } = this.#ranges[this.#range] ?? { from: 0, to: 0 };
      const end = Math.min(to, this.#states.size);
      for (this.#freshFrom = Math.max(this.#freshFrom, from); this.#freshFrom < end; this.#freshFrom++)
        if (this.#states.isFresh(this.#freshFrom)) return this.#freshFrom;
      if (end < to) return undefined; // more of it may join
    }
    return undefined;
  }
}

/**
 * Who of a campaign may be claimed when: first those whose moment has come, then the list in its order. What the journal says
 * of it is kept apart from what only memory knows, that somebody is left out for a while.
 */
import type { Ordinal } from "./recipient.ts";
import type { StateTable } from "./state-table.ts";
import { Waiting } from "./waiting.ts";

export class WhoIsDue {
  readonly #states: StateTable;
  readonly #waiting = new Waiting();
  /** Everyone before this ordinal was tried, is waiting or was skipped. */
  #freshFrom = 0;

  /** @param waiting Who is planned for a moment of their own, and for which */
  constructor(states: StateTable, waiting: Iterable<readonly [Ordinal, number]> = []) {
    this.#states = states;
    for (const [ordinal, due] of waiting) this.#waiting.add(ordinal, due);
  }

  /** Who may be claimed at that moment. */
  next(at: number): Ordinal | undefined {
    const waiting = this.#waiting.earliest();
    if (waiting && waiting.due <= at) return waiting.ordinal;
    while (this.#freshFrom < this.#states.size) {
      if (this.#states.isFresh(this.#freshFrom)) return this.#freshFrom;
      this.#freshFrom++;
    }
    return undefined;
  }

  /** The moment somebody who waits may be claimed. */
  earliest(): number | undefined {
    return this.#waiting.earliest()?.due;
  }

  /** Leaves somebody planned out until a moment; in memory only, so a restart asks anew. */
  postpone(ordinal: Ordinal, due: number): void {
    this.#states.wait(ordinal);
    this.#waiting.postpone(ordinal, due);
  }

  /** How many are left out by {@link postpone}. */
  get postponed(): number {
    return this.#waiting.postponed;
  }

  /** Has everybody who is left out wait no longer than until then. */
  recall(due: number): void {
    this.#waiting.recall(due);
  }

  /** Somebody is planned for that moment. */
  add(ordinal: Ordinal, due: number): void {
    this.#states.wait(ordinal);
    this.#waiting.add(ordinal, due);
  }

  /** Somebody is not planned any more, or for another moment. */
  leave(ordinal: Ordinal): void {
    this.#waiting.leave(ordinal);
  }

  /** Nobody is planned any more. */
  clear(): void {
    this.#waiting.clear();
  }

  /** Somebody was planned who was tried before: the list is gone through from its start. */
  beginAnew(): void {
    this.#freshFrom = 0;
  }

  /** Who waits by the journal, and until when; and who does not although they were left out. */
  byJournal(): ReturnType<Waiting["byJournal"]> {
    return this.#waiting.byJournal();
  }
}

/**
 * Who of a campaign may be claimed when: first those whose moment has come, then the list in its order. What the journal says
 * of it is kept apart from what only memory knows, that somebody is left out for a while. Whom one account alone may write
 * to stand in a lane of their own, so that a claim looks at nobody who is another's.
 */
import { DueLane } from "./due-lane.ts";
import type { Ordinal } from "./recipient.ts";
import type { StateTable } from "./state-table.ts";

/** From which ordinal on, up to the next such place, somebody is in a lane. */
interface Bound {
  readonly from: Ordinal;
  readonly to: Ordinal;
  readonly lane: DueLane;
}

export class WhoIsDue {
  readonly #states: StateTable;
  /** Those whom every account may write to. */
  readonly #common: DueLane;
  readonly #own = new Map<string, DueLane>();
  /** In the order of their ordinals; empty in all campaigns but follow-ups. */
  readonly #bounds: Bound[] = [];

  /** @param waiting Who is planned for a moment of their own, and for which */
  constructor(states: StateTable, waiting: Iterable<readonly [Ordinal, number]> = []) {
    this.#states = states;
    this.#common = new DueLane(states, [{ from: 0, to: Infinity }]);
    for (const [ordinal, due] of waiting) this.#common.waiting.add(ordinal, due);
  }

  /**
   * So many from an ordinal on are written to by one account alone. To be told in the order of the ordinals, before any of
   * these is asked for.
   */
  bind(account: string, from: Ordinal, count: number): void {
    const to = from + count;
    const lane = this.#own.get(account) ?? new DueLane(this.#states, []);
    this.#own.set(account, lane);
    this.#bounds.push({ from, to, lane });
    this.#common.leaveOut({ from, to });
    lane.take({ from, to });
  }

  /** To be called once those are bound who wait already: each waits in their own lane from now on. */
  regroup(): void {
    this.#common.waiting.give((ordinal) => this.#laneOf(ordinal).waiting);
  }

  /** Who may be claimed for an account at that moment; named none, for one that nobody is bound to. */
  next(at: number, account = ""): Ordinal | undefined {
    return this.#own.get(account)?.next(at) ?? this.#common.next(at);
  }

  /** The moment somebody who waits may be claimed for an account. */
  earliest(account = ""): number | undefined {
    const own = this.#own.get(account)?.waiting.earliest()?.due ?? Infinity;
    const due = Math.min(own, this.#common.waiting.earliest()?.due ?? Infinity);
    return due === Infinity ? undefined : due;
  }

  /** Accounts that alone may write to somebody who is planned. */
  get awaited(): readonly string[] {
    return [...this.#own].filter(([, { isWanted }]) => isWanted).map(([account]) => account);
  }

  /** Leaves somebody planned out until a moment; in memory only, so a restart asks anew. */
  postpone(ordinal: Ordinal, due: number): void {
    this.#states.wait(ordinal);
    this.#laneOf(ordinal).waiting.postpone(ordinal, due);
  }

  /** How many whom an account might write to are left out by {@link postpone}. */
  postponed(account = ""): number {
    return this.#common.waiting.postponed + (this.#own.get(account)?.waiting.postponed ?? 0);
  }

  /** Has everybody who is left out wait no longer than until then. */
  recall(due: number): void {
    for (const { waiting } of this.#lanes()) waiting.recall(due);
  }

  /** Somebody is planned for that moment. */
  add(ordinal: Ordinal, due: number): void {
    this.#states.wait(ordinal);
    this.#laneOf(ordinal).waiting.add(ordinal, due);
  }

  /** Somebody is not planned any more, or for another moment. */
  leave(ordinal: Ordinal): void {
    this.#laneOf(ordinal).waiting.leave(ordinal);
  }

  /** Nobody is planned any more. */
  clear(): void {
    for (const { waiting } of this.#lanes()) waiting.clear();
  }

  /** Somebody was planned who was tried before: the list is gone through from its start. */
  beginAnew(): void {
    for (const lane of this.#lanes()) lane.beginAnew();
  }

  /** Who waits by the journal, and until when; and who does not although they were left out. */
  byJournal(): {
    readonly waiting: readonly (readonly [Ordinal, number])[];
    readonly fresh: readonly Ordinal[];
  } {
    const each = this.#lanes().map(({ waiting }) => waiting.byJournal());
    return {
      waiting: each.flatMap(({ waiting }) => [...waiting]),
      fresh: each.flatMap(({ fresh }) => fresh),
    };
  }

  #lanes(): readonly DueLane[] {
    return [this.#common, ...this.#own.values()];
  }

  #laneOf(ordinal: Ordinal): DueLane {
    let low = 0;
    for (let high = this.#bounds.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((this.#bounds[middle]?.from ?? Infinity) <= ordinal) low = middle + 1;
      else high = middle;
    }
    const bound = this.#bounds[low - 1];
    return bound && ordinal < bound.to ? bound.lane : this.#common;
  }
}

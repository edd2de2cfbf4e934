/**
 * Planned recipients who wait for a moment of their own: because the journal says so, or because they were left out for a
 * while, which only memory knows.
 */
import { DueQueue } from "./due-queue.ts";
import type { Ordinal } from "./recipient.ts";

export class Waiting {
  readonly #queue = new DueQueue();
  /** Those who were left out. */
  readonly #postponed = new Set<Ordinal>();
  /** Of them, also after they were recalled, the moment that the journal gives them; undefined: it gives them none. */
  readonly #journaled = new Map<Ordinal, number | undefined>();

  /** Who waits for the earliest moment, and for which. */
  earliest(): { readonly ordinal: Ordinal; readonly due: number } | undefined {
    return this.#queue.earliest();
  }

  /** By the journal somebody waits until then. */
  add(ordinal: Ordinal, due: number): void {
    this.#queue.add(ordinal, due);
  }

  /** Leaves somebody out until then; a restart asks anew. */
  postpone(ordinal: Ordinal, due: number): void {
    if (!this.#journaled.has(ordinal)) this.#journaled.set(ordinal, this.#queue.dueOf(ordinal));
    this.#postponed.add(ordinal);
    this.#queue.add(ordinal, due);
  }

  /** How many are left out. */
  get postponed(): number {
    return this.#postponed.size;
  }

  /** Has everybody who is left out wait no longer than until then. */
  recall(due: number): void {
    for (const ordinal of this.#postponed) this.#queue.add(ordinal, due);
    this.#postponed.clear();
  }

  /** Somebody waits no more. */
  leave(ordinal: Ordinal): void {
    this.#queue.leave(ordinal);
    this.#postponed.delete(ordinal);
    this.#journaled.delete(ordinal);
  }

  /** Each who waits by the journal waits there from now on; nobody is left out yet. */
  give(to: (ordinal: Ordinal) => Waiting): void {
    for (const [ordinal, due] of this.#queue.all()) {
      const place = to(ordinal);
      if (place === this) continue;
      this.leave(ordinal);
      place.add(ordinal, due);
    }
  }

  /** Nobody waits any more. */
  clear(): void {
    this.#queue.clear();
    this.#postponed.clear();
    this.#journaled.clear();
  }

  /** Who waits by the journal, and until when; and who does not although they were left out. */
  byJournal(): { readonly waiting: ReadonlyMap<Ordinal, number>; readonly fresh: readonly Ordinal[] } {
    const waiting = new Map(this.#queue.all());
    const fresh: Ordinal[] = [];
    for (const [ordinal, due] of this.#journaled) {
      if (due !== undefined) waiting.set(ordinal, due);
      else if (waiting.delete(ordinal)) fresh.push(ordinal);
    }
    return { waiting, fresh };
  }
}

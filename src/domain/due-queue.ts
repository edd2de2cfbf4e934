import type { Ordinal } from "./recipient.ts";

/**
 * Recipients waiting for a moment, earliest first: a binary heap, so a million of them cost no more than a few. Each
 * waits for one moment only, the last one given; who leaves is dropped from the heap when their turn would come.
 */
export class DueQueue {
  readonly #heap: { readonly due: number; readonly ordinal: Ordinal }[] = [];
  /** The moment each of them waits for. */
  readonly #dueOf = new Map<Ordinal, number>();

  add(ordinal: Ordinal, due: number): void {
    const heap = this.#heap;
    this.#dueOf.set(ordinal, due);
    heap.push({ due, ordinal });
    let child = heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#isBefore(child, parent)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  /** Who waits for the earliest moment, and for which. */
  earliest(): { readonly ordinal: Ordinal; readonly due: number } | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (!first || this.#dueOf.get(first.ordinal) === first.due) return first;
      this.#drop();
    }
  }

  /** The moment somebody waits for; undefined when they don't. */
  dueOf(ordinal: Ordinal): number | undefined {
    return this.#dueOf.get(ordinal);
  }

  /** Everybody who waits, with the moment. */
  all(): Iterable<readonly [Ordinal, number]> {
    return this.#dueOf;
  }

  /** Somebody waits no more. */
  leave(ordinal: Ordinal): void {
    this.#dueOf.delete(ordinal);
  }

  clear(): void {
    this.#heap.length = 0;
    this.#dueOf.clear();
  }

  #drop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink();
  }

  #sink(): void {
    const size = this.#heap.length;
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      if (left >= size) return;
      const right = left + 1;
      const child = right < size && this.#isBefore(right, left) ? right : left;
      if (!this.#isBefore(child, parent)) return;
      this.#swap(child, parent);
      parent = child;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (!a || !b) return false;
    return a.due < b.due || (a.due === b.due && a.ordinal < b.ordinal);
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (!a || !b) return;
    this.#heap[one] = b;
    this.#heap[other] = a;
  }
}

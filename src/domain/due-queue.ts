import type { Ordinal } from "./recipient.ts";

/** Recipients waiting for a moment, earliest first: a binary heap, so a million of them cost no more than a few. */
export class DueQueue {
  readonly #heap: { readonly due: number; readonly ordinal: Ordinal }[] = [];

  add(ordinal: Ordinal, due: number): void {
    const heap = this.#heap;
    heap.push({ due, ordinal });
    let child = heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#isBefore(child, parent)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  /** The earliest moment anyone waits for. */
  earliest(): number | undefined {
    return this.#heap[0]?.due;
  }

  /** Takes out the recipient who waited for the earliest moment. */
  take(): Ordinal | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return undefined;
    if (heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return first.ordinal;
  }

  clear(): void {
    this.#heap.length = 0;
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

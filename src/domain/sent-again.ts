import type { Ordinal } from "./recipient.ts";

/** Whom the operator sends to again although they may have got it; those claimed since may have got two. */
export class SentAgain {
  readonly #claimed = new Map<Ordinal, boolean>();

  constructor(image: readonly (readonly [Ordinal, boolean])[] = []) {
    for (const [ordinal, isClaimed] of image) this.#claimed.set(ordinal, isClaimed);
  }

  /** Each with whether they were claimed since. */
  image(): readonly (readonly [Ordinal, boolean])[] {
    return [...this.#claimed];
  }

  has(ordinal: Ordinal): boolean {
    return this.#claimed.has(ordinal);
  }

  /** How many were claimed since. */
  get count(): number {
    return [...this.#claimed.values()].filter(Boolean).length;
  }

  decided(ordinal: Ordinal): void {
    if (!this.#claimed.has(ordinal)) this.#claimed.set(ordinal, false);
  }

  claimed(ordinal: Ordinal): void {
    if (this.#claimed.has(ordinal)) this.#claimed.set(ordinal, true);
  }
}

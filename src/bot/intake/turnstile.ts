/** A door through which only so many may be at a time; the others wait in the order they came. */
export class Turnstile {
  readonly #most: number;
  #inside = 0;
  #isClosed = false;
  readonly #waiting = new Set<(isAdmitted: boolean) => void>();

  /** @param most How many may be inside at a time */
  constructor(most: number) {
    this.#most = most;
  }

  /** Waits for a place, which {@link leave} gives back; false when the door closes first. */
  async enter(): Promise<boolean> {
    if (this.#isClosed) return false;
    if (this.#inside >= this.#most) return new Promise((resolve) => this.#waiting.add(resolve));
    this.#inside += 1;
    return true;
  }

  /** Gives a place to whoever has waited longest. */
  leave(): void {
    const [first] = this.#waiting;
    if (first === undefined) this.#inside -= 1;
    else this.#answer(first, true);
  }

  /** Turns back whoever waits, and whoever comes. */
  close(): void {
    this.#isClosed = true;
    for (const one of this.#waiting) this.#answer(one, false);
  }

  #answer(one: (isAdmitted: boolean) => void, isAdmitted: boolean): void {
    this.#waiting.delete(one);
    one(isAdmitted);
  }
}

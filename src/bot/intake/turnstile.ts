/** A door through which only so many may be at a time; the others wait in the order they came. */
export class Turnstile {
  readonly #most: number;
  #inside = 0;
  #isClosed = false;
  #isHeld = false;
  readonly #waiting = new Set<(isAdmitted: boolean) => void>();

  /** @param most How many may be inside at a time */
  constructor(most: number) {
    this.#most = most;
  }

  /** Waits for a place, which {@link leave} gives back; false when the door closes first. */
  async enter(): Promise<boolean> {
    if (this.#isClosed) return false;
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      this.#admit();
    });
  }

  /** Gives a place to whoever has waited longest. */
  leave(): void {
    this.#inside -= 1;
    this.#admit();
  }

  /** Lets nobody in until {@link release}; whoever is inside may leave. */
  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.#admit();
  }

  /** Turns back whoever waits, and whoever comes. */
  close(): void {
    this.#isClosed = true;
    for (const one of this.#waiting) one(false);
    this.#waiting.clear();
  }

  #admit(): void {
    for (const one of this.#waiting) {
      if (this.#isHeld || this.#inside >= this.#most) return;
      this.#waiting.delete(one);
      this.#inside += 1;
      one(true);
    }
  }
}

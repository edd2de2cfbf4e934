/** A number of places for what waits; whoever finds none is turned away at once instead of queued. */
export class Slots {
  readonly #most: number;
  #taken = 0;

  /** @param most Places there are */
  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a place, which the answer gives back; undefined when there is none left. */
  take(): (() => void) | undefined {
    if (this.#taken >= this.#most) return undefined;
    this.#taken += 1;
    let isTaken = true;
    return () => {
      if (isTaken) this.#taken -= 1;
      isTaken = false;
    };
  }
}

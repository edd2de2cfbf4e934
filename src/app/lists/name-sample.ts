/** Some names of a list in its order, none twice: all of them where there are few. */
export interface ShownNames {
  readonly first: readonly string[];
  readonly middle: readonly string[];
  readonly last: readonly string[];
}

/** How many of each part are shown. */
const SHOWN = 5;
/** How many are held to choose those of the middle from. */
const HELD = 64;

/** Gathers some names of a list of any length while it goes by, and looks at no clock and no dice for it. */
export class NameSample {
  readonly #first: string[] = [];
  /** The latest five, in a ring. */
  readonly #last: string[] = [];
  /** Every name at a multiple of `#step`, counted from the first five on. */
  #held: { readonly at: number; readonly name: string }[] = [];
  #step = 1;
  #count = 0;

  add(name: string): void {
    const at = this.#count++ - SHOWN;
    if (at < 0) this.#first.push(name);
    else {
      this.#last[at % SHOWN] = name;
      if (at % this.#step === 0) this.#hold(at, name);
    }
  }

  /** The names to show of what went by. */
  shown(): ShownNames {
    const between = this.#held.filter(({ at }) => at < this.#count - 2 * SHOWN);
    const middle = Array.from({ length: Math.min(SHOWN, between.length) }, (_, index) => {
      const part = between.length / Math.min(SHOWN, between.length);
      return between[Math.floor((index + 0.5) * part)]?.name ?? "";
    });
    const oldest = this.#count % SHOWN;
    const last =
      this.#last.length < SHOWN ? this.#last : this.#last.slice(oldest).concat(this.#last.slice(0, oldest));
    return { first: [...this.#first], middle, last: [...last] };
  }

  #hold(at: number, name: string): void {
    this.#held.push({ at, name });
    if (this.#held.length < HELD) return;
    this.#step *= 2;
    this.#held = this.#held.filter((one) => one.at % this.#step === 0);
  }
}

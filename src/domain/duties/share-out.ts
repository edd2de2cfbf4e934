/**
 * How duties are shared out among the processes that are willing. Each works it out for itself from what all of them see,
 * comes to the same, and does its own part of it: nobody is asked, and nobody has to lead.
 */

/** Who is there and who holds what, at one moment. */
export interface DutyBoard {
  /** Those that live. */
  readonly workers: readonly DutyWorker[];
  readonly duties: readonly {
    readonly duty: string;
    /** Absent: it is free. */
    readonly holder?: string;
  }[];
}

export interface DutyWorker {
  readonly id: string;
  /** The duties that it is willing to do. */
  readonly willing: ReadonlySet<string>;
  /** It does only what nobody else is willing to: it came for something else, and soon goes. */
  readonly standsBy?: boolean;
}

/** A duty that changes hands: it is taken where it was free, else handed on first. */
export interface DutyMove {
  readonly duty: string;
  readonly from?: string;
  readonly to: string;
}

/**
 * Gives what is free to those that hold least, then moves duties from those that hold more to those that hold fewer, as
 * long as each move makes it more even. Who stands by has nothing that another would do. Duties of a process that is gone
 * stay until they are free.
 */
export function shareOut(board: DutyBoard): readonly DutyMove[] {
  const shares = new Shares(board.workers);
  const duties = board.duties.toSorted(byName);
  for (const { duty, holder } of duties) if (holder !== undefined) shares.give(duty, holder);
  for (const { duty, holder } of duties) if (holder === undefined) shares.give(duty, shares.leastOf(duty));
  while (shares.evenOut(duties));
  return duties.flatMap(({ duty, holder: from }) => {
    const to = shares.holderOf(duty);
    if (to === undefined || to === from) return [];
    return [from === undefined ? { duty, to } : { duty, from, to }];
  });
}

/** Who would hold what, and how much each has by that. */
class Shares {
  readonly #workers: ReadonlyMap<string, DutyWorker>;
  readonly #holders = new Map<string, string>();
  readonly #loads = new Map<string, number>();

  constructor(workers: readonly DutyWorker[]) {
    this.#workers = new Map(workers.map((one) => [one.id, one]));
  }

  holderOf(duty: string): string | undefined {
    return this.#holders.get(duty);
  }

  give(duty: string, to: string | undefined): void {
    if (to === undefined) return;
    const from = this.#holders.get(duty);
    if (from !== undefined) this.#loads.set(from, this.#loadOf(from) - 1);
    this.#loads.set(to, this.#loadOf(to) + 1);
    this.#holders.set(duty, to);
  }

  /** Of those that are willing, who has least; who stands by comes last. */
  leastOf(duty: string): string | undefined {
    return [...this.#workers.values()]
      .filter(({ willing }) => willing.has(duty))
      .map(({ id }) => id)
      .toSorted(
        (a, b) => this.#rankOf(a) - this.#rankOf(b) || this.#loadOf(a) - this.#loadOf(b) || (a < b ? -1 : 1),
      )[0];
  }

  /** Makes the move by which most is gained; false: there is none. */
  evenOut(duties: readonly { readonly duty: string }[]): boolean {
    const [best] = duties
      .map(({ duty }) => ({ duty, to: this.leastOf(duty), gain: this.#gainOf(duty) }))
      .toSorted((a, b) => b.gain - a.gain);
    if (!best || best.gain < LEAST_GAIN) return false;
    this.give(best.duty, best.to);
    return true;
  }

  #gainOf(duty: string): number {
    const [from, to] = [this.#holders.get(duty), this.leastOf(duty)];
    if (from === undefined || to === undefined || !this.#workers.has(from)) return 0;
    if (this.#rankOf(from) > this.#rankOf(to)) return Number.MAX_SAFE_INTEGER;
    return this.#loadOf(from) - this.#loadOf(to);
  }

  #loadOf(id: string): number {
    return this.#loads.get(id) ?? 0;
  }

  #rankOf(id: string): number {
    return this.#workers.get(id)?.standsBy ? 1 : 0;
  }
}

/** How many more one must have than another for a move between them to make it more even. */
const LEAST_GAIN = 2;

const byName = (a: { readonly duty: string }, b: { readonly duty: string }): number =>
  a.duty < b.duty ? -1 : 1;

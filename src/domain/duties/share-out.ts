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
  /** Those of them that it does only where nobody else would, for it is not fit to do them well. */
  readonly atNeed?: ReadonlySet<string>;
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
 * long as each move makes it more even. Duties of a kind weigh alike and other kinds do not, so each kind is made even
 * first, and all of them together only as far as that leaves every kind as even. Who stands by has nothing that another
 * would do, and who does a duty at need alone has it only where nobody else would. Duties of a process that is gone stay until they are free.
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

/** Who would hold what, and how much each has by that: of each kind, and in all. */
class Shares {
  readonly #workers: ReadonlyMap<string, DutyWorker>;
  readonly #holders = new Map<string, string>();
  readonly #loads = new Map<string, Load>();

  constructor(workers: readonly DutyWorker[]) {
    this.#workers = new Map(workers.map((one) => [one.id, one]));
  }

  holderOf(duty: string): string | undefined {
    return this.#holders.get(duty);
  }

  give(duty: string, to: string | undefined): void {
    if (to === undefined) return;
    const from = this.#holders.get(duty);
    if (from !== undefined) this.#loadOf(from).add(duty, -1);
    this.#loadOf(to).add(duty, 1);
    this.#holders.set(duty, to);
  }

  /** Of those that are willing, who has least of its kind, then in all; who stands by or does it at need comes last. */
  leastOf(duty: string): string | undefined {
    return [...this.#workers.values()]
      .filter(({ willing }) => willing.has(duty))
      .map(({ id }) => id)
      .toSorted((a, b) => inOrder(this.#weightsOf(a, duty), this.#weightsOf(b, duty)) || (a < b ? -1 : 1))[0];
  }

  /** Makes the move by which most is gained; false: there is none. */
  evenOut(duties: readonly { readonly duty: string }[]): boolean {
    const [best] = duties
      .map(({ duty }) => ({ duty, to: this.leastOf(duty), gain: this.#gainOf(duty) }))
      .toSorted((a, b) => inOrder(b.gain, a.gain));
    if (!best?.gain.some((gained) => gained > 0)) return false;
    this.give(best.duty, best.to);
    return true;
  }

  /** What a move to who has least gains: by who stands by, in its kind, in all. */
  #gainOf(duty: string): Weights {
    const [from, to] = [this.#holders.get(duty), this.leastOf(duty)];
    if (from === undefined || to === undefined || !this.#workers.has(from)) return NOTHING;
    const [has, would] = [this.#weightsOf(from, duty), this.#weightsOf(to, duty)];
    const [rank, ofKind, inAll] = [has[0] - would[0], has[1] - would[1], has[2] - would[2]];
    if (rank > 0) return [rank, 0, 0];
    if (ofKind >= LEAST_GAIN) return [0, ofKind, 0];
    return ofKind > 0 && inAll >= LEAST_GAIN ? [0, 0, inAll] : NOTHING;
  }

  #weightsOf(id: string, duty: string): Weights {
    const load = this.#loadOf(id);
    const { standsBy = false, atNeed } = this.#workers.get(id) ?? {};
    const rank = (atNeed?.has(duty) ? 2 : 0) + (standsBy ? 1 : 0);
    return [rank, load.ofKind(duty), load.inAll];
  }

  #loadOf(id: string): Load {
    const load = this.#loads.get(id) ?? new Load();
    this.#loads.set(id, load);
    return load;
  }
}

/** How many duties one has. */
class Load {
  readonly #kinds = new Map<string, number>();
  inAll = 0;

  ofKind(duty: string): number {
    return this.#kinds.get(kindOf(duty)) ?? 0;
  }

  add(duty: string, count: 1 | -1): void {
    this.#kinds.set(kindOf(duty), this.ofKind(duty) + count);
    this.inAll += count;
  }
}

/** The first part of its name: all accounts are of one kind. */
const kindOf = (duty: string): string => duty.replace(/\/.*/s, "");

/** Whether one comes after others, how much it has of a kind, and in all: what comes first counts for more than all that follows. */
type Weights = readonly [number, number, number];

const NOTHING: Weights = [0, 0, 0];

const inOrder = (a: Weights, b: Weights): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/**
 * How many more one must have than another for a move between them to make it more even. With one more of a kind a move
 * leaves that kind as even as it was.
 */
const LEAST_GAIN = 2;

const byName = (a: { readonly duty: string }, b: { readonly duty: string }): number =>
  a.duty < b.duty ? -1 : 1;

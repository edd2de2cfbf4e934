/**
 * How duties are shared out among the processes that are willing. Each works it out for itself from what all of them see,
 * comes to the same, and does its own part of it: nobody is asked, and nobody has to lead.
 */

/** Who is there and who holds what, at one moment. */
export interface DutyBoard {
  /** Those that live, each with the duties that it is willing to do. */
  readonly workers: readonly { readonly id: string; readonly willing: ReadonlySet<string> }[];
  readonly duties: readonly {
    readonly duty: string;
    /** Absent: it is free. */
    readonly holder?: string;
  }[];
}

/** A duty that changes hands: it is taken where it was free, else handed on first. */
export interface DutyMove {
  readonly duty: string;
  readonly from?: string;
  readonly to: string;
}

/**
 * Gives what is free to those that hold least, then moves duties from those that hold more to those that hold fewer, as
 * long as each move makes it more even. Duties of a process that is gone stay until they are free.
 */
export function shareOut({ workers, duties }: DutyBoard): readonly DutyMove[] {
  const load = new Map(workers.map(({ id }) => [id, 0]));
  const loadOf = (id: string): number => load.get(id) ?? 0;
  for (const { holder } of duties) if (holder !== undefined) load.set(holder, loadOf(holder) + 1);

  const leastOf = (duty: string): string | undefined =>
    workers
      .filter(({ willing }) => willing.has(duty))
      .map(({ id }) => id)
      .toSorted((a, b) => loadOf(a) - loadOf(b) || (a < b ? -1 : 1))[0];

  const moves: DutyMove[] = [];
  for (const { duty } of duties.filter(({ holder }) => holder === undefined).toSorted(byName)) {
    const to = leastOf(duty);
    if (to === undefined) continue;
    load.set(to, loadOf(to) + 1);
    moves.push({ duty, to });
  }

  const lives = new Set(workers.map(({ id }) => id));
  const movable = new Map<string, string>();
  for (const { duty, holder } of duties.toSorted(byName))
    if (holder !== undefined && lives.has(holder)) movable.set(duty, holder);
  for (;;) {
    const [best] = [...movable]
      .flatMap(([duty, from]) => {
        const to = leastOf(duty);
        return to === undefined ? [] : [{ duty, from, to, gain: loadOf(from) - loadOf(to) }];
      })
      .toSorted((a, b) => b.gain - a.gain);
    if (!best || best.gain < 2) return moves;
    const { duty, from, to } = best;
    load.set(from, loadOf(from) - 1);
    load.set(to, loadOf(to) + 1);
    movable.delete(duty);
    moves.push({ duty, from, to });
  }
}

const byName = (a: { readonly duty: string }, b: { readonly duty: string }): number =>
  a.duty < b.duty ? -1 : 1;

import type { AttemptCounts, AttemptEnd, Deliveries } from "./attempts.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** ms */
export const SHORTEST_STRETCH = SECOND;

/** Lengths a stretch may have, in ms: each holds the one before it without a rest. Longer ones double. */
const LENGTHS = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
] as const;

/** The next longer stretch. */
export function longerThan(ms: number): number {
  return LENGTHS.find((length) => length > ms) ?? ms * 2;
}

type Image = Omit<Deliveries, "accounts">;

/** Counts over time, in as many stretches as there may be; when time goes beyond the last, they all become longer. */
export class Stretches {
  readonly #most: number;
  #from = 0;
  #ms: number = SECOND;
  #counts: Record<AttemptEnd, number>[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  count(end: AttemptEnd, at: number, by: 1 | -1): void {
    if (this.#counts.length === 0) this.#from = floorTo(at, this.#ms);
    // A clock that was set back counts where it first was.
    const moment = Math.max(at, this.#from);
    while (this.#placeOf(moment) >= this.#most) this.#lengthen();
    const place = this.#placeOf(moment);
    while (this.#counts.length <= place) this.#counts.push(nothing());
    const counts = this.#counts[place];
    if (counts) counts[end] += by;
  }

  forget(end: AttemptEnd): void {
    for (const counts of this.#counts) counts[end] = 0;
  }

  image(): Image {
    const stretches = this.#counts.map((counts) => ({ ...counts }));
    return { from: this.#from, stretchMs: this.#ms, stretches };
  }

  #placeOf(at: number): number {
    return Math.floor((at - this.#from) / this.#ms);
  }

  #lengthen(): void {
    const { from, stretchMs, stretches } = lengthened(this.image());
    this.#from = from;
    this.#ms = stretchMs;
    this.#counts = stretches.map((counts) => ({ ...counts }));
  }
}

/** The same in no more than so many stretches, as long ones as that takes. */
export function inAtMost(most: number, image: Image): Image {
  let fitting = image;
  while (fitting.stretches.length > most) fitting = lengthened(fitting);
  return fitting;
}

function lengthened({ from, stretchMs, stretches }: Image): Image {
  const longer = longerThan(stretchMs);
  const start = floorTo(from, longer);
  const joined: Record<AttemptEnd, number>[] = [];
  for (const [index, counts] of stretches.entries()) {
    const place = Math.floor((from + index * stretchMs - start) / longer);
    while (joined.length <= place) joined.push(nothing());
    const into = joined[place];
    if (into) add(into, counts);
  }
  return { from: start, stretchMs: longer, stretches: joined };
}

function add(into: Record<AttemptEnd, number>, counts: AttemptCounts): void {
  into.sent += counts.sent;
  into.notFound += counts.notFound;
  into.refused += counts.refused;
  into.failed += counts.failed;
  into.uncertain += counts.uncertain;
}

function nothing(): Record<AttemptEnd, number> {
  return { sent: 0, notFound: 0, refused: 0, failed: 0, uncertain: 0 };
}

function floorTo(at: number, ms: number): number {
  return Math.floor(at / ms) * ms;
}

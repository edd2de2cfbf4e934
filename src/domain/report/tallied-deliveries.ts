/** How a campaign's messages went out, made of counts that somebody else took: of a store that can count by itself. */
import type { AttemptEnd, Deliveries } from "./attempts.ts";
import { forEachEnd } from "./attempts.ts";
import { MOST_STRETCHES, mostSentFirst } from "./deliveries.ts";
import { SHORTEST_STRETCH, longerThan } from "./stretches.ts";

/** So many attempts through an account ended so in the stretch that begins then. */
export interface EndedAttempts {
  readonly account: string;
  readonly end: AttemptEnd;
  /** ms since the epoch, a multiple of the stretches' length. */
  readonly from: number;
  readonly count: number;
}

/** How long stretches are that begin at multiples of their length and hold all between two moments, ms. */
export function stretchMsFor(first: number, last: number): number {
  let ms = SHORTEST_STRETCH;
  while (Math.floor(last / ms) - Math.floor(first / ms) >= MOST_STRETCHES) ms = longerThan(ms);
  return ms;
}

/** @param ended In any order */
export function deliveriesOf(stretchMs: number, ended: readonly EndedAttempts[]): Deliveries {
  const moments = ended.map(({ from }) => from);
  const from = moments.length === 0 ? 0 : moments.reduce((a, b) => Math.min(a, b));
  const last = moments.reduce((a, b) => Math.max(a, b), from - stretchMs);
  const stretches = Array.from({ length: (last - from) / stretchMs + 1 }, () => forEachEnd(() => 0));
  const accounts = new Map<string, Record<AttemptEnd, number>>();
  for (const { account, end, from: at, count } of ended) {
    const stretch = stretches[(at - from) / stretchMs];
    if (stretch) stretch[end] += count;
    const counts = accounts.get(account) ?? forEachEnd(() => 0);
    counts[end] += count;
    accounts.set(account, counts);
  }
  return { from, stretchMs, stretches, accounts: mostSentFirst(accounts) };
}

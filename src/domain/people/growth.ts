/** How the subscribers grow: who joined, left or blocked the bot when, and by which link they had come. Names nobody. */
import type { Subscriber, SubscriberState } from "./subscriber.ts";

/** What became of one person's subscription: it began, or how it ended. */
export const growthKinds = ["joined", "left", "blocked", "gone"] as const;
export type GrowthKind = (typeof growthKinds)[number];

export interface SubscriberChange {
  readonly kind: GrowthKind;
  /** ms since the epoch */
  readonly at: number;
  readonly source?: string;
}

const kindOf: Readonly<Record<SubscriberState, GrowthKind>> = {
  active: "joined",
  stopped: "left",
  blocked: "blocked",
  deactivated: "gone",
};

/** What happened between two standings of one person; undefined: nothing that counts. */
export function changeBetween(
  before: Subscriber | undefined,
  after: Subscriber,
): SubscriberChange | undefined {
  const wasActive = before?.state === "active";
  if (wasActive === (after.state === "active")) return undefined;
  const { source, at } = after;
  return { kind: kindOf[after.state], at, ...(source === undefined ? {} : { source }) };
}

export type GrowthCounts = Readonly<Record<GrowthKind, number>>;

export interface GrowthStep extends GrowthCounts {
  /** First moment, ms since the epoch. */
  readonly from: number;
  /** How many were subscribed at its end. */
  readonly standing: number;
}

export interface GrowthSource extends GrowthCounts {
  /** Absent: they came by no link that says. */
  readonly source?: string;
  readonly standing: number;
}

export interface Growth extends GrowthCounts {
  readonly from: number;
  readonly until: number;
  /** Days in a step. */
  readonly stepDays: number;
  /** In order; the first may be shorter. */
  readonly steps: readonly GrowthStep[];
  /** The most people first. */
  readonly sources: readonly GrowthSource[];
  readonly standing: number;
}

export interface GrowthSpan {
  /** First moments of the steps, in order. */
  readonly starts: readonly number[];
  readonly until: number;
  readonly stepDays: number;
}

class Tally {
  readonly counts: Record<GrowthKind, number> = { joined: 0, left: 0, blocked: 0, gone: 0 };
  standing = 0;

  /** @param isWithin Whether it falls in what is told; before that it only moves how many there are */
  take({ kind }: SubscriberChange, isWithin: boolean): void {
    this.standing += kind === "joined" ? 1 : -1;
    if (isWithin) this.counts[kind]++;
  }
}

/** Counts changes that came in any order. */
export function growthIn(
  changes: Iterable<SubscriberChange>,
  { starts, until, stepDays }: GrowthSpan,
): Growth {
  const sorted = [...changes].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at);
  const from = starts[0] ?? until;
  const all = new Tally();
  const bySource = new Map<string | undefined, Tally>();
  const steps: GrowthStep[] = [];
  let next = 0;
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? Infinity;
    const step = new Tally();
    for (; next < sorted.length && (sorted[next]?.at ?? 0) < end; next++) {
      const change = sorted[next];
      if (!change) break;
      const of = bySource.get(change.source) ?? new Tally();
      bySource.set(change.source, of);
      const isWithin = change.at >= from;
      for (const tally of [all, of, step]) tally.take(change, isWithin);
    }
    steps.push({ from: start, ...step.counts, standing: all.standing });
  }
  const sources = [...bySource].map(([source, { counts, standing }]) => ({
    ...(source === undefined ? {} : { source }),
    ...counts,
    standing,
  }));
  return {
    from,
    until,
    stepDays,
    steps,
    sources: sources.toSorted((a, b) => b.standing + b.joined - (a.standing + a.joined)),
    ...all.counts,
    standing: all.standing,
  };
}

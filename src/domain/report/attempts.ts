/** How attempts ended, counted over stretches of time and accounts. */
/** How an attempt may end, in the order in which charts stack it. */
export const attemptEnds = ["sent", "notFound", "refused", "failed", "uncertain"] as const;
export type AttemptEnd = (typeof attemptEnds)[number];
export type AttemptCounts = Readonly<Record<AttemptEnd, number>>;

/** Of whoever was tried and stands in that state now; somebody who is tried again counts where the last attempt ended. */
export interface Deliveries {
  /** Where the first stretch begins, ms since the epoch; 0 while nobody was tried. */
  readonly from: number;
  /** How long each stretch is, ms. */
  readonly stretchMs: number;
  /** One after another without a gap; empty while nobody was tried. */
  readonly stretches: readonly AttemptCounts[];
  /** By account, the one that sent most first. */
  readonly accounts: readonly { readonly name: string; readonly counts: AttemptCounts }[];
}

/** Makes a count for every end. */
export function forEachEnd(countOf: (end: AttemptEnd) => number): Record<AttemptEnd, number> {
  return {
    sent: countOf("sent"),
    notFound: countOf("notFound"),
    refused: countOf("refused"),
    failed: countOf("failed"),
    uncertain: countOf("uncertain"),
  };
}

/** Adds up all ends. */
export function attemptsIn(counts: AttemptCounts): number {
  return attemptEnds.reduce((sum, end) => sum + counts[end], 0);
}

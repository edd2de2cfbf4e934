/**
 * Guard rails: a campaign that people take badly pauses by itself before more of them are annoyed. Pure; the claim asks it.
 *
 * Declined and failed are counted of all whose attempt told something: delivered, declined, failed. Opted out is counted of
 * those it was delivered to. Only what came since somebody last looked counts, so that a resume holds for a while.
 */

export const railRules = ["declined", "failed", "optedOut"] as const;

export type RailRule = (typeof railRules)[number];

/** For each rule the share in per cent, from 1 to 99, above which the campaign pauses; absent: the rule is off. */
export type RailShares = Readonly<Partial<Record<RailRule, number>>>;

export interface GuardRails extends RailShares {
  /** When somebody looked last: what came before counts no more. Absent: all of the campaign counts. */
  readonly looked?: {
    /** Claims of the campaign by then. */
    readonly claims: number;
    /** ms since the epoch */
    readonly at: number;
  };
}

/** Fewer than so many tell nothing yet. */
export const FEWEST = 50;

/** What a new campaign has when nobody says anything about it. */
export const USUAL_RAILS: RailShares = { declined: 30, failed: 20, optedOut: 5 };

/** How many since somebody looked last. */
export interface FaredCounts {
  readonly sent: number;
  readonly refused: number;
  readonly failed: number;
  readonly optedOut: number;
}

/** A rule that does not hold: `count` of `of` people, where at most `share` per cent are all right. */
export interface BrokenRail {
  readonly rule: RailRule;
  readonly count: number;
  readonly of: number;
  readonly share: number;
}

/** So many of the newest who broke a rule are named. */
export const MOST_NEWEST = 5;

/** Tells whether so many of so many are more than that share, in per cent. */
export function beyond(count: number, of: number, share: number): boolean {
  return count * 100 > share * of;
}

const counted = { optedOut: "optedOut", declined: "refused", failed: "failed" } as const;

/** The first rule that does not hold; undefined: all do. */
export function brokenRail(rails: RailShares, fared: FaredCounts): BrokenRail | undefined {
  const { sent, refused, failed } = fared;
  const told = sent + refused + failed;
  for (const rule of railRules) {
    const count = fared[counted[rule]];
    const of = rule === "optedOut" ? sent : told;
    const share = rails[rule];
    if (share !== undefined && of >= FEWEST && beyond(count, of, share)) return { rule, count, of, share };
  }
  return undefined;
}

/** The shares alone. */
export function sharesOf({ declined, failed, optedOut }: RailShares): RailShares {
  return {
    ...(declined === undefined ? {} : { declined }),
    ...(failed === undefined ? {} : { failed }),
    ...(optedOut === undefined ? {} : { optedOut }),
  };
}

/**
 * What stops a campaign until a person has looked: the one rule that the claim asks, in the step that claims, of the
 * campaign as it is set and as its record stands. Whatever is in flight then still settles.
 */
import type { Counts } from "../recipient.ts";
import type { BrokenRail, FaredCounts } from "./guard-rails.ts";
import { brokenRail } from "./guard-rails.ts";
import type { Restored } from "../restored-mark.ts";
import type { CampaignSettings } from "./settings.ts";
import type { Charged, SendPrices } from "./spending.ts";
import { costOf, isSpent } from "./spending.ts";
import { isTriedOut } from "./try-first.ts";

export type Hold =
  /** Nobody else has approved it as it stands; see approval.ts. */
  | { readonly kind: "approval" }
  /** So many have the message or may have it. */
  | { readonly kind: "triedFirst"; readonly upTo: number }
  /** `names`: the newest of them; absent where nobody was asked for them. */
  | ({ readonly kind: "guardRail"; readonly names?: readonly string[] } & BrokenRail)
  /** It was put back from a backup of that moment, ms since the epoch; see restored.ts. */
  | { readonly kind: "restored"; readonly madeAt: number }
  /** One more would cost more than the cap; US dollars. */
  | { readonly kind: "spendCap"; readonly spent: number; readonly cap: number };

/** A campaign's record as the rule sees it. */
export interface Standing {
  readonly counts: Counts;
  /** Since somebody looked last. */
  readonly fared: FaredCounts;
  readonly charged: Charged;
  /** Absent where sending is free. */
  readonly prices?: SendPrices | undefined;
}

/** What of a campaign may hold it. */
export type Held = CampaignSettings & { readonly restored?: Restored };

/** Tells whether anything ever holds a campaign that is set so. */
export function mayBeHeld({ guardRails, spendCap, tryFirst, restored }: Held): boolean {
  return [guardRails, spendCap, tryFirst, restored].some((one) => one !== undefined);
}

/** What holds the campaign; undefined: nothing. */
export function holdOn(settings: Held, standing: Standing): Hold | undefined {
  const { guardRails, spendCap, tryFirst, restored } = settings;
  if (restored) return { kind: "restored", madeAt: restored.madeAt };
  const { counts, fared, charged, prices } = standing;
  const broken = guardRails && brokenRail(guardRails, fared);
  if (broken) return { kind: "guardRail", ...broken };
  if (spendCap !== undefined && prices && isSpent(spendCap, charged, prices))
    return { kind: "spendCap", spent: costOf(charged, prices), cap: spendCap };
  if (tryFirst && isTriedOut(tryFirst, counts)) return { kind: "triedFirst", upTo: tryFirst.upTo };
  return undefined;
}

/** What a person's word makes of a campaign that waited for it. Pure. */
import type { Campaign } from "../campaign.ts";
import type { Counts } from "../recipient.ts";
import { raisedCap } from "./spending.ts";
import { fewMore } from "./try-first.ts";

/** `all`: it goes on with everybody; `more`: with as many, or as much, again, and then it waits once more. */
export type WayOn = "all" | "more";

/** How the campaign stands when the word comes. */
export interface Look {
  readonly counts: Counts;
  /** Claims so far. */
  readonly claims: number;
  /** ms since the epoch */
  readonly at: number;
}

/** The campaign as it goes on; one that waits for nobody's word stays as it is. */
export function afterLook(campaign: Campaign, way: WayOn, { counts, claims, at }: Look): Campaign {
  const { tryFirst, ...others } = campaign;
  const { pause, guardRails, spendCap } = others;
  if (pause?.kind === "triedFirst" && tryFirst)
    return way === "more" ? { ...others, tryFirst: fewMore(tryFirst, counts) } : others;
  if (pause?.kind === "guardRail" && guardRails)
    return { ...campaign, guardRails: { ...guardRails, looked: { claims, at } } };
  // A word on the cap that was reached says nothing of one that was set since.
  if (pause?.kind === "spendCap" && spendCap === pause.cap && way === "more")
    return { ...campaign, spendCap: raisedCap(spendCap) };
  return campaign;
}

import type { CampaignId } from "../../domain/campaign.ts";
import type { Rest } from "../../domain/next-send.ts";
import type { Hold } from "../../domain/settings/holds.ts";

/**
 * What claims told last. A change puts another in its place: what a claim tells that was asked before the change is then
 * noted where nobody reads it.
 */
export interface Told {
  /** By account, when somebody is due whom it may write to; absent: perhaps now, infinity: nobody of them is planned. */
  readonly dueAt: Map<string, number>;
  /** Accounts that somebody planned waits for who is theirs alone; they need not be the campaign's any more. */
  awaited: readonly string[];
  /** When the campaign may send again by itself; 0: now, infinity: not before somebody changes it. */
  opensAt: number;
  /** The campaign that it follows up and that holds it until then. */
  heldBy?: CampaignId | undefined;
  /** Until when accounts have used their limits up, or the campaign its own speed. */
  readonly cappedUntil: Map<string, number>;
  /** Those of them whom the campaign's own speed keeps. */
  readonly paced: Set<string>;
  /** What holds the campaign until a person has looked. */
  hold?: Hold;
}

/** Before any claim. */
export function nothingTold(): Told {
  return { dueAt: new Map(), awaited: [], opensAt: 0, cappedUntil: new Map(), paced: new Set() };
}

/**
 * What it comes to that no account may send. Whoever it follows up may hold it, and where nobody is left but people of
 * accounts that are not the campaign's, those are waited for.
 */
export function restOf(rest: Rest, { awaited, heldBy }: Told): Rest {
  if (rest.cause === "window" && heldBy !== undefined) return { ...rest, cause: "first", by: heldBy };
  const isNobodys = rest.cause === "recipients" && rest.until === Infinity && awaited.length > 0;
  return isNobodys ? { until: Infinity, cause: "account" } : rest;
}

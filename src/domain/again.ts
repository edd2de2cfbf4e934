/**
 * Whom a new campaign that is made of an old one writes to. Pure, by what became of everybody in the old one. "Who did not
 * reply" is no group: answers are read for stop words and kept of nobody, so that it would be a guess.
 */
import type { RecipientState, SkipReason } from "./recipient.ts";

export const againGroups = ["everyone", "failed", "notFound", "uncertain", "neverTried"] as const;

/** `uncertain`: they may have the first message; `neverTried`: still planned, or left when it was cancelled. */
export type AgainGroup = (typeof againGroups)[number];

/** One recipient of the old campaign. */
export interface Formerly {
  readonly state: RecipientState;
  readonly skipReason?: SkipReason;
}

/** Tells whether somebody is in a group. Whoever was skipped for a reason of their own is in "everyone" alone. */
export function isInGroup(group: AgainGroup, { state, skipReason }: Formerly): boolean {
  switch (group) {
    case "everyone":
      return true;
    case "failed":
    case "notFound":
    case "uncertain":
      return state === group;
    case "neverTried":
      return state === "planned" || (state === "skipped" && skipReason === "cancelled");
  }
}

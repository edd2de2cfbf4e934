/**
 * The do-not-send list: who must not be written to, by any campaign and through any channel, and why. Owns the rule by
 * which additions and removals, in the order they were made, become the list that holds now.
 */
import type { SkipReason } from "../recipient.ts";

export const suppressionReasons = ["optedOut", "complaint", "blocked"] as const;

/** The person said stop, the person complained, or the operator will not write to them. */
export type SuppressionReason = (typeof suppressionReasons)[number];

/** The note on whom a damaged line of the list itself was about. */
export const FROM_DAMAGED_LINE = "from a damaged line";

/** Why a name is on the list. */
export interface Suppression {
  /** Normalised, as `parseUsername` has it. */
  readonly username: string;
  readonly reason: SuppressionReason;
  /** In the words of whoever added it. */
  readonly note?: string;
  /** ms since the epoch */
  readonly at: number;
}

/** Why names are put on the do-not-send list. */
export interface SuppressionDetail {
  readonly reason: SuppressionReason;
  readonly note?: string;
  /** ms since the epoch */
  readonly at: number;
}

/** A change to the list. The last one about a name is the one that holds. */
export type SuppressionChange =
  | ({ readonly t: "add" } & Suppression)
  | { readonly t: "remove"; readonly username: string; readonly at: number };

/** What a campaign's report says of somebody on the list. */
export function skipReasonOf(reason: SuppressionReason): SkipReason {
  return reason === "optedOut" ? "optedOut" : "suppressed";
}

/** Takes one change into the list, by name. */
export function applySuppression(list: Map<string, Suppression>, change: SuppressionChange): void {
  if (change.t === "remove") {
    list.delete(change.username);
    return;
  }
  const { t: _, ...suppression } = change;
  list.set(change.username, suppression);
}

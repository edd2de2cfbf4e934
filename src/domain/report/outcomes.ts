/** Where everybody stands in the end, as a report counts it: nobody is called sent whose message is or may be taken back. */
import type { Counts, RecipientState } from "../recipient.ts";

/** `takenBack`: it is, or may be. */
export type OutcomeState = RecipientState | "takenBack";

/** How many have their message still. */
export function stillSent({
  counts,
  amended,
}: {
  readonly counts: Counts;
  readonly amended?: { readonly takenBack: number };
}): number {
  return outcomesOf(counts, amended?.takenBack).sent;
}

/** How many stand where; they add up to the same as the counts. @param takenBack How many messages are or may be taken back */
export function outcomesOf(counts: Counts, takenBack = 0): Readonly<Record<OutcomeState, number>> {
  return { ...counts, sent: counts.sent - takenBack, takenBack };
}

/**
 * Refusals that may be about us, in a row: a few of them pause a campaign rather than burn its list. Where several processes
 * send for it the row is on record with the campaign, for each of them meets only some of it.
 */
import type { StatusChange } from "./campaign-status.ts";
import { pausedFor } from "./campaign-status.ts";
import { goesOn } from "./may-send.ts";
import type { Reason } from "./reasons/reason.ts";
import type { Counts } from "./recipient.ts";

/** So many in a row, and the campaign pauses. */
export const MOST_UNEXPLAINED = 3;

/** For how many people the platform answered what it does with them. */
export function explainedIn({ sent, notFound, refused }: Counts): number {
  return sent + notFound + refused;
}

/** One more of what runs or waits; what runs pauses for it at last. @param after As {@link explainedIn} answers by now */
export function oneMoreUnexplained(after: number, why: Reason): StatusChange {
  return (from) => {
    const { unexplained } = from;
    const count = unexplained?.after === after ? unexplained.count + 1 : 1;
    const paused = count < MOST_UNEXPLAINED ? undefined : pausedFor({ kind: "rejected", why })(from);
    return paused ?? (goesOn(from) ? { ...from, unexplained: { count, after } } : undefined);
  };
}

/** What becomes of claims whose owner is gone. */
import type { Entry, Settlement } from "../../../domain/journal.ts";
import type { JournalFold } from "../../../domain/journal-fold.ts";

/** An ending as of the moment its claim was made. */
export type Interruption = Entry & { readonly r: number } & Settlement;

/**
 * The endings of open claims that nobody will settle any more: whether the message left, nobody knows; of those who still
 * waited for their call it is known that it did not.
 * @param last Id of the last claim that the owner who is gone made; absent: all of them are that one's
 */
export function interruptions(fold: JournalFold, last = Infinity): readonly Interruption[] {
  return fold
    .openIn("claimed")
    .filter(([, { id }]) => id <= last)
    .map(([r, { waits, at }]) => ({ r, at, ...(waits ? notCalled(at) : interrupted) }));
}

const interrupted = { t: "uncertain", why: "interruptedBeforeRecord" } as const;

function notCalled(at: number): Settlement {
  return { t: "planned", due: at, free: true, why: "interruptedBeforeCall", uncalled: true };
}

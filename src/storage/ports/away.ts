/** What passes by itself when a store refuses: whoever asked waits, and goes on. */
import type { Reason } from "../../domain/reasons/reason.ts";
import { reasonOfError } from "../../domain/reasons/of-error.ts";
import { ExternalStoreError } from "./sync.ts";

/**
 * This process was silent for so long that others may have settled its claims for it: it may write no more of them, and
 * goes on under another name, with everything opened anew.
 */
export class OwnerGoneError extends Error {
  override readonly name: string = "OwnerGoneError";
}

/** `away`: the store did not do what was asked, and will once it is back. `ownerGone`: see {@link OwnerGoneError}. */
export type Passing = "away" | "ownerGone";

/** For whoever starts: undefined for what a person must look at. */
export function passingOf(error: unknown): Passing | undefined {
  if (error instanceof OwnerGoneError) return "ownerGone";
  return error instanceof ExternalStoreError && error.isTransient ? "away" : undefined;
}

/**
 * For whoever is at work: a store that lets nobody in any more is away too. Its password was changed, or it is put back from a
 * backup just then; whoever mends that has other things to do than to start every process anew.
 */
export function passingAtWork(error: unknown): Passing | undefined {
  return error instanceof ExternalStoreError && error.isShut ? "away" : passingOf(error);
}

/** Says what could not be done, unless the store is away: that is said once, by whoever watches it. */
export function sayUnlessAway(error: unknown, say: () => void): void {
  if (passingAtWork(error) === undefined) say();
}

/** Why the store did not do what was asked, as people are told. */
export function reasonOfStore(error: unknown): Reason {
  if (error instanceof OwnerGoneError) return "silentTooLong";
  return reasonOfError(error);
}

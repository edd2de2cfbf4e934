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

/** Undefined for what a person must look at. */
export function passingOf(error: unknown): Passing | undefined {
  if (error instanceof OwnerGoneError) return "ownerGone";
  return error instanceof ExternalStoreError && error.isTransient ? "away" : undefined;
}

/** Why the store did not do what was asked, as people are told. */
export function reasonOfStore(error: unknown): Reason {
  if (error instanceof OwnerGoneError) return "silentTooLong";
  return error instanceof ExternalStoreError ? error.reason : reasonOfError(error);
}

import { reasonOfError } from "../domain/reasons/of-error.ts";
import type { Reason } from "../domain/reasons/reason.ts";
import { ExternalStoreError } from "../storage/ports/sync.ts";

/** What went wrong with the copy, for people. */
export function reasonOf(error: unknown): Reason {
  return error instanceof ExternalStoreError ? error.reason : reasonOfError(error);
}

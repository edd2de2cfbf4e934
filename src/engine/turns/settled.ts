import type { Claim, Settlement } from "../../domain/journal.ts";
import type { Reason } from "../../domain/reasons/reason.ts";

/** A claim and how it ended. */
export interface Settled {
  readonly claim: Claim;
  readonly settlement: Settlement;
}

/** A recipient who does not exist or wants no message is an answer, not an error. */
export function isTrouble(settlement: Settlement): settlement is Extract<Settlement, { why: Reason }> {
  return settlement.t === "failed" || settlement.t === "uncertain" || settlement.t === "planned";
}

/** What went wrong last, and with whom; `at` in ms since the epoch. */
export interface LastError {
  readonly username: string;
  readonly why: Reason;
  readonly at: number;
}

import type { AccountWait } from "../domain/campaign.ts";
import type { Claim, Settlement } from "../domain/journal.ts";
import type { Reason } from "../domain/reasons/reason.ts";

/** A claim and how it ended. */
export interface Settled {
  readonly claim: Claim;
  readonly settlement: Settlement;
}

/** Why nothing may be sent before `until` (ms since the epoch; infinity: not by itself). */
export interface Wait {
  readonly until: number;
  /** `answers`: somebody may have said stop, and it is not read yet. */
  readonly cause: "recipients" | "accounts" | "channel" | "answers";
  /** What the channel waits for; of accounts, each says its own. */
  readonly why?: Reason;
  /** The accounts that are waited for. */
  readonly accounts: readonly AccountWait[];
}

/** A recipient who does not exist or wants no message is an answer, not an error. */
export function isTrouble(settlement: Settlement): settlement is Extract<Settlement, { why: Reason }> {
  return settlement.t === "failed" || settlement.t === "uncertain" || settlement.t === "planned";
}

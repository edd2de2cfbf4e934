/**
 * The port to how far what people wrote to each account is read. Whoever reads it writes that down here when all opt-outs in
 * it are on the do-not-send list, and every claim goes by it: nobody is written to again who may have said stop meanwhile.
 * Moments are those of the store, and given as their distance from now; tests/contracts/ holds every implementation to it.
 */
import type { ShutInbox } from "../../domain/people/hearing.ts";
import type { Reason } from "../../domain/reasons/reason.ts";

/** Why an inbox can't be read, and for how long: `forMs` in ms, infinity where somebody must mend the account first. */
export interface Shut {
  readonly forMs: number;
  readonly why: Reason;
}

export interface InboxStore {
  /** A reading that began so many ms ago came to its end: all that was written before it is known. */
  wasRead(channel: string, account: string, beganMsAgo: number): Promise<void>;
  /** It can't be read for now. What was read before stays known. */
  isShut(channel: string, account: string, shut: Shut): Promise<void>;
  /** Of the channel's accounts that can't be read, the one for which it takes longest. */
  shut(channel: string): Promise<ShutInbox | undefined>;
}

import { RateMeter } from "../domain/accounts/rate-meter.ts";
import type { LastError, Settled } from "./turns/settled.ts";
import { isTrouble } from "./turns/settled.ts";

/** What a campaign came to lately: how fast it goes, and what went wrong last. */
export class Lately {
  readonly meter = new RateMeter();
  #lastError: LastError | undefined;

  get lastError(): LastError | undefined {
    return this.#lastError;
  }

  /** @param at ms since the epoch */
  settled({ claim, settlement }: Settled, at: number): void {
    if (settlement.t !== "planned") this.meter.count(at);
    if (isTrouble(settlement))
      this.#lastError = { username: claim.recipient.username, why: settlement.why, at };
  }
}

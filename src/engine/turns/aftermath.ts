/**
 * What an answer means beyond its recipient: for the account, the channel, and the campaign. Told of every answer, in
 * the order they come.
 */
import type { CampaignAccount } from "../../domain/campaign.ts";
import type { Answer } from "../../domain/fault.ts";
import { MOST_UNEXPLAINED } from "../../domain/unexplained.ts";
import type { Limit } from "../../domain/accounts/limits.ts";
import { slowestRate } from "../../domain/accounts/limits.ts";
import type { Consequence } from "../../domain/verdict.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { Clock } from "../../lib/clock.ts";
import type { AccountPool, Permit } from "../accounts/account-pool.ts";
import type { SendingParts } from "./sending-parts.ts";

export interface AftermathParts {
  readonly pool: AccountPool;
  readonly clock: Clock;
  readonly accounts: readonly CampaignAccount[];
  readonly tell: SendingParts["tell"];
  readonly isShared?: SendingParts["isShared"];
  /** All limits of an account. */
  readonly limits: (account: string) => readonly Limit[];
}

export class Aftermath {
  readonly #parts: AftermathParts;
  #unexplained = 0;

  constructor(parts: AftermathParts) {
    this.#parts = parts;
  }

  /** The campaign was started or resumed: what was unexplained before has been looked at. */
  beginsAnew(): void {
    this.#unexplained = 0;
  }

  /** Draws the consequence; answers `halt` when nothing more may be sent for now. */
  follows(permit: Permit, consequence: Consequence, answer: Answer): "goOn" | "halt" {
    const { pool, clock, tell } = this.#parts;
    const { account } = permit;
    const now = clock.now();
    if (answer.kind === "delivered" || answer.kind === "recipient") this.#unexplained = 0;
    if (answer.kind === "withdrawn") {
      pool.didNotAsk(permit, now);
      return "goOn";
    }
    if (consequence.kind === "breakerFailure") {
      pool.failed(permit, now, consequence.why);
      return "goOn";
    }
    pool.answered(permit);
    if (answer.kind === "throttled" && answer.scope !== "recipient") this.#slow(permit, answer.scope, now);
    const wasCalled = answer.kind === "delivered" || (answer.kind !== "throttled" && !answer.uncalled);
    if (answer.kind === "delivered" || (consequence.kind === "none" && wasCalled)) pool.wentWell(permit, now);
    switch (consequence.kind) {
      case "none":
        return "goOn";
      case "unexplained":
        return this.#countUnexplained(consequence.why);
      case "channelRests":
        pool.channelRests(consequence.until, consequence.why);
        return "goOn";
      case "accountRests":
        if (pool.rests(permit, consequence.until, consequence.why))
          tell({ kind: "account", account, consequence });
        return "goOn";
      case "accountLeaves":
        if (pool.leaves(account, consequence.trouble, consequence.why))
          tell({ kind: "account", account, consequence });
        return "goOn";
      case "pauseCampaign":
        tell({ kind: "rejected", why: consequence.why });
        return "halt";
    }
  }

  #countUnexplained(why: Reason): "goOn" | "halt" {
    if (this.#parts.isShared) return "goOn"; // what others meet counts too
    this.#unexplained++;
    if (this.#unexplained < MOST_UNEXPLAINED) return "goOn";
    this.#parts.tell({ kind: "rejected", why });
    return "halt";
  }

  /** Too fast for the account, or for the channel: then for each of our accounts. */
  #slow(permit: Permit, scope: "account" | "channel", now: number): void {
    const { pool, accounts, limits } = this.#parts;
    const names = scope === "account" ? [permit.account] : accounts.map(({ name }) => name);
    for (const account of names.filter((name) => pool.holding.has(name)))
      pool.slows({ ...permit, account }, slowestRate(limits(account)), now);
  }
}

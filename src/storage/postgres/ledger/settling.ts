/**
 * The endings of claims: all that are given at the same moment are one transaction, which tells of them too, durable when it
 * is answered. One that the database refuses keeps back none beside it.
 */
import { settledEvent } from "../../../domain/ending-events.ts";
import type { Claim, Ending } from "../../../domain/journal.ts";
import { settlementAt } from "../../../domain/journal.ts";
import { Groups } from "../../../lib/groups.ts";
import { jsonOf } from "../json.ts";
import { isOfOne } from "../database-error.ts";
import { askedOf, settled } from "./asked.ts";
import { SETTLE } from "./claim-sql.ts";
import type { LedgerParts } from "./ledger-parts.ts";
import { changeOf } from "./sweeping.ts";

/** Ended in one transaction at most. */
const MOST_AT_ONCE = 500;

interface Given {
  readonly claim: Claim;
  readonly ending: Ending;
  readonly isTold: boolean;
}

function ended(): void {}

export class Settling {
  readonly #parts: LedgerParts;
  readonly #groups: Groups<Given, boolean>;
  /** By claim: resolves when the last of its endings is written or refused. */
  readonly #settling = new Map<string, Promise<void>>();

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.#groups = new Groups({ carryOut: (given) => this.#write(given), most: MOST_AT_ONCE, isOfOne });
  }

  /** Of several endings that this process gives a claim at once the first one stands. */
  settle(claim: Claim, ending: Ending, isTold: boolean): Promise<boolean> {
    const before = this.#settling.get(claim.id);
    const given = { claim, ending, isTold };
    const answer = before ? before.then(() => this.#groups.ask(given)) : this.#groups.ask(given);
    const over = answer.then(ended, ended);
    this.#settling.set(claim.id, over);
    void over.then(() => this.#settling.get(claim.id) === over && this.#settling.delete(claim.id));
    return answer;
  }

  /** Resolves when no ending of the claim is under way any more; undefined when none is. */
  underWay(claim: Claim): Promise<void> | undefined {
    return this.#settling.get(claim.id);
  }

  async #write(given: readonly Given[]): Promise<readonly boolean[]> {
    const { database, campaign, owner } = this.#parts;
    const asked = given.map(({ claim, ending, isTold }) => {
      const settlement = settlementAt(ending, 0);
      const event = isTold ? settledEvent({ claim, settlement }, 0) : undefined;
      return { ...askedOf(claim), change: changeOf(settlement), ending, event };
    });
    // In one order by all processes, so that nobody waits in a circle.
    const inOrder = asked.toSorted((a, b) => a.r - b.r);
    const answers = settled((await database.query(SETTLE, [campaign.id, owner, jsonOf(inOrder)])).rows);
    const isSettled = new Map(inOrder.map((one, nth) => [one, answers[nth] === true]));
    return asked.map((one) => isSettled.get(one) === true);
  }
}

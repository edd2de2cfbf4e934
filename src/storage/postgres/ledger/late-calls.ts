/**
 * Calls that leave late. A claim counts in its account's limits from the moment it was made, and its call leaves within the
 * second; but where a process was frozen, or its machine is busy, it may leave many seconds later, beside those that were
 * claimed since, and more would go in a window than it has room for. So a late one counts anew, from now on; where there is no
 * room it must not leave, and is planned again like any other that was held back.
 */
import { limitsOf } from "../../../domain/accounts/limits.ts";
import type { Limit } from "../../../domain/accounts/limits.ts";
import { allFreeAt } from "../../../domain/accounts/window.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import type { Claim } from "../../../domain/journal.ts";
import type { ClaimRequest } from "../../ports/ledger.ts";
import type { Transaction } from "../database.ts";
import { usesSchema } from "./begun.ts";
import { countsOf, fillingAfter } from "./fillings.ts";
import type { Fillings } from "./fillings.ts";
import type { LedgerParts } from "./ledger-parts.ts";
import * as sql from "./rows-sql.ts";

/** A call that leaves later than this after the moment it counts from is late, in ms: what limits allow for on the way. */
export const LATE_MS = 2000;

/** No limit looks back to it, and nobody sends after that. */
const LONG_AGO = 0;
const EVER = Number.MAX_SAFE_INTEGER;

export class LateCalls {
  readonly #parts: LedgerParts;
  /** What each account was last claimed for with. */
  readonly #requests = new Map<string, ClaimRequest>();

  constructor(parts: LedgerParts) {
    this.#parts = parts;
  }

  /** Claims are asked for with these limits from now on. */
  claims(request: ClaimRequest): void {
    this.#requests.set(request.account, request);
  }

  /** Whether an account has limits by which a call can be late. */
  isLimited({ account }: Claim, { pace }: Pick<Campaign, "pace">): boolean {
    const { caps, rates } = this.#requestOf(account);
    return caps.length + rates.length > 0 || pace !== undefined;
  }

  /** Counts it from now on, and answers since when; undefined, and nothing changes, where a limit has no room for it. */
  async countsAnew(claim: Claim, { pace }: Pick<Campaign, "pace">): Promise<number | undefined> {
    const { database, campaign, dayOf } = this.#parts;
    const { account } = claim;
    const { caps, rates } = this.#requestOf(account);
    return database.inTransaction(async (connection) => {
      await connection.query(sql.HOLD_ACCOUNT, [campaign.channel, account]);
      await this.#move(connection, claim, { since: claim.at, until: EVER, to: LONG_AGO });
      const asked = [campaign.channel, account, countsOf(caps), countsOf(rates), campaign.id, pace ?? {}];
      const found = usesSchema.parse((await connection.query(sql.USES, asked)).rows[0]);
      const at = found.now;
      const hasRoom = (moments: Fillings, limits: readonly Limit[]): boolean =>
        allFreeAt(fillingAfter(moments, limits, { more: 0, most: 1, at }), limits, at, dayOf) <= at;
      const mayLeave =
        hasRoom(found.caps, caps) &&
        hasRoom(found.rates, rates) &&
        hasRoom(found.pace, pace ? limitsOf(pace) : []);
      await this.#move(connection, claim, {
        since: LONG_AGO,
        until: LONG_AGO,
        to: mayLeave ? at : claim.at,
      });
      return mayLeave ? at : undefined;
    });
  }

  #requestOf(account: string): Pick<ClaimRequest, "caps" | "rates"> {
    const { caps = [], rates = [] } = this.#requests.get(account) ?? {};
    return { caps: caps.filter(outlastsTheWay), rates: rates.filter(outlastsTheWay) };
  }

  async #move(connection: Transaction, { account, id }: Claim, { since, until, to }: Move): Promise<void> {
    const { channel } = this.#parts.campaign;
    await connection.query(sql.MOVE_USE, [channel, account, id, since, until, to]);
  }
}

/**
 * A limit on so short a time says nothing of calls that may be that long on their way: whoever has one counts them where they
 * leave, in a lane. Asked of late calls it would keep all of them back as soon as the lane is slower than the claims.
 */
function outlastsTheWay(limit: Limit): boolean {
  return limit.kind === "day" || limit.windowMs > LATE_MS;
}

/** From where to where the use of a claim is moved, ms since the epoch. */
interface Move {
  readonly since: number;
  readonly until: number;
  readonly to: number;
}

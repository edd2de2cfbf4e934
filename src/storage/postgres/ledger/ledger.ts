/**
 * The ledger of one campaign in PostgreSQL, open in any number of processes: nothing is kept in memory that the next
 * statement would not ask anew. What each kind of ending does to somebody is handed to the statement from the domain's one
 * table of what can happen; the journal says the same, entry by entry, in the same transaction.
 */
import type { Claim, Ending } from "../../../domain/journal.ts";
import type { Counts, Ordinal } from "../../../domain/recipient.ts";
import { transitionOf } from "../../../domain/transitions.ts";
import type {
  AddedNames,
  ClaimAnswer,
  ClaimRequest,
  Ledger,
  LedgerStanding,
  LimitWait,
  LimitedAccount,
  NewNames,
  ResultRow,
} from "../../ports/ledger.ts";
import { Claiming } from "./claiming.ts";
import * as sql from "./claim-sql.ts";
import { plannedFacts } from "./facts.ts";
import { addNames } from "./joining.ts";
import { Leaving } from "./leaving.ts";
import { LateCalls } from "./late-calls.ts";
import type { LedgerParts } from "./ledger-parts.ts";
import { limitWaits } from "./limit-waits.ts";
import { LeaseLostError } from "./owner.ts";
import { resultRows, storedCampaign, uncertainClaims } from "./rows.ts";
import * as rowsSql from "./rows-sql.ts";
import { Settling } from "./settling.ts";
import type { Tally } from "./tally.ts";
import { TALLY, tallySchema } from "./tally.ts";
import { sweep } from "./sweeping.ts";
import { whyNot } from "./why-not.ts";

/** Recipients changed or looked at in one statement. */
const PIECE = 20_000;
const LOOKED_AT = 500;

/** The ending of a claim whose commit was not answered: nobody called by it. */
const neverCalled: Ending = {
  t: "planned",
  dueInMs: 0,
  free: true,
  why: "interruptedBeforeCall",
  uncalled: true,
};

function ended(): void {}

export class PostgresLedger implements Ledger {
  readonly #parts: LedgerParts;
  readonly #claiming: Claiming;
  readonly #late: LateCalls;
  readonly #leaving: Leaving;
  readonly #settling: Settling;
  /** Resolves when nobody is on their way in by this process. */
  #joining: Promise<void> = Promise.resolve();

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.#settling = new Settling(parts);
    this.#late = new LateCalls(parts);
    this.#leaving = new Leaving(parts, this.#late);
    this.#claiming = new Claiming(parts, (claim) => this.settle(claim, neverCalled, "untold"));
  }

  get campaignId(): string {
    return this.#parts.campaign.id;
  }

  async counts(): Promise<Counts> {
    return (await this.#tally()).counts;
  }

  async standing(): Promise<LedgerStanding> {
    const { counts, claims, charged, sentAgain } = await this.#tally();
    const oldest =
      counts.uncertain > 0 ? await this.#one<{ at: number }>(rowsSql.OLDEST_UNCERTAIN) : undefined;
    return {
      counts,
      sentAgain,
      tally: { claims, charged },
      ...(oldest ? { oldestUncertainAt: oldest.at } : {}),
    };
  }

  async usedToday(): Promise<number> {
    const now = (await this.#one<{ now: number }>(rowsSql.NOW, []))?.now ?? 0;
    const used = await this.#one<{ count: number }>(rowsSql.USED_BY_CAMPAIGN, [
      this.campaignId,
      this.#parts.dayOf(now).start,
    ]);
    return used?.count ?? 0;
  }

  claim(request: ClaimRequest): Promise<ClaimAnswer> {
    this.#late.claims(request);
    return this.#claiming.claim(request);
  }

  limitWaits(accounts: readonly LimitedAccount[]): Promise<readonly LimitWait[]> {
    return limitWaits(this.#parts, accounts);
  }

  async recall(): Promise<void> {
    await this.#parts.database.query(sql.RECALL, [this.campaignId]);
  }

  /** Whoever is being settled at the moment stays: over another connection the question could overtake the ending. */
  async leave(claim: Claim): Promise<boolean> {
    await this.#settling.underWay(claim);
    return this.#leaving.leave(claim);
  }

  async mayRepeat(claim: Claim): Promise<boolean> {
    await this.#settling.underWay(claim);
    return this.#leaving.mayRepeat(claim);
  }

  settle(claim: Claim, ending: Ending, telling: "told" | "untold" = "told"): Promise<boolean> {
    return this.#settling.settle(claim, ending, telling === "told");
  }

  sweep(): Promise<number> {
    return sweep(this.#parts.database, this.campaignId);
  }

  async uncertain(): Promise<readonly Claim[]> {
    return uncertainClaims(this.#parts.database, this.campaignId);
  }

  async pursue(claim: Claim): Promise<boolean> {
    const { owner } = this.#parts;
    const { rows } = await this.#parts.database.query<{ isOwner: boolean; isTaken: boolean }>(
      rowsSql.PURSUE,
      [this.campaignId, claim.recipient.ordinal, claim.id, owner],
    );
    if (rows[0]?.isOwner !== true) throw new LeaseLostError();
    return rows[0].isTaken;
  }

  async pursued(): Promise<number> {
    return (await this.#one<{ count: number }>(rowsSql.PURSUED))?.count ?? 0;
  }

  async giveUp(claim: Claim): Promise<void> {
    const asked = [this.campaignId, claim.recipient.ordinal, claim.id, this.#parts.owner];
    await this.#parts.database.query(rowsSql.GIVE_UP, asked);
  }

  addNames(names: NewNames): Promise<AddedNames> {
    const added = this.#joining.then(() => addNames(this.#parts, names));
    this.#joining = added.then(ended, ended);
    return added;
  }

  async cancelAll(): Promise<void> {
    await this.#joining; // who joined before the cancel is skipped by it
    return this.#moveAll("cancelAll");
  }

  retryAll(): Promise<void> {
    return this.#moveAll("retryAll");
  }

  results(): AsyncIterable<ResultRow> {
    const { database, looking = database } = this.#parts;
    return resultRows(looking, this.campaignId);
  }

  async firstWritable(count: number, from: Ordinal = 0): Promise<readonly ResultRow[]> {
    const { database, campaign } = this.#parts;
    const stored = (await storedCampaign(database, this.campaignId)) ?? campaign;
    const at = (await this.#one<{ now: number }>(rowsSql.NOW, []))?.now ?? 0;
    const asked = { rules: campaign, campaign: stored, revision: campaign.revision ?? 0 };
    const found: ResultRow[] = [];
    for (let next = from; found.length < count;) {
      const planned = await plannedFacts(database, asked, { from: next, most: LOOKED_AT });
      const writable = planned.filter((facts) => whyNot(facts, campaign, at) === undefined);
      for (const { recipient, attempts } of writable.slice(0, count - found.length))
        found.push({ ...recipient, state: "planned", attempts });
      const last = planned.at(-1);
      if (!last) break;
      next = last.recipient.ordinal + 1;
    }
    return found;
  }

  async saveCheckpoint(): Promise<number> {
    return (await this.#one<{ names: number }>(rowsSql.SAVE_CHECKPOINT))?.names ?? 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  async #moveAll(t: "cancelAll" | "retryAll"): Promise<void> {
    const change = JSON.stringify(transitionOf({ t, at: 0 }));
    await this.#parts.database.inTransaction(async (connection) => {
      await connection.query(rowsSql.HOLD_ALONE, [this.campaignId]);
      const { rows } = await connection.query<{ size: number }>(rowsSql.SIZE, [this.campaignId]);
      for (let from = 0; from < (rows[0]?.size ?? 0); from += PIECE)
        await connection.query(sql.MOVE_ALL, [this.campaignId, change, from, from + PIECE]);
      await connection.query(sql.WRITE_DOWN, [this.campaignId, JSON.stringify({ t })]);
    });
  }

  async #tally(): Promise<Tally> {
    return tallySchema.parse((await this.#one<{ tally: unknown }>(TALLY))?.tally);
  }

  async #one<R extends Readonly<Record<string, unknown>>>(
    statement: string,
    values: readonly unknown[] = [this.campaignId],
  ): Promise<R | undefined> {
    return (await this.#parts.database.query<R>(statement, values)).rows[0];
  }
}

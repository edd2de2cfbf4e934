/**
 * The claim: whatever one account is asked for at the same moment is one transaction. The account is held, then the campaign
 * as it is stored says whether it may send, then those who are due are locked and asked about, and for each who asked the
 * next one who may be written to is claimed. The rules are the domain's; here they are asked of what the transaction reads.
 * Nobody is handed a claim before the commit is answered.
 *
 * When that answer is lost, nobody sends: the claims may stand, so whoever asks next for this process ends them first, as
 * such whose call surely never left.
 */
import { lacksApproval } from "../../../domain/approval.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import type { Claim } from "../../../domain/journal.ts";
import type { Closed } from "../../../domain/may-send.ts";
import { Groups } from "../../../lib/groups.ts";
import type { ClaimAnswer, ClaimRequest } from "../../ports/ledger.ts";
import { DatabaseError } from "../database-error.ts";
import type { Queryable, Transaction } from "../database.ts";
import * as sql from "./claim-sql.ts";
import type { Begun } from "./begun.ts";
import { begunSchema } from "./begun.ts";
import { countsOf } from "./fillings.ts";
import { Holds } from "./holds.ts";
import type { LedgerParts } from "./ledger-parts.ts";
import { LeaseLostError } from "./owner.ts";
import { StoredCampaigns, closedBy } from "./stored-campaigns.ts";
import type { FoundRow } from "./facts.ts";
import { dueRows } from "./facts.ts";
import { Taking, asksHeard } from "./taking.ts";

/** Claimed in one transaction at most: it holds the account, and others may wait for it. */
const MOST_AT_ONCE = 250;

/** Of requests for one account, at the same moment. */
type Requests = readonly ClaimRequest[];

export class Claiming {
  readonly #parts: LedgerParts;
  readonly #release: (claim: Claim) => Promise<unknown>;
  readonly #stored = new StoredCampaigns();
  readonly #holds: Holds;
  readonly #groups = new Map<string, Groups<ClaimRequest, ClaimAnswer>>();
  /** Nobody else may claim while this process does: something of the campaign must be counted exactly. */
  #isAlone = false;
  /** Claims that nobody knows to stand or not. */
  #unknown: readonly Claim[] = [];

  /** @param release Ends a claim whose call surely never left; does nothing where it does not stand */
  constructor(parts: LedgerParts, release: (claim: Claim) => Promise<unknown>) {
    this.#parts = parts;
    this.#holds = new Holds(parts);
    this.#release = release;
  }

  claim(request: ClaimRequest): Promise<ClaimAnswer> {
    return this.#groupsOf(request.account).ask(request);
  }

  #groupsOf(account: string): Groups<ClaimRequest, ClaimAnswer> {
    let groups = this.#groups.get(account);
    if (!groups) {
      const carryOut = (requests: Requests): Promise<readonly ClaimAnswer[]> => this.#claimAll(requests);
      groups = new Groups({ carryOut, most: MOST_AT_ONCE, fits: haveSameLimits });
      this.#groups.set(account, groups);
    }
    return groups;
  }

  async #claimAll(requests: Requests): Promise<readonly ClaimAnswer[]> {
    for (const claim of this.#unknown) {
      await this.#release(claim);
      this.#unknown = this.#unknown.filter((one) => one !== claim);
    }
    for (;;) {
      const answers = await this.#tryClaims(requests);
      if (answers) return answers;
    }
  }

  /** Undefined: it is to be asked anew. */
  async #tryClaims(requests: Requests): Promise<readonly ClaimAnswer[] | undefined> {
    const isAlone = this.#isAlone;
    let made: readonly Claim[] = [];
    try {
      return await this.#parts.database.inTransaction(async (connection) => {
        made = [];
        const answers = await this.#claimWithin(connection, requests, isAlone);
        made = answers?.flatMap((answer) => (answer.kind === "claimed" ? [answer.claim] : [])) ?? [];
        return answers;
      });
    } catch (error) {
      if (error instanceof DatabaseError && error.sqlState === sql.OUTDATED) return undefined;
      if (error instanceof DatabaseError && error.mayBeCommitted) this.#unknown = [...this.#unknown, ...made];
      throw error;
    }
  }

  async #claimWithin(
    connection: Transaction,
    requests: Requests,
    isAlone: boolean,
  ): Promise<readonly ClaimAnswer[] | undefined> {
    // Asked in one go: of most claims nothing that the first tells keeps anybody from being looked at.
    const [begun, due] = await Promise.all([
      this.#begin(connection, requests, isAlone),
      this.#firstDue(connection, requests),
    ]);
    if (!begun.isOwner) throw new LeaseLostError();
    const stored = this.#stored.take(begun.campaigns);
    const campaign = stored();
    const why = closedBy(stored, begun.now, this.#parts.windows);
    if (!campaign || why || isOutdated(campaign, this.#parts.campaign)) {
      const answer = closedAnswer(why ?? { why: "notRunning" }, begun.now);
      return requests.map(() => answer);
    }
    if (begun.tally.counts.planned === 0) return requests.map(() => ({ kind: "noneDue" }));
    this.#isAlone = mustBeAlone(campaign);
    if (this.#isAlone && !isAlone) return undefined;
    await this.#holds.ready(connection, campaign, begun);
    return new Taking({
      connection,
      parts: this.#parts,
      holds: this.#holds,
      stored: campaign,
      begun,
      due,
      requests,
    }).take();
  }

  async #begin(connection: Queryable, requests: Requests, isAlone: boolean): Promise<Begun> {
    const { campaign, owner } = this.#parts;
    const [{ account, caps, rates } = { account: "", caps: [], rates: [] }] = requests;
    const counts = [countsOf(caps), countsOf(rates)];
    const asked = [campaign.id, owner, campaign.channel, account, ...counts, requests.length, isAlone];
    const { rows } = await connection.query<{ found: unknown }>(sql.BEGIN_CLAIM, asked);
    return begunSchema.parse(rows[0]?.found);
  }

  /** As many as are asked for, but not more than any limit lets through at once. */
  #firstDue(connection: Queryable, requests: Requests): Promise<readonly FoundRow[]> {
    const [{ account, caps, rates } = { account: "", caps: [], rates: [] }] = requests;
    const most = Math.max(1, Math.min(requests.length, ...countsOf(caps), ...countsOf(rates)));
    const asked = { rules: this.#parts.campaign, account, most, asksHeard: asksHeard(requests) };
    return dueRows(connection, asked);
  }
}

/** What limits an account may change between two requests, by what the platform told. */
function haveSameLimits(first: ClaimRequest, { caps, rates }: ClaimRequest): boolean {
  const isSame = first.caps === caps && first.rates === rates;
  return isSame || JSON.stringify([first.caps, first.rates]) === JSON.stringify([caps, rates]);
}

/** What must be counted exactly, whichever accounts and processes claim at the same moment. */
function mustBeAlone(campaign: Campaign): boolean {
  const { pace, tryFirst, spendCap } = campaign;
  return [pace, tryFirst, spendCap].some((one) => one !== undefined) || lacksApproval(campaign);
}

/** Its text was changed since this process opened it, which sends nothing more before it has opened it anew. */
function isOutdated({ revision = 0 }: Campaign, opened: Campaign): boolean {
  return revision !== (opened.revision ?? 0);
}

function closedAnswer({ why, by, opensAt }: Closed, at: number): ClaimAnswer {
  const held = by === undefined ? {} : { by };
  return { kind: "closed", why, ...held, ...(opensAt === undefined ? {} : { opensInMs: opensAt - at }) };
}

/**
 * The claim in one transaction: the account is held, then the campaign as it is stored says whether it may send, then those
 * who are due are locked and asked about, and the first who may be written to is claimed. The rules are the domain's; here
 * they are asked of what the transaction reads. It counts once the commit is answered.
 *
 * When that answer is lost, nobody sends: the claim may stand, so whoever asks next for this process ends it first, as one
 * whose call surely never left.
 */
import { z } from "zod";
import { limitsOf } from "../../../domain/accounts/limits.ts";
import { allFreeAt } from "../../../domain/accounts/window.ts";
import { lacksApproval } from "../../../domain/approval.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import type { Claim } from "../../../domain/journal.ts";
import type { Closed } from "../../../domain/may-send.ts";
import type { ClaimAnswer, ClaimRequest } from "../../ports/ledger.ts";
import { DatabaseError } from "../database-error.ts";
import type { Queryable } from "../database.ts";
import { countsOf, fillings } from "./fillings.ts";
import { Holds, faredSchema } from "./holds.ts";
import type { LedgerParts } from "./ledger-parts.ts";
import { LeaseLostError } from "./owner.ts";
import * as sql from "./claim-sql.ts";
import { StoredCampaigns, closedBy, foundCampaigns } from "./stored-campaigns.ts";
import { tallySchema } from "./tally.ts";
import { OutdatedError, Taking } from "./taking.ts";

const begunSchema = z.object({
  now: z.number(),
  isOwner: z.boolean(),
  campaigns: foundCampaigns,
  caps: fillings,
  rates: fillings,
  pace: fillings,
  tally: tallySchema,
  fared: faredSchema,
});

type Begun = z.infer<typeof begunSchema>;

export class Claiming {
  readonly #parts: LedgerParts;
  readonly #stored = new StoredCampaigns();
  readonly #holds: Holds;
  /** Nobody else may claim while this process does: something of the campaign must be counted exactly. */
  #isAlone = false;
  /** Claims that nobody knows to stand or not. */
  #unknown: readonly Claim[] = [];

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.#holds = new Holds(parts);
  }

  /** @param release Ends a claim whose call surely never left; does nothing where it does not stand */
  async claim(request: ClaimRequest, release: (claim: Claim) => Promise<unknown>): Promise<ClaimAnswer> {
    for (const claim of this.#unknown) {
      await release(claim);
      this.#unknown = this.#unknown.filter((one) => one !== claim);
    }
    for (;;) {
      const answer = await this.#tryClaim(request);
      if (answer) return answer;
    }
  }

  /** Undefined: it is to be asked anew. */
  async #tryClaim(request: ClaimRequest): Promise<ClaimAnswer | undefined> {
    const isAlone = this.#isAlone;
    let made: Claim | undefined;
    try {
      return await this.#parts.database.inTransaction(async (connection) => {
        made = undefined;
        const answer = await this.#claimWithin(connection, request, isAlone);
        if (answer?.kind === "claimed") made = answer.claim;
        return answer;
      });
    } catch (error) {
      if (error instanceof OutdatedError) return undefined;
      if (made && error instanceof DatabaseError && error.mayBeCommitted)
        this.#unknown = [...this.#unknown, made];
      throw error;
    }
  }

  async #claimWithin(
    connection: Queryable,
    request: ClaimRequest,
    isAlone: boolean,
  ): Promise<ClaimAnswer | undefined> {
    const { campaign: opened, windows, dayOf } = this.#parts;
    const { account, caps, rates } = request;
    const begun = await this.#begin(connection, request, isAlone);
    const at = begun.now;
    const stored = this.#stored.take(begun.campaigns);
    const campaign = stored();
    const why = closedBy(stored, at, windows);
    if (!campaign || why) return closedAnswer(why ?? { why: "notRunning" }, at);
    if (begun.tally.counts.planned === 0) return { kind: "noneDue" };
    this.#isAlone = mustBeAlone(campaign);
    if (this.#isAlone && !isAlone) return undefined;
    const hold = await this.#holds.on(connection, campaign, { ...begun, prices: request.prices });
    if (hold) return { kind: "held", hold };
    const messagesAt = allFreeAt(begun.caps, caps, at, dayOf);
    const accountAt = Math.max(messagesAt, allFreeAt(begun.rates, rates, at, dayOf));
    const paceAt = campaign.pace ? allFreeAt(begun.pace, limitsOf(campaign.pace), at, dayOf) : at;
    const freeInMs = Math.max(accountAt, paceAt) - at;
    if (freeInMs > 0) return { kind: "capped", freeInMs, ...(paceAt > accountAt ? { isPaced: true } : {}) };
    return new Taking({
      connection,
      parts: this.#parts,
      stored: campaign,
      opened,
      request,
      at,
      account,
    }).take();
  }

  async #begin(connection: Queryable, request: ClaimRequest, isAlone: boolean): Promise<Begun> {
    const { campaign, owner } = this.#parts;
    const { account, caps, rates } = request;
    const asked = [campaign.id, owner, campaign.channel, account, countsOf(caps), countsOf(rates), isAlone];
    const { rows } = await connection.query<{ found: unknown }>(sql.BEGIN_CLAIM, asked);
    const begun = begunSchema.parse(rows[0]?.found);
    if (!begun.isOwner) throw new LeaseLostError();
    return begun;
  }
}

/** What must be counted exactly, whichever accounts and processes claim at the same moment. */
function mustBeAlone(campaign: Campaign): boolean {
  const { pace, tryFirst, spendCap } = campaign;
  return [pace, tryFirst, spendCap].some((one) => one !== undefined) || lacksApproval(campaign);
}

function closedAnswer({ why, by, opensAt }: Closed, at: number): ClaimAnswer {
  const held = by === undefined ? {} : { by };
  return { kind: "closed", why, ...held, ...(opensAt === undefined ? {} : { opensInMs: opensAt - at }) };
}

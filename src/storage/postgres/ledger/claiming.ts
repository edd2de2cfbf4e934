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
import { whyHeldByFirst } from "../../../domain/follow-up-hold.ts";
import type { Claim } from "../../../domain/journal.ts";
import { textLanguage } from "../../../domain/languages/spoken.ts";
import { languagesOf } from "../../../domain/languages/text-in.ts";
import type { Closed } from "../../../domain/may-send.ts";
import { whyClosed } from "../../../domain/may-send.ts";
import type { Skip } from "../../../domain/recipient.ts";
import type { Windows } from "../../../domain/when/windows.ts";
import type { ClaimAnswer, ClaimRequest, PassedOver } from "../../ports/ledger.ts";
import { DatabaseError } from "../database-error.ts";
import type { Queryable } from "../database.ts";
import { jsonOf } from "../json.ts";
import type { RecipientFacts } from "./facts.ts";
import { dueFacts } from "./facts.ts";
import { Holds, faredSchema } from "./holds.ts";
import type { LedgerParts } from "./ledger-parts.ts";
import { LeaseLostError } from "./owner.ts";
import * as sql from "./claim-sql.ts";
import type { FindStored } from "./stored-campaigns.ts";
import { StoredCampaigns, foundCampaigns } from "./stored-campaigns.ts";
import { tallySchema } from "./tally.ts";
import { leftOut, whyNot } from "./why-not.ts";

/** Recipients looked at in one claim at most; whoever passes over more comes back at once. */
const MOST_LOOKED_AT = 1000;

/** Recipients asked about at first; more once somebody was passed over. */
const FIRST = 1;
const MORE = 100;

/** Somebody else is just claiming whoever is left: how long until it is seen what came of it, in ms. */
const SEEN_SOON_MS = 100;

/** A moment that no clock reaches: until somebody mends something. */
export const NEVER = Number.MAX_SAFE_INTEGER;

const fillings = z.array(
  z
    .number()
    .nullable()
    .transform((at) => at ?? undefined),
);

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

const waitingSchema = z.object({
  dueAt: z.number().nullable(),
  isFresh: z.boolean(),
  unheard: z.boolean(),
  others: z.array(z.string()),
});

/** A claim whose person turned out to be claimed under another name at the same moment: what was read is not true any more. */
class OutdatedError extends Error {}

/** What keeps a campaign from sending, as it and those that it follows up are stored; undefined: nothing. */
export function closedBy(stored: FindStored, at: number, windows: Windows): Closed | undefined {
  const campaign = stored();
  return whyClosed(campaign, at, windows) ?? whyHeldByFirst(campaign, at, stored);
}

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
    const counts = (limits: ClaimRequest["caps"]): number[] => limits.map(({ count }) => count);
    const { account, caps, rates } = request;
    const asked = [campaign.id, owner, campaign.channel, account, counts(caps), counts(rates), isAlone];
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

interface TakingParts {
  readonly connection: Queryable;
  readonly parts: LedgerParts;
  readonly stored: Campaign;
  readonly opened: Campaign;
  readonly request: ClaimRequest;
  readonly account: string;
  readonly at: number;
}

/** Going through those who are due until somebody is claimed. */
class Taking {
  readonly #its: TakingParts;
  readonly #skipped: PassedOver[] = [];
  readonly #unread = new Set<string>();

  constructor(its: TakingParts) {
    this.#its = its;
  }

  async take(): Promise<ClaimAnswer> {
    let most = FIRST;
    for (let looked = 0; looked < MOST_LOOKED_AT; most = MORE) {
      const due = await this.#due(most);
      if (due.length === 0) return this.#answer(await this.#noneDue());
      looked += due.length;
      const claim = await this.#firstOf(due);
      if (claim) return this.#answer({ kind: "claimed", claim });
    }
    return this.#answer({ kind: "noneDue", dueInMs: 0 });
  }

  #due(most: number): Promise<readonly RecipientFacts[]> {
    const { connection, opened, stored, account, at, request } = this.#its;
    const asked = {
      rules: opened,
      campaign: stored,
      revision: opened.revision ?? 0,
      asksHeard: request.heardWithinMs !== undefined,
    };
    return dueFacts(connection, asked, { account, at, most });
  }

  /** Claims the first of them who may be written to; those before are passed over or left out. */
  async #firstOf(due: readonly RecipientFacts[]): Promise<Claim | undefined> {
    const { opened, at, request, connection } = this.#its;
    const passed: { readonly facts: RecipientFacts; readonly skip: Skip }[] = [];
    let first: RecipientFacts | undefined;
    for (const facts of due) {
      const skip = whyNot(facts, opened, at);
      const { heardWithinMs } = request;
      const out = skip || heardWithinMs === undefined ? undefined : leftOut(facts, at - heardWithinMs, at);
      if (skip) passed.push({ facts, skip });
      else if (out) {
        const until = Math.min(out.until, NEVER);
        await connection.query(sql.LEAVE_OUT, [opened.id, facts.recipient.ordinal, until]);
        for (const account of out.unread) this.#unread.add(account);
      } else {
        first = facts;
        break;
      }
    }
    await this.#passOver(passed);
    return first && this.#claim(first);
  }

  async #passOver(passed: readonly { readonly facts: RecipientFacts; readonly skip: Skip }[]): Promise<void> {
    if (passed.length === 0) return;
    const { connection, opened, at } = this.#its;
    await connection.query(sql.PASS_OVER, [
      opened.id,
      passed.map(({ facts }) => facts.recipient.ordinal),
      passed.map(({ skip }) => skip.reason),
      passed.map(({ skip }) => skip.by ?? null),
      at,
    ]);
    for (const { facts, skip } of passed) {
      const { username } = facts.recipient;
      const { reason, by } = skip;
      const isOther = reason === "otherCampaign" && by !== undefined;
      this.#skipped.push(isOther ? { username, reason, by } : { username, reason });
    }
  }

  async #claim({ recipient, attempts, person }: RecipientFacts): Promise<Claim> {
    const { connection, opened, parts, account, request, at } = this.#its;
    const { id: campaignId, channel, revision = 0, extras } = opened;
    const language = extras?.translations && textLanguage(languagesOf(extras), recipient.variables, person);
    const attempt = attempts + 1;
    const entry = {
      t: "claim",
      r: recipient.ordinal,
      a: account,
      n: attempt,
      p: person.personId,
      v: revision > 0 ? revision : undefined,
      l: language,
      w: request.waits ? true : undefined,
      at,
    };
    const asked = [campaignId, recipient.ordinal, parts.owner, channel, at, jsonOf(entry)];
    const { rows } = await connection.query<{ id: number | null }>(sql.MAKE_CLAIM, asked);
    const id = rows[0]?.id;
    if (typeof id !== "number") throw new OutdatedError();
    const made = {
      id: String(id),
      campaignId,
      recipient,
      account,
      attempt,
      revision,
      at,
      owner: parts.owner,
    };
    return language === undefined ? made : { ...made, language };
  }

  async #noneDue(): Promise<ClaimAnswer> {
    const { connection, opened, account, at } = this.#its;
    const { rows } = await connection.query(sql.WAITING, [opened.id, account]);
    const { dueAt, isFresh, unheard, others } = waitingSchema.parse(rows[0]);
    // Whoever is due and was not found is just being claimed by somebody else.
    const isTaken = isFresh || (dueAt !== null && dueAt <= at);
    const waitsMs = dueAt === null ? undefined : dueAt >= NEVER ? Infinity : dueAt - at;
    const dueInMs = isTaken ? SEEN_SOON_MS : waitsMs;
    return {
      kind: "noneDue",
      ...(dueInMs === undefined ? {} : { dueInMs }),
      ...(unheard ? { unheard: true } : {}),
      ...(others.length > 0 ? { others } : {}),
    };
  }

  #answer(answer: ClaimAnswer): ClaimAnswer {
    return {
      ...answer,
      ...(this.#unread.size > 0 ? { unread: [...this.#unread] } : {}),
      ...(this.#skipped.length > 0 ? { skipped: this.#skipped } : {}),
    };
  }
}

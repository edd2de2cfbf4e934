/**
 * One turn of an account for a campaign: claim, deliver, judge, settle. Promises that whoever is written to was claimed
 * on disk before, and that whatever was claimed is settled, unless this process dies or may record no more.
 */
import type { Answer } from "../../domain/fault.ts";
import type { Claim, Ending, Settlement } from "../../domain/journal.ts";
import { endingOf } from "../../domain/journal.ts";
import { transitionOf } from "../../domain/transitions.ts";
import { settledInOutage, verdict } from "../../domain/verdict.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { Limit } from "../../domain/accounts/limits.ts";
import type { ClaimAnswer, ClaimRequest } from "../../storage/ports/ledger.ts";
import type { Permit } from "../accounts/account-pool.ts";
import type { Aftermath } from "./aftermath.ts";
import type { LookAhead } from "./look-ahead.ts";
import { ratesOf, toldLimits } from "../accounts/rates-of.ts";
import { requestFor } from "./request-for.ts";
import type { Sender } from "./send-once.ts";
import { sendOnce } from "./send-once.ts";
import type { Told } from "./told.ts";
import { whyUnfit } from "./why-unfit.ts";

/** The campaign that a turn is taken for. */
export interface TurnCampaign extends Sender {
  readonly aftermath: Aftermath;
  readonly lookAhead: LookAhead;
  readonly told: Told;
  capsOf(account: string): readonly Limit[];
  /** Takes in what a claim told. @param told As it was before the claim was asked for */
  answered(account: string, answer: ClaimAnswer, told: Told): Claim | undefined;
  /** Somebody is planned again. */
  isDue(at: number): void;
  /** Somebody was settled: what held the campaign may hold it no more. */
  wasSettled(): void;
  halt(): void;
  /** Resolves with what is waited for; rejects when the campaign is closed and what is in flight had its time. */
  whileOpen(wait: Promise<void>): Promise<void>;
  /** Nothing of the turn is under way any more. */
  endTurn(): void;
}

/**
 * Takes the turn; never fails: what can't be recorded halts the campaign's sending and is told. All that it waits for
 * stands in this one function, because at tens of thousands of turns a second each wait within a wait is paid for.
 */
export async function takeTurn(campaign: TurnCampaign, permit: Permit): Promise<void> {
  const { channel, clock, ledger, pool, tell } = campaign.parts;
  const { account } = permit;
  try {
    const looking = campaign.lookAhead.take();
    if (looking) await looking;
    const { told } = campaign;
    const claim =
      campaign.isOn && pool.holding.has(account)
        ? takeIn(campaign, account, told, await ledger.claim(claimFor(campaign, account)))
        : undefined;
    if (!claim) return pool.didNotAsk(permit, clock.now());
    const request = requestFor(claim, campaign.parts);
    const unfit = whyUnfit(request, channel.manifest);
    const limits = toldLimits(channel, account);
    const answer = unfit === undefined ? await sendOnce(campaign, claim, request) : undefined;
    // Whoever waits by what was assumed of this account looks again by what was told.
    if (toldLimits(channel, account) !== limits) pool.gaveBack(account);
    const settlement = answer
      ? judge(campaign, { claim, permit, answer })
      : failsUnsent(campaign, permit, unfit);
    const ending = endingOf(settlement, clock.now());
    const telling = answer?.kind === "withdrawn" ? "untold" : "told";
    let isOurs: boolean;
    // Not a wait within a wait: then somebody who was passed over later would be told of earlier than on record.
    try {
      isOurs = await ledger.settle(claim, ending, telling);
    } catch (error) {
      isOurs = await settledOnceBack(campaign, { claim, ending, telling, error });
    }
    wasSettled(campaign, account, settlement);
    if (answer?.kind === "unexplained") tell({ kind: "unexplained", why: answer.why });
    if (isOurs && telling === "told") tell({ kind: "settled", settled: { claim, settlement } });
  } catch (error) {
    pool.didNotAsk(permit, clock.now());
    campaign.halt();
    tell({ kind: "broken", error });
  } finally {
    campaign.endTurn();
  }
}

function claimFor(campaign: TurnCampaign, account: string): ClaimRequest {
  const { channel, hearing } = campaign.parts;
  const { prices, waitsBeforeCall } = channel.manifest;
  return {
    account,
    caps: campaign.capsOf(account),
    rates: ratesOf(channel, account),
    ...(hearing ? { heardWithinMs: hearing.withinMs() } : undefined),
    ...(prices ? { prices } : undefined),
    ...(waitsBeforeCall ? { waits: true } : undefined),
  };
}

/** What a claim came to, for the campaign. @param told As it was before the claim was asked for */
function takeIn(campaign: TurnCampaign, account: string, told: Told, answer: ClaimAnswer): Claim | undefined {
  const { hearing, tell } = campaign.parts;
  if (answer.unread) hearing?.read(answer.unread);
  if (campaign.lookAhead.isAsking) campaign.lookAhead.used(namesIn(answer));
  for (const passedOver of answer.skipped ?? []) tell({ kind: "skipped", passedOver });
  return campaign.answered(account, answer, told);
}

/** Whom a claim passed over, and whom it claimed. */
function namesIn(answer: ClaimAnswer): readonly string[] {
  const skipped = (answer.skipped ?? []).map(({ username }) => username);
  return answer.kind === "claimed" ? [...skipped, answer.claim.recipient.username] : skipped;
}

/** The channel takes no such message, so it is not asked. */
function failsUnsent(campaign: TurnCampaign, permit: Permit, why: Reason = "unsaid"): Settlement {
  const { clock, pool } = campaign.parts;
  pool.didNotAsk(permit, clock.now());
  return { t: "failed", why };
}

interface Answered {
  readonly claim: Claim;
  readonly permit: Permit;
  readonly answer: Answer;
}

/** What the answer means: for the account, the channel and the campaign at once, for the recipient as the settlement. */
function judge(campaign: TurnCampaign, { claim, permit, answer }: Answered): Settlement {
  const { clock, policy, random, pool } = campaign.parts;
  const now = clock.now();
  const judged = verdict(answer, { attempt: claim.attempt, now, policy, random: random() });
  if (campaign.aftermath.follows(permit, judged.consequence, answer) === "halt") campaign.halt();
  const isOutage = answer.kind === "unavailable" && pool.isOut;
  return isOutage ? settledInOutage(answer, now) : judged.settlement;
}

interface Unsettled {
  readonly claim: Claim;
  readonly ending: Ending;
  readonly telling: "told" | "untold";
  /** Why it could not be recorded. */
  readonly error: unknown;
}

/**
 * Records how a claim ended once the store is back that is away: as long as this process is the claim's owner nobody else
 * settles it, and if it is not any more they have.
 */
async function settledOnceBack(
  campaign: TurnCampaign,
  { claim, ending, telling, error }: Unsettled,
): Promise<boolean> {
  const { ledger, away } = campaign.parts;
  for (let refused = error; ;) {
    if (away?.takes(refused) !== "away") throw refused;
    await campaign.whileOpen(away.back());
    try {
      await ledger.settle(claim, ending, telling);
      return true; // also where it is refused: the first attempt may have been recorded, its answer lost
    } catch (again) {
      refused = again;
    }
  }
}

/** It is on disk: who waits for what it gave back looks again. */
function wasSettled(campaign: TurnCampaign, account: string, settlement: Settlement): void {
  if (settlement.t === "planned") campaign.isDue(settlement.due);
  campaign.wasSettled();
  if (transitionOf(settlement).givesBack) campaign.parts.pool.gaveBack(account);
}

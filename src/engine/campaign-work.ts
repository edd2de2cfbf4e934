/** What works for an open campaign: its sending, and the asking about who is uncertain. Both tell what happens to one. */
import type { Channel } from "../channels/channel.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { Ledger } from "../storage/ports/ledger.ts";
import type { AccountPool } from "./accounts/account-pool.ts";
import type { EngineParts } from "./engine-parts.ts";
import { followAnswers, hearingOf } from "./answers/hearing.ts";
import { mayRepeat } from "./uncertain/may-repeat.ts";
import { messageTexts } from "./turns/message-texts.ts";
import { requestThen } from "./uncertain/request-then.ts";
import { Reconciler } from "./uncertain/reconciler.ts";
import type { Scheduler } from "./turns/scheduler.ts";
import { Sending } from "./turns/sending.ts";
import type { WorkEvent } from "./work-event.ts";

export interface WorkParts {
  readonly engine: EngineParts;
  readonly ledger: Ledger;
  readonly channel: Channel;
  readonly pool: AccountPool;
  readonly scheduler: Scheduler;
  /** As it stands; what is sent is of the campaign as it was opened. */
  readonly campaign: () => Campaign;
  readonly tell: (event: WorkEvent) => void;
}

export interface CampaignWork {
  readonly sending: Sending;
  readonly reconciler: Reconciler;
  /** Ends the listening to what people answer. */
  readonly forget: () => void;
}

export function createCampaignWork(parts: WorkParts): CampaignWork {
  const { engine, ledger, channel, pool, scheduler, tell } = parts;
  const { clock, policy, random, sendTimeoutMs, log } = engine;
  const campaign = parts.campaign();
  const shared = {
    ledger,
    channel,
    texts: messageTexts(campaign, engine),
    clock,
    policy,
    tell,
  };
  const sending = new Sending({
    ...shared,
    hearing: hearingOf(engine.hearing, channel, clock),
    pool,
    scheduler,
    accounts: campaign.accounts,
    isCapped: campaign.spendCap !== undefined,
    priority: () => parts.campaign().priority ?? 0,
    random,
    away: engine.away,
    isShared: engine.duties !== undefined,
    sendTimeoutMs,
    log,
  });
  const reconciler = new Reconciler({
    ...shared,
    holding: pool.holding,
    requestThen: (claim) => requestThen(claim, parts.campaign(), engine),
    mayRepeat: (claim) => mayRepeat(claim, { engine, campaign: parts.campaign(), ledger, channel, pool }),
  });
  const forget = followAnswers({ hearing: engine.hearing, channel, ledger, sending, tell });
  return { sending, reconciler, forget };
}

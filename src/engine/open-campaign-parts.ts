/** What a campaign is opened with. */
import type { Channel } from "../channels/channel.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { Look } from "../domain/settings/after-look.ts";
import type { Ledger, Opening } from "../storage/ports/ledger.ts";
import type { AccountPool } from "./accounts/account-pool.ts";
import type { EngineParts } from "./engine-parts.ts";
import type { Scheduler } from "./turns/scheduler.ts";

export interface OpenCampaignParts {
  readonly engine: EngineParts;
  readonly campaign: Campaign;
  readonly opening: Opening;
  readonly channel: Channel;
  readonly pool: AccountPool;
  readonly scheduler: Scheduler;
}

/** How a campaign stands when a person's word comes. */
export async function lookAt(ledger: Ledger, { clock }: Pick<EngineParts, "clock">): Promise<Look> {
  const { counts, tally } = await ledger.standing();
  return { counts, claims: tally.claims, at: clock.now() };
}

/** What of a campaign its ledger and its work are made of when it is opened, to be compared. */
export function openedFor(campaign: Campaign): string {
  const { message, extras, accounts, revision, notWithinDays, excludes, spendCap } = campaign;
  return JSON.stringify([
    message,
    extras,
    accounts,
    revision,
    notWithinDays,
    excludes,
    spendCap !== undefined,
  ]);
}

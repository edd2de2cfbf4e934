/** What a campaign is opened with. */
import type { Channel } from "../channels/channel.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { Opening } from "../storage/ports/ledger.ts";
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

import type { CampaignId, Campaign } from "../../../domain/campaign.ts";
import { whyHeldByFirst } from "../../../domain/follow-up-hold.ts";
import type { Closed } from "../../../domain/may-send.ts";
import { whyClosed } from "../../../domain/may-send.ts";
import type { Windows } from "../../../domain/when/windows.ts";

interface Parts {
  readonly stored: (id?: CampaignId) => Campaign | undefined;
  readonly windows: Windows;
}

/** What keeps a campaign from sending, as it and those that it follows up are stored; undefined: nothing. */
export function closedNow({ stored, windows }: Parts, at: number): Closed | undefined {
  const campaign = stored();
  return whyClosed(campaign, at, windows) ?? whyHeldByFirst(campaign, at, stored);
}

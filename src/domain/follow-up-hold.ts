/**
 * What holds a campaign by those that it follows up: one that nobody approved as it is, or that somebody paused, cancelled
 * or put back from a backup holds all that follow it. Asked of what is stored in the step that claims, and once more when
 * the call leaves, so it binds at once and ends when that one goes on.
 */
import { lacksApproval } from "./approval.ts";
import type { Campaign, CampaignId } from "./campaign.ts";
import type { Closed } from "./may-send.ts";

/** A campaign that is held asks again after so long, in ms: nobody has to tell it. */
const ASK_AGAIN_MS = 60_000;

export type FindCampaign = (id: CampaignId) => Campaign | undefined;

/** The campaigns whose people this one writes to again, the nearest first. */
export function followedBy({ followsUp }: Campaign, find: FindCampaign): readonly Campaign[] {
  const before = followsUp && find(followsUp.campaignId);
  return before ? [before, ...followedBy(before, find)] : [];
}

/** Nobody of it is followed up any more, by somebody's word. */
export function hasEnded({ status, followUpsCancelled }: Campaign): boolean {
  return status === "cancelled" || followUpsCancelled !== undefined;
}

/** Tells whether those who were sent its message may be followed up now. */
export function letsFollowUp(campaign: Campaign): boolean {
  const { status, pause, restored } = campaign;
  if (hasEnded(campaign) || restored || lacksApproval(campaign)) return false;
  return status === "running" || status === "finished" || (status === "paused" && pause?.kind !== "operator");
}

/** What keeps a follow-up from sending although it runs; undefined: nothing. @param at ms since the epoch */
export function whyHeldByFirst(
  campaign: Campaign | undefined,
  at: number,
  find: FindCampaign,
): Closed | undefined {
  const by = campaign?.followsUp && followedBy(campaign, find).find((one) => !letsFollowUp(one));
  return by && { why: "first", by: by.id, opensAt: at + ASK_AGAIN_MS };
}

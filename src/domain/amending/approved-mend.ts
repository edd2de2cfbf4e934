/** Whether a text may take the place of one that people have, where campaigns are approved. Pure. */
import { lacksApproval } from "../approval.ts";
import type { Campaign, CampaignExtras } from "../campaign.ts";
import type { MendedMessage } from "./amendment.ts";

type Mend = Pick<MendedMessage, "text" | "keepsExtras"> & {
  readonly extras?: Pick<CampaignExtras, "format" | "buttons">;
};

/** Nobody else has seen another text than the campaign's own, as it stands approved: people are given that one or none. */
export function mayMendInto({ text, keepsExtras, extras }: Mend, campaign: Campaign): boolean {
  if (!campaign.approval) return true;
  if (lacksApproval(campaign) || text !== campaign.message) return false;
  return keepsExtras === true || besideText(extras) === besideText(campaign.extras);
}

function besideText({ format, buttons = [] }: Mend["extras"] = {}): string {
  return JSON.stringify([format, buttons.map(({ label, url }) => [label, url])]);
}

import type { MessageExtras } from "../../channels/channel.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";

/** What a campaign sends beside its text, with the attachment where it lies on this disk. */
export function messageExtras(
  { id, extras }: Pick<Campaign, "id" | "extras">,
  campaigns: Pick<CampaignStore, "attachmentPath">,
): MessageExtras | undefined {
  if (!extras) return undefined;
  const { attachment, ...others } = extras;
  if (!attachment) return others;
  const { kind, file, name } = attachment;
  return { ...others, attachment: { kind, name, path: campaigns.attachmentPath(id, file) } };
}

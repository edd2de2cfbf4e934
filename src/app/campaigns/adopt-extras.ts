import type { MessageExtras } from "../../channels/channel.ts";
import type { CampaignExtras, CampaignId } from "../../domain/campaign.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";

/**
 * Takes what a message has beside its text into the campaign's folder, because an upload is thrown away some day. An
 * attachment that the campaign has already is not copied again.
 */
export async function adoptExtras(
  { campaigns }: { readonly campaigns: Pick<CampaignStore, "get" | "adoptAttachment" | "attachmentPath"> },
  id: CampaignId,
  extras: MessageExtras | undefined,
): Promise<CampaignExtras | undefined> {
  if (!extras) return undefined;
  const { attachment, ...others } = extras;
  if (!attachment) return others;
  const { kind, path, name } = attachment;
  const own = (await campaigns.get(id))?.extras?.attachment?.file;
  const isOwn = own !== undefined && campaigns.attachmentPath(id, own) === path;
  const file = isOwn ? own : await campaigns.adoptAttachment(id, path);
  return { ...others, attachment: { kind, name, file } };
}

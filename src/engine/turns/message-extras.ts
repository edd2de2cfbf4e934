import type { MessageExtras } from "../../channels/channel.ts";
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";

type Attachments = Pick<CampaignStore, "attachment">;

/** What a campaign sends beside its text; the attachment is read when it is wanted. */
export function messageExtras(
  { id, extras }: Pick<Campaign, "id" | "extras">,
  campaigns: Attachments,
): MessageExtras | undefined {
  if (!extras) return undefined;
  const { attachment, ...others } = extras;
  if (!attachment) return others;
  const { kind, file, name } = attachment;
  const open = () => attachmentContent(campaigns, id, file);
  return { ...others, attachment: { kind, name, key: `${id}/${file}`, open } };
}

/** Reads an attachment of a campaign. @throws when it is not there */
export async function* attachmentContent(
  campaigns: Attachments,
  id: CampaignId,
  file: string,
): AsyncGenerator<Uint8Array> {
  const stored = await campaigns.attachment(id, file);
  if (!stored) throw new Error(`The campaign ${id} has no ${file}`);
  yield* stored.open();
}

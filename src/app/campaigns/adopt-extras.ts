import type { CampaignExtras, CampaignId } from "../../domain/campaign.ts";
import { filePieces } from "../../lib/files/file-pieces.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { DraftExtras } from "../drafts/draft-extras.ts";

/**
 * Keeps what a message has beside its text with the campaign, because an upload is thrown away some day. An attachment that
 * the campaign has already is not copied again.
 */
export async function adoptExtras(
  { campaigns }: { readonly campaigns: Pick<CampaignStore, "adoptAttachment"> },
  id: CampaignId,
  extras: DraftExtras | undefined,
): Promise<CampaignExtras | undefined> {
  if (!extras) return undefined;
  const { attachment, ...others } = extras;
  if (!attachment) return others;
  const { kind, name, path } = attachment;
  const file = path === undefined ? attachment.file : await campaigns.adoptAttachment(id, filePieces(path));
  return { ...others, attachment: { kind, name, file } };
}

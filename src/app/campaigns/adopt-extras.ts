import type { CampaignExtras, CampaignId } from "../../domain/campaign.ts";
import { filePieces } from "../../lib/files/file-pieces.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { Translation } from "../../domain/languages/text-in.ts";
import type { BesideParts, BesideText, DraftExtras } from "../drafts/draft-extras.ts";

interface AdoptParts extends Pick<BesideParts, "openSent"> {
  readonly campaigns: Pick<CampaignStore, "adoptAttachment">;
}

/**
 * Keeps what a message has beside its text with the campaign, because an upload is thrown away some day. An attachment that
 * the campaign has already is not copied again.
 */
export async function adoptExtras(
  parts: AdoptParts,
  id: CampaignId,
  extras: DraftExtras | undefined,
): Promise<CampaignExtras | undefined> {
  if (!extras) return undefined;
  const { translations, ...main } = extras;
  const own = await adopted(parts, id, main);
  if (!translations) return own;
  const all: Translation<Adopted>[] = [];
  for (const { extras: beside, ...text } of translations)
    all.push({ ...text, ...(beside ? { extras: await adopted(parts, id, beside) } : {}) });
  return { ...own, translations: all };
}

type Adopted = Omit<CampaignExtras, "translations">;

async function adopted(
  { campaigns, openSent = filePieces }: AdoptParts,
  id: CampaignId,
  { attachment, ...others }: BesideText,
): Promise<Adopted> {
  if (!attachment) return others;
  const { kind, name, path } = attachment;
  const file = path === undefined ? attachment.file : await campaigns.adoptAttachment(id, openSent(path));
  return { ...others, attachment: { kind, name, file } };
}

/** What a draft's message has beside its text: an attachment is a file that was sent, or one that the campaign has already. */
import type { MessageExtras } from "../../channels/channel.ts";
import type { CampaignExtras, CampaignId } from "../../domain/campaign.ts";
import type { Translation } from "../../domain/languages/text-in.ts";
import { attachmentContent, messageExtras } from "../../engine/turns/message-extras.ts";
import { filePieces } from "../../lib/files/file-pieces.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";

type OwnAttachment = NonNullable<CampaignExtras["attachment"]>;

export type DraftAttachment =
  /** Brought along: it lies among what was sent until the campaign has a copy of its own. */
  | (Omit<OwnAttachment, "file"> & { readonly path: string; readonly file?: never })
  /** Of the campaign that the draft goes on with. */
  | (OwnAttachment & { readonly path?: never });

/** What one of the draft's texts has beside it. */
export interface BesideText extends Omit<CampaignExtras, "attachment" | "translations"> {
  readonly attachment?: DraftAttachment;
}

export interface DraftExtras extends BesideText {
  readonly translations?: readonly Translation<BesideText>[];
}

/** Reads a file that was sent, by its path on this disk or whatever else it is known by. */
export type OpenSent = (path: string) => AsyncIterable<Uint8Array>;

/** Where what is beside a text is read. */
export interface BesideParts {
  readonly campaigns: Pick<CampaignStore, "attachment">;
  /** Absent: what was sent lies on this disk. */
  readonly openSent?: OpenSent;
}

/** Reads an attachment of the draft of a campaign. */
export function draftContent(
  { campaigns, openSent = filePieces }: BesideParts,
  id: CampaignId,
  { path, file }: DraftAttachment,
): AsyncIterable<Uint8Array> {
  return path === undefined ? attachmentContent(campaigns, id, file) : openSent(path);
}

/** The same as a channel sends it. */
export function extrasToSend(
  { campaigns, openSent = filePieces }: BesideParts,
  id: CampaignId,
  { attachment, ...others }: BesideText,
): MessageExtras {
  if (!attachment) return others;
  if (attachment.path === undefined)
    return messageExtras({ id, extras: { ...others, attachment } }, campaigns) ?? others;
  const { kind, name, path } = attachment;
  return { ...others, attachment: { kind, name, key: path, open: () => openSent(path) } };
}

/** Where the files of all texts of a message lie, as far as they lie outside the campaign. */
export function filesOf({ attachment, translations = [] }: DraftExtras = {}): readonly string[] {
  return [attachment, ...translations.map(({ extras }) => extras?.attachment)].flatMap(
    (one) => one?.path ?? [],
  );
}

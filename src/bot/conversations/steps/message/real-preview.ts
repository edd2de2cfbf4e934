/** The message itself in the operator's chat, as the first recipients get it: formatted, with its file and its links. */
import { InputFile, InlineKeyboard } from "grammy";
import type { DraftAttachment, DraftExtras, Preview } from "../../../../app/drafts/draft.ts";
import type { BesideText } from "../../../../app/drafts/draft-extras.ts";
import type { BotParts, OperatorContext } from "../../../bot-parts.ts";
import { isPassing, uploadRetrying } from "../../../calls/retried-upload.ts";
import { textIn } from "../../../../domain/languages/text-in.ts";
import { previewHeading } from "../../../views/drafts/preview-heading.ts";
import { sendView } from "../../../views/view.ts";
import { chatOf } from "../../dialogue.ts";

export interface RealPreview {
  readonly previews: readonly Preview[];
  /** The campaign's task id, which a file of its own is found by. */
  readonly id: string;
  readonly extras: DraftExtras;
  readonly parts: Pick<BotParts, "app" | "clock">;
}

/**
 * Shows the real thing. Where Telegram refuses it, that is said, for recipients it would refuse as well; where the way to
 * Telegram failed, that is said instead, because the message may be right.
 */
export async function showReal(
  context: OperatorContext,
  { previews, id, extras, parts }: RealPreview,
): Promise<null> {
  const { api, words, work } = context;
  const chatId = chatOf(context);
  await sendView(api, chatId, { text: words.say("preview-title") });
  // What is the very same for everybody is shown once.
  const isSame =
    extras.attachment !== undefined || (extras.copy && previews.every(({ text }) => text === ""));
  const isOne = isSame && !extras.translations;
  for (const preview of isOne ? previews.slice(0, 1) : previews) {
    const { text, language } = preview;
    const beside = textIn({ message: "", extras }, language).extras ?? {};
    await sendView(api, chatId, { text: previewHeading(preview, words) });
    const { signal } = work;
    const open = (attachment: DraftAttachment) => parts.app.attachment(id, attachment);
    const { clock } = parts;
    await uploadRetrying(() => sendReal(context, text, { extras: beside, open }), { clock, signal }).catch(
      (error: unknown) => {
        if (signal.aborted) throw error;
        const sentence = isPassing(error) ? "preview-not-shown" : "preview-refused";
        return sendView(api, chatId, { text: words.say(sentence) });
      },
    );
  }
  return null;
}

/** What a text has beside it, and what reads a file. */
export interface Real {
  readonly extras: BesideText;
  readonly open: (attachment: DraftAttachment) => AsyncIterable<Uint8Array>;
}

/** Sends it once. Throws what Telegram answers. */
export async function sendReal(
  context: OperatorContext,
  text: string,
  { extras, open }: Real,
): Promise<void> {
  const { api } = context;
  const { format, attachment, copy, buttons = [] } = extras;
  const chatId = chatOf(context);
  const keyboard = new InlineKeyboard(buttons.map(({ label, url }) => [InlineKeyboard.url(label, url)]));
  const other = {
    ...(format === "html" ? { parse_mode: "HTML" as const } : {}),
    ...(buttons.length > 0 ? { reply_markup: keyboard } : {}),
  };
  if (copy && copy.messageIds.length > 1) {
    await api.copyMessages(chatId, copy.chatId, [...copy.messageIds]);
    return;
  }
  if (copy) {
    const [messageId = 0] = copy.messageIds;
    const { parse_mode: _, ...plain } = other;
    await api.copyMessage(chatId, copy.chatId, messageId, text === "" ? plain : { ...other, caption: text });
    return;
  }
  if (!attachment) {
    await api.sendMessage(chatId, text, other);
    return;
  }
  const file = new InputFile(
    () => open(attachment),
    attachment.kind === "photo" ? "photo.jpg" : plainName(attachment.name),
  );
  const caption = text === "" ? other : { ...other, caption: text };
  await (attachment.kind === "photo"
    ? api.sendPhoto(chatId, file, caption)
    : api.sendDocument(chatId, file, caption));
}

/** grammY writes file names as they are. */
function plainName(name: string): string {
  return name.replaceAll(/[";\r\n]/g, "_");
}

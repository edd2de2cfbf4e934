import type { ChannelManifest, SendRequest } from "../../channels/channel.ts";
import { isCaption } from "../../domain/copied-content.ts";
import { textOfHtml } from "../../lib/text/html-text.ts";

/** What values made of a text; also the reason that a recipient failed. */
export type Unfit = "messageEmpty" | "messageTooLong";

/**
 * What is wrong with the text for one recipient, whose values made it too long or left nothing of it; undefined when it
 * can be sent. The message as such was looked over before the start, so this person fails and nobody else is held up.
 */
export function whyUnfit(
  { text, extras }: Pick<SendRequest, "text" | "extras">,
  manifest: Pick<ChannelManifest, "maxMessageLength" | "maxCaptionLength">,
): Unfit | undefined {
  const seen = extras?.format === "html" ? textOfHtml(text) : text;
  const { maxMessageLength, maxCaptionLength = maxMessageLength } = manifest;
  const isBeside = isCaption(extras ?? {});
  if (!isBeside && seen.trim() === "") return "messageEmpty";
  const most = isBeside ? maxCaptionLength : maxMessageLength;
  return seen.length > most ? "messageTooLong" : undefined;
}

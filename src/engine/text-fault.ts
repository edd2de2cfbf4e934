import type { ChannelManifest, SendRequest } from "../channels/channel.ts";
import type { Fault } from "../domain/fault.ts";
import { textOfHtml } from "../lib/html-text.ts";

/**
 * What is wrong with the text for one recipient, whose values made it too long or left nothing of it. The message as
 * such was looked over before the start, so one such person fails, and only a few in a row pause the campaign.
 */
export function textFault({ text, extras }: SendRequest, manifest: ChannelManifest): Fault | undefined {
  const seen = extras?.format === "html" ? textOfHtml(text) : text;
  const { maxMessageLength, maxCaptionLength = maxMessageLength } = manifest;
  if (!extras?.attachment && seen.trim() === "") return { kind: "doubtful", why: "the message is empty" };
  if (seen.length <= (extras?.attachment ? maxCaptionLength : maxMessageLength)) return undefined;
  return { kind: "doubtful", why: "the message is too long" };
}

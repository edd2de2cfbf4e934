import type { MessageExtras } from "../../channels/channel.ts";
import type { Campaign } from "../../domain/campaign.ts";
import { textIn } from "../../domain/languages/text-in.ts";
import type { Recipient } from "../../domain/recipient.ts";
import type { EngineParts } from "../engine-parts.ts";
import { messageExtras } from "./message-extras.ts";

/** One text of a campaign, ready to be written for anybody. */
export interface MessageText {
  /** The exact text for one recipient. */
  readonly render: (recipient: Recipient) => string;
  /** What the message has beside it. */
  readonly extras: MessageExtras | undefined;
}

/** Makes the question for a campaign's text in a language, undefined for the main one; each is taken apart once. */
export function messageTexts(
  campaign: Pick<Campaign, "id" | "message" | "extras">,
  { renderer, campaigns }: Pick<EngineParts, "renderer" | "campaigns">,
): (language: string | undefined) => MessageText {
  const made = new Map<string | undefined, MessageText>();
  return (language) => {
    const known = made.get(language);
    if (known) return known;
    const text = textIn(campaign, language);
    const one = { render: renderer(text), extras: messageExtras({ id: campaign.id, ...text }, campaigns) };
    made.set(language, one);
    return one;
  };
}

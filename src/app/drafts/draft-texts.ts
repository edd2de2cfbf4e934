/** A draft's texts, main and in other languages: who would get which, by the rule of the claim, and each as it would be sent. */
import type { MessageExtras } from "../../channels/channel.ts";
import { textLanguage } from "../../domain/languages/spoken.ts";
import { languagesOf, textIn } from "../../domain/languages/text-in.ts";
import { knownAs } from "../../domain/people/subscriber.ts";
import type { Recipient } from "../../domain/recipient.ts";
import type { SubscriberStore } from "../../storage/ports/people.ts";
import type { Draft } from "./draft.ts";
import type { BesideParts } from "./draft-extras.ts";
import { extrasToSend } from "./draft-extras.ts";
import { createRenderer } from "./renderer.ts";
import type { Upcoming } from "./upcoming.ts";

type Texts = Pick<Draft, "message" | "extras">;

/** Languages in the order of the draft, the main text first. */
export function textsOf({ extras }: Pick<Draft, "extras">): readonly (string | undefined)[] {
  return [undefined, ...languagesOf(extras)];
}

/** Makes the question which text somebody would get; undefined: the main one. */
export function languageFor(
  { subscribers }: { readonly subscribers: Pick<SubscriberStore, "find"> },
  { channel, extras }: Pick<Draft, "channel" | "extras">,
): (person: Upcoming) => Promise<string | undefined> {
  const languages = languagesOf(extras);
  if (languages.length === 0) return () => Promise.resolve(undefined);
  return async ({ username, variables }) => {
    const person = channel === "telegram" ? await subscribers.find(username) : undefined;
    return textLanguage(languages, variables, knownAs(person));
  };
}

/** One text, ready to be written for anybody. @throws {Error} when it holds a broken variable */
export interface DraftText {
  readonly render: (recipient: Recipient) => string;
  readonly extras?: MessageExtras;
}

/** Makes the question for the text in a language; each is taken apart once. */
export function createTexts(
  parts: BesideParts,
  { campaignId, ...texts }: Texts & Pick<Draft, "campaignId">,
): (language: string | undefined) => DraftText {
  const made = new Map<string | undefined, DraftText>();
  return (language) => {
    const known = made.get(language);
    if (known) return known;
    const text = textIn(texts, language);
    const extras = text.extras ? { extras: extrasToSend(parts, campaignId, text.extras) } : {};
    const one = { render: createRenderer(text), ...extras };
    made.set(language, one);
    return one;
  };
}

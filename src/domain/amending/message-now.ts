/** What somebody has by now: the text that they were sent, or the one that the last mending put in its place. Pure. */
import type { Campaign, CampaignExtras } from "../campaign.ts";
import { languagesOf, textIn } from "../languages/text-in.ts";
import { messageOf } from "../message-at.ts";
import type { Ordinal } from "../recipient.ts";
import type { AmendmentScope, MendedMessage } from "./amendment.ts";
import type { AmendmentFold } from "./amendment-fold.ts";

export type TextNow = Pick<Campaign, "message" | "extras">;

interface Had {
  readonly ordinal: Ordinal;
  readonly revision?: number;
  /** Of the text that was sent; absent: the main one. */
  readonly language?: string;
  /** When it was sent, ms since the epoch. */
  readonly at?: number;
}

/**
 * The text with what goes with it; a file that was sent with it stays through all mendings. What may have been mended
 * counts as mended.
 * @param before Number of the amendment that is at work: what it does itself is not counted
 */
export function messageNow(
  campaign: Pick<Campaign, "message" | "extras" | "earlierMessages">,
  fold: Pick<AmendmentFold, "all" | "stateIn">,
  { ordinal, revision, language, at = 0 }: Had,
  before = Infinity,
): TextNow {
  let now = messageOf(campaign, {
    at,
    ...(revision === undefined ? {} : { revision }),
    ...(language === undefined ? {} : { language }),
  });
  for (const { number, kind, message } of fold.all) {
    const state = fold.stateIn(number, ordinal)?.state ?? "kept";
    if (kind === "mend" && message && number < before && state !== "kept")
      now = mended(now, mendingIn(message, language));
  }
  return now;
}

/** What a mending puts in the place of a text of that language. */
export function mendingIn(message: MendedMessage, language: string | undefined): MendedMessage {
  const { text, extras } = message;
  const found = textIn({ message: text, ...(extras ? { extras } : {}) }, language);
  const beside = found.extras ? { extras: found.extras } : {};
  return { text: found.message, ...beside, ...(message.keepsExtras ? { keepsExtras: true } : {}) };
}

/** Tells whether a mending has a text for somebody: whoever has the message in another language than the main one keeps it else. */
export function mendsIn(
  { extras }: MendedMessage,
  scope: AmendmentScope,
  language: string | undefined,
): boolean {
  return language === undefined || scope.kind === "name" || languagesOf(extras).includes(language);
}

/** A text as a mending leaves it: with its own formatting and buttons, or those that were there, and with the old file. */
export function mended(had: TextNow, { text, extras, keepsExtras }: MendedMessage): TextNow {
  const { attachment, copy, ...beside } = had.extras ?? {};
  const given: CampaignExtras = (keepsExtras ? beside : extras) ?? {};
  const { attachment: _file, copy: _copy, ...own } = given;
  const next = { ...own, ...(attachment ? { attachment } : {}), ...(copy ? { copy } : {}) };
  return { message: text, ...(Object.keys(next).length > 0 ? { extras: next } : {}) };
}

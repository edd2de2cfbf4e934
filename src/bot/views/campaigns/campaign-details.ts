/** What a campaign was set up with and what people did to it since: text, consent, lists, settings, who did what when. */
import type { CampaignView } from "../../../app/app.ts";
import type { Campaign, CampaignList } from "../../../domain/campaign.ts";
import { channelName } from "../../../words/channel-name.ts";
import { seenContent } from "../../../words/content-name.ts";
import { originText } from "../../../words/list-origin.ts";
import { languageWord } from "../../../words/language-word.ts";
import { quoted, shorten } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import { draftOf } from "../../conversations/draft-state.ts";
import { topics } from "../../conversations/steps/options/topics.ts";
import { optionLines } from "../drafts/options.ts";
import type { View } from "../view.ts";
import type { NameOf } from "./campaign-history.ts";
import { historyLines } from "./campaign-history.ts";

/** A message takes 4096 characters; of long things the beginning is enough to know them by. */
const LONGEST_TEXT = 800;
const LONGEST_TRANSLATION = 200;
const LONGEST_CONSENT = 300;
const MOST_LINES = 6;

/** The details of a campaign. */
export function campaignDetails(view: CampaignView, words: Words, nameOf: NameOf): View {
  const { campaign } = view;
  const paragraphs = [
    [words.say("details-title", { id: campaign.id })],
    [
      words.say("details-text"),
      quoted(shorten(seenText(campaign, words), LONGEST_TEXT)),
      ...extraLines(campaign, words),
    ],
    consentLines(campaign, words, nameOf),
    [words.say("details-lists"), ...fewOf(campaign.lists, words, (list) => listLines(list, words))],
    [words.say("details-settings"), ...settingLines(campaign, words)],
    [words.say("details-history"), ...historyLines(view, words, nameOf)],
  ];
  return { text: paragraphs.map((lines) => lines.join("\n")).join("\n\n") };
}

/** A file has a line of its own below. */
function seenText({ message, extras }: Pick<Campaign, "message" | "extras">, words: Words): string {
  const { attachment: _, ...beside } = extras ?? {};
  return seenContent({ message, extras: beside }, words);
}

function extraLines({ extras }: Campaign, words: Words): string[] {
  const { attachment, buttons = [], translations = [] } = extras ?? {};
  const texts = translations.map(({ language, ...text }) =>
    words.say("languages-text", {
      language: languageWord(language, words),
      text: shorten(seenContent(text, words), LONGEST_TRANSLATION),
    }),
  );
  return [
    ...texts,
    ...(attachment ? [words.say("details-attachment", { file: attachment.name })] : []),
    ...buttons.map(({ label, url }) => words.say("details-button", { label, url })),
  ];
}

function consentLines({ consent }: Campaign, words: Words, nameOf: NameOf): string[] {
  const { statement, by, at } = consent;
  return [
    words.say("details-consent", { who: nameOf(by), moment: words.moment(at) }),
    quoted(shorten(statement, LONGEST_CONSENT)),
  ];
}

function listLines({ origin, count, importedAt, corrections = [] }: CampaignList, words: Words): string[] {
  return [
    words.say("details-list", { file: originText(origin, words), count, moment: words.moment(importedAt) }),
    ...corrections.map((one) =>
      words.say("details-list-again", { file: originText(one.origin, words), moment: words.moment(one.at) }),
    ),
  ];
}

function settingLines(campaign: Campaign, words: Words): string[] {
  const { channel, accounts, formerAccounts = [], notWithinDays, excludes = [] } = campaign;
  return [
    words.say("details-through", { channel: channelName(channel, words) }),
    ...fewOf(accounts, words, ({ name: account, caps: { perDay } }) => [
      perDay === undefined
        ? words.say("details-account-free", { account })
        : words.say("details-account", { account, limit: perDay }),
    ]),
    ...(formerAccounts.length > 0
      ? [words.say("details-former-accounts", { names: words.codes(formerAccounts.slice(0, MOST_LINES)) })]
      : []),
    ...(notWithinDays === undefined ? [] : [words.say("details-not-within", { count: notWithinDays })]),
    ...fewOf(excludes, words, (id) => [words.say("details-excludes", { id })]),
    ...optionLines(draftOf(campaign), topics, words),
  ];
}

/** The first few of many, and how many more. */
function fewOf<T>(all: readonly T[], words: Words, linesOf: (one: T) => string[]): string[] {
  const shown = all.slice(0, MOST_LINES).flatMap(linesOf);
  const count = all.length - MOST_LINES;
  return count > 0 ? [...shown, words.say("details-more", { count })] : shown;
}

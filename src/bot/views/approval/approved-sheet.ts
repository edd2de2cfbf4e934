/** What is approved, as messages: on the card in short, and all of it in as many messages as it takes. */
import type { Campaign } from "../../../domain/campaign.ts";
import { importedTotal } from "../../../domain/recipient.ts";
import type { CampaignView } from "../../../app/app.ts";
import { textOfHtml } from "../../../lib/text/html-text.ts";
import { seenContent } from "../../../words/content-name.ts";
import { joined } from "../../../words/joined.ts";
import { languageWord } from "../../../words/language-word.ts";
import { originText } from "../../../words/list-origin.ts";
import { quoted, shorten } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import { waitsForApproval } from "./approval.ts";
import type { Saying } from "./approved-lines.ts";
import { approvedLines, linesOf } from "./approved-lines.ts";

/** Telegram's limit is 4096 after its markup is taken out (Bot API 10.1). */
const LONGEST_MESSAGE = 4000;
const LONGEST_TEXT = 700;
const LONGEST_OTHER = 160;
const MOST_OTHERS = 3;
const MOST_LISTS = 3;
const MOST_ACCOUNTS = 3;

/** All of it. */
export function approvedSheet(campaign: Campaign, saying: Saying): string[] {
  const messages: string[] = [];
  let now: string[] = [];
  for (const line of approvedLines(campaign, saying)) {
    if (textOfHtml([...now, line].join("\n")).length > LONGEST_MESSAGE) {
      messages.push(now.join("\n").trim());
      now = [];
    }
    now.push(line);
  }
  return [...messages, now.join("\n").trim()];
}

/** The beginning of each text, to how many and how it goes, and the consent, where the campaign waits for an approval. */
export function approvedInShort({ campaign, counts }: CampaignView, words: Words): string[] {
  if (!waitsForApproval(campaign)) return [];
  const { extras, followUps = [], lists, consent } = campaign;
  const others = [
    ...(extras?.translations ?? []).map(({ language, ...text }) => ({
      title: words.say("approval-text-in", { language: languageWord(language, words) }),
      text: seenContent(text, words),
    })),
    ...followUps.map(({ afterDays, message }) => ({
      title: words.say("approval-follow-up", { after: words.plain("follow-up-days", { count: afterDays }) }),
      text: message,
    })),
  ];
  const files = lists.slice(0, MOST_LISTS).map(({ origin }) => originText(origin, words));
  const more = lists.length > MOST_LISTS ? ["…"] : [];
  return [
    words.say("approval-card-title"),
    quoted(shorten(seenContent(campaign, words), LONGEST_TEXT)),
    ...others
      .slice(0, MOST_OTHERS)
      .flatMap(({ title, text }) => [title, quoted(shorten(text, LONGEST_OTHER))]),
    words.say("approval-people", {
      count: importedTotal(counts),
      files: joined([...files, ...more], words),
    }),
    ...limitsInShort(campaign, words),
    words.say("approval-consent"),
    quoted(shorten(consent.statement, LONGEST_OTHER)),
    words.say("approval-card-more"),
  ];
}

/** Its start stands on the card anyway. */
function limitsInShort(campaign: Campaign, words: Words): string[] {
  const saying = { words, nameOf: String, ends: new Map() };
  const accounts = linesOf("accounts", campaign, saying);
  return [
    ...accounts.slice(0, MOST_ACCOUNTS),
    ...(accounts.length > MOST_ACCOUNTS
      ? [words.say("details-more", { count: accounts.length - MOST_ACCOUNTS })]
      : []),
    ...linesOf("sendWindow", campaign, saying),
    ...linesOf("tryFirst", campaign, saying).slice(0, 1),
  ];
}

/**
 * All of what is approved, said field by field: whoever approves answers for what they could read. The compiler refuses
 * this file when a field of a campaign is said nowhere.
 */
import type { ApprovedField } from "../../../domain/approval.ts";
import type { Caps } from "../../../domain/accounts/limits.ts";
import type { Campaign, CampaignExtras, CampaignList } from "../../../domain/campaign.ts";
import { channelName } from "../../../words/channel-name.ts";
import { copyName } from "../../../words/content-name.ts";
import { joined } from "../../../words/joined.ts";
import { languageWord } from "../../../words/language-word.ts";
import { originText } from "../../../words/list-origin.ts";
import { escapeHtml, pieces, quoted } from "../../../words/markup.ts";
import { sharesText } from "../../../words/rails-text.ts";
import { fullMoment, windowText } from "../../../words/when-words.ts";
import type { Words } from "../../../words/words.ts";
import type { NameOf } from "../campaigns/campaign-history.ts";

/** What is said with. */
export interface Saying {
  readonly words: Words;
  readonly nameOf: NameOf;
  /** First and last name of a list, by its file; absent: nobody is on it. */
  readonly ends: ReadonlyMap<string, readonly [first: string, last: string]>;
}

/** Lines of Telegram HTML; none is longer than a message takes, and "" parts paragraphs. */
export function approvedLines(campaign: Campaign, saying: Saying): string[] {
  return Object.values(said).flatMap((say) => say(campaign, saying));
}

/** The lines of one field. */
export function linesOf(field: ApprovedField, campaign: Campaign, saying: Saying): readonly string[] {
  return said[field](campaign, saying);
}

type Say = (campaign: Campaign, saying: Saying) => readonly string[];

const said: { readonly [F in ApprovedField]-?: Say } = {
  id: ({ id }, { words }) => [words.say("approval-sheet-title", { id })],
  message: ({ message }, { words }) => ["", words.say("details-text"), ...inFull(message)],
  extras: ({ extras = {} }, { words }) => {
    const { translations = [], ...beside } = extras;
    return [...besideLines(beside, words), ...translations.flatMap((one) => translationLines(one, words))];
  },
  followUps: ({ followUps = [] }, { words }) =>
    followUps.flatMap(({ afterDays, message }) => {
      const after = words.plain("follow-up-days", { count: afterDays });
      return ["", words.say("approval-follow-up", { after }), ...inFull(message)];
    }),
  lists: ({ lists }, saying) => [
    "",
    saying.words.say("details-lists"),
    ...lists.flatMap((list) => listLines(list, saying)),
  ],
  consent: ({ consent: { by, at, statement } }, { words, nameOf }) => [
    "",
    words.say("details-consent", { who: nameOf(by), moment: words.moment(at) }),
    ...inFull(statement),
  ],
  channel: ({ channel }, { words }) => [
    "",
    words.say("details-settings"),
    words.say("details-through", { channel: channelName(channel, words) }),
  ],
  accounts: ({ accounts }, { words }) => accounts.map(({ name, caps }) => accountLine(name, caps, words)),
  schedule: ({ schedule }, { words, nameOf }) =>
    schedule
      ? [
          words.say("approval-starts", {
            moment: fullMoment(schedule.at, schedule.timeZone, words),
            who: nameOf(schedule.by),
          }),
        ]
      : [],
  sendWindow: ({ sendWindow }, { words }) => [
    option("send-window", sendWindow && windowText(sendWindow, words), words),
  ],
  tryFirst: ({ tryFirst }, { words }) => [
    option("try-first", tryFirst && words.plain("topic-try-first-value", { count: tryFirst.count }), words),
    ...(tryFirst ? [words.say("approval-up-to", { count: tryFirst.upTo })] : []),
  ],
  guardRails: ({ guardRails = {} }, { words }) => [
    option("guard-rails", sharesText(guardRails, words) || words.plain("rails-none"), words),
  ],
  pace: ({ pace = {} }, { words }) => [option("speed", capsText(pace, words) || undefined, words)],
  priority: ({ priority }, { words }) =>
    priority === undefined
      ? []
      : [option("priority", words.plain("topic-priority-value", { count: priority }), words)],
  spendCap: ({ spendCap }, { words }) =>
    spendCap === undefined
      ? []
      : [option("spend-cap", words.plain("topic-spend-cap-value", { count: spendCap }), words)],
  notWithinDays: ({ notWithinDays }, { words }) =>
    notWithinDays === undefined ? [] : [words.say("details-not-within", { count: notWithinDays })],
  excludes: ({ excludes = [] }, { words }) => excludes.map((id) => words.say("details-excludes", { id })),
  standing: ({ standing }, { words }) => {
    if (!standing) return [];
    const moment = words.exactMoment(standing.since);
    return [
      words.say(standing.isOff ? "card-standing-off" : "card-standing-on"),
      words.say("approval-stands-since", { moment, turned: words.exactMoment(standing.turnedAt) }),
    ];
  },
  followsUp: ({ followsUp }, { words }) => {
    if (!followsUp) return [];
    const { campaignId, rootId: id, step: count, since } = followsUp;
    return [
      words.say("card-follows-up", { id: campaignId }),
      words.say("approval-follows-up", { count, id, moment: words.exactMoment(since) }),
    ];
  },
};

/** Letter by letter; a long text is several quotations. */
function inFull(text: string): string[] {
  return text === "" ? [] : pieces(text, 3000).map(quoted);
}

type Beside = Omit<CampaignExtras, "translations">;

function besideLines({ format, attachment, copy, buttons = [] }: Beside, words: Words): string[] {
  return [
    ...(format ? [words.say("approval-with-tags")] : []),
    ...(attachment ? [words.say("details-attachment", { file: attachment.name })] : []),
    ...(copy ? [escapeHtml(copyName(copy, words)), ...inFull(copy.caption ?? "")] : []),
    ...buttons.map(({ label, url }) => words.say("details-button", { label, url })),
  ];
}

function translationLines(
  { language, message, extras = {} }: NonNullable<CampaignExtras["translations"]>[number],
  words: Words,
): string[] {
  const title = words.say("approval-text-in", { language: languageWord(language, words) });
  return ["", title, ...inFull(message), ...besideLines(extras, words)];
}

function listLines(list: CampaignList, { words, ends }: Saying): string[] {
  const { origin, count, importedAt, columns, through, grows, corrections = [] } = list;
  const names = ends.get(list.file);
  return [
    words.say("details-list", {
      file: originText(origin, words),
      count,
      moment: words.exactMoment(importedAt),
    }),
    ...(names ? [words.say("approval-list-names", { first: names[0], last: names[1] })] : []),
    ...columnLines(columns, words),
    ...(through === undefined ? [] : [words.say("approval-list-through", { account: through })]),
    ...(grows ? [words.say("approval-list-grows")] : []),
    ...corrections.flatMap((one) => [
      words.say("details-list-again", {
        file: originText(one.origin, words),
        moment: words.exactMoment(one.at),
      }),
      ...columnLines(one.columns, words),
    ]),
  ];
}

function columnLines(columns: readonly string[], words: Words): string[] {
  if (columns.length === 0) return [];
  return [words.say("approval-list-columns", { columns: joined(columns, words) })];
}

function accountLine(account: string, caps: Caps, words: Words): string {
  const limits = capsText(caps, words);
  return limits === ""
    ? words.say("details-account-free", { account })
    : words.say("approval-account", { account, limits });
}

function capsText({ perMinute, perHour, perDay }: Caps, words: Words): string {
  const rates = [
    ["allMinute", perMinute],
    ["allHour", perHour],
    ["allDay", perDay],
  ] as const;
  return rates
    .flatMap(([row, count]) => (count === undefined ? [] : words.plain(`speed-${row}-value`, { count })))
    .join(" · ");
}

function option(topic: string, value: string | undefined, words: Words): string {
  return escapeHtml(`${words.plain(`topic-${topic}`)}: ${value ?? words.plain(`topic-${topic}-off`)}`);
}

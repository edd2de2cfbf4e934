/** What is said of one person wherever it is shown, as Telegram HTML. */
import type { NotLookedInto, Who, WhoPerson, WhoRow } from "../app/people/who.ts";
import { standsAs } from "../domain/amending/stands-as.ts";
import type { Answer } from "../domain/people/answer.ts";
import { targetKey } from "../domain/collecting/lead.ts";
import { revisionNumber } from "../domain/revision.ts";
import { channelName } from "./channel-name.ts";
import { answerText } from "./answer-lines.ts";
import { languageWord } from "./language-word.ts";
import { shorten } from "./markup.ts";
import { noteText } from "./suppression-note.ts";
import type { Words } from "./words.ts";

const LONGEST_TEXT = 120;
const LONGEST_NOTE = 60;
const MOST_NAMES = 5;

/** Nothing of them is kept anywhere, as far as everything could be read. */
export function isUnknown({ people, suppressed, leads, tags, wrote, unknown }: Who): boolean {
  return [people, suppressed, leads, tags, wrote, unknown].every((all) => all.length === 0);
}

/** Whom the answer is about, and whether campaigns may write to them by the do-not-send list. */
export function whoHeading(who: Who, words: Words): string[] {
  const { asked: name, people, tags } = who;
  const rows = people.flatMap((one) => one.rows);
  return [
    words.say("who-title", { name }),
    ...(who.isErased ? [words.say("who-was-erased")] : []),
    ...(isUnknown(who)
      ? who.isErased
        ? []
        : [words.say("who-nothing", { name })]
      : doNotSendLines(who, words)),
    ...(tags.length > 0 ? [words.say("who-tags", { names: words.codes(tags) })] : []),
    ...(people.length > 1 ? [words.say("who-several", { count: people.length })] : []),
    ...(rows.length > 1
      ? [words.say("who-counts", { count: rows.length, counts: countsOf(rows, words) })]
      : []),
  ];
}

function doNotSendLines({ suppressed, unknown, isErased }: Who, words: Words): string[] {
  if (isErased && suppressed.length === 0) return [];
  if (unknown.some(({ what }) => what === "doNotSend")) return [];
  if (suppressed.length === 0) return [words.say("who-free")];
  return suppressed.map(({ username, reason, note, at }) => {
    const told = { username, reason: words.plain(`suppressed-${reason}`), moment: words.moment(at) };
    return note === undefined
      ? words.say("who-suppressed", told)
      : words.say("who-suppressed-note", { ...told, note: shorten(noteText(note, words), LONGEST_NOTE) });
  });
}

/** How many campaigns ended how, the most frequent first. */
function countsOf(rows: readonly WhoRow[], words: Words): string {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(stateOf(row, words), (counts.get(stateOf(row, words)) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([state, count]) => words.plain("who-count", { count, state }))
    .join(words.locale === "fa" ? "، " : ", ");
}

/** Who somebody is on one channel. */
export function personLines(
  { channel, id, name, formerly, subscriber, rows }: WhoPerson,
  words: Words,
): string[] {
  const told = { channel: channelName(channel, words), name };
  const known = id === undefined ? [] : [words.say("who-id", { id })];
  const called =
    formerly.length === 0
      ? words.say("who-person", told)
      : words.say("who-person-formerly", { ...told, names: words.codes(formerly.slice(0, MOST_NAMES)) });
  return [
    called,
    ...(id === undefined ? [words.say("who-no-id")] : known),
    ...(subscriber ? [subscriberLine(subscriber, words)] : []),
    ...(rows.length === 0 ? [words.say("who-no-campaign")] : []),
  ];
}

function subscriberLine({ state, at, source }: NonNullable<WhoPerson["subscriber"]>, words: Words): string {
  const moment = words.moment(at);
  return source === undefined || state !== "active"
    ? words.say(`who-subscriber-${state}`, { moment })
    : words.say("who-subscriber-through", { moment, source });
}

/** What became of them in one campaign. @param number From 1 */
export function rowLines(
  row: WhoRow,
  number: number,
  { words, name }: { readonly words: Words; readonly name: string },
): string[] {
  return [
    rowLine(row, number, words),
    ...(row.attempts > 1 ? [words.say("who-row-attempts", { count: row.attempts })] : []),
    ...(row.username === name ? [] : [words.say("who-row-name", { username: row.username })]),
    ...whyLines(row, words),
    ...textLines(row, words),
    ...answerLines(row.answers, words),
    ...(row.followUpAt === undefined
      ? []
      : [words.say("who-row-follow-up", { moment: words.moment(row.followUpAt) })]),
  ];
}

const MOST_ANSWERS = 3;

function answerLines(answers: readonly Answer[], words: Words): string[] {
  const count = answers.length - MOST_ANSWERS;
  return [
    ...answers.slice(0, MOST_ANSWERS).map((one) => {
      const said = { moment: words.moment(one.at), text: oneLine(answerText(one, words)) };
      return words.say(one.isAutomatic ? "who-row-answer-automatic" : "who-row-answer", said);
    }),
    ...(count > 0 ? [words.say("who-row-answers-more", { count })] : []),
  ];
}

/** What they wrote without having been written to. */
export function wroteLines({ wrote }: Who, words: Words): string[] {
  return wrote
    .slice(0, MOST_ANSWERS)
    .map((one) =>
      words.say("who-wrote", { moment: words.moment(one.at), text: oneLine(answerText(one, words)) }),
    );
}

function oneLine(text: string): string {
  return shorten(text.replaceAll(/\s+/g, " ").trim(), LONGEST_TEXT);
}

function rowLine({ campaign: { id }, at, account, ...row }: WhoRow, number: number, words: Words): string {
  const told = { number, id, state: stateOf(row, words) };
  if (at === undefined) return words.say("who-row", told);
  const then = { ...told, moment: words.moment(at) };
  return account === undefined
    ? words.say("who-row-at", then)
    : words.say("who-row-with", { ...then, account });
}

function stateOf(
  { state, skipReason, amended }: Pick<WhoRow, "state" | "skipReason" | "amended">,
  words: Words,
): string {
  return words.plain(
    state === "skipped" && skipReason ? `skip-${skipReason}` : `state-${standsAs(state, amended)}`,
  );
}

function whyLines({ why, amended, skippedFor }: WhoRow, words: Words): string[] {
  const reason = amended?.last.why ?? why;
  return [
    ...(reason === undefined ? [] : [words.say("who-row-why", { why: words.reason(reason) })]),
    ...(skippedFor === undefined ? [] : [words.say("who-row-for", { id: skippedFor })]),
  ];
}

function textLines({ text, revision, language: tag, hasRevisions }: WhoRow, words: Words): string[] {
  if (text === undefined) return [];
  const shown = oneLine(text);
  const told = { text: shown, revision: revisionNumber(revision) };
  if (tag === undefined) return [words.say(hasRevisions ? "who-row-text-revision" : "who-row-text", told)];
  const language = languageWord(tag, words);
  return [words.say(hasRevisions ? "who-row-text-revision-in" : "who-row-text-in", { ...told, language })];
}

/** Lists of leads they are on. */
export function leadLines({ leads }: Who, words: Words, most = Infinity): string[] {
  if (leads.length === 0) return [];
  const lines = leads.slice(0, most).map(({ list, at, target }) =>
    words.say("who-lead", {
      list,
      moment: words.moment(at),
      target: shorten(targetKey(target), LONGEST_NOTE),
    }),
  );
  const count = leads.length - lines.length;
  return [
    words.say("who-leads", { count: leads.length }),
    ...lines,
    ...(count > 0 ? [words.say("details-more", { count })] : []),
  ];
}

/** What is not known because it can't be read. */
export function unknownLine({ what, name = "" }: NotLookedInto, words: Words): string {
  return words.say(`who-unknown-${what}`, { name, command: "peyk doctor" });
}

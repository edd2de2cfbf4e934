/** One more text, or two, to whoever does not answer: the text first, then after how many days. */
import { languagesOf } from "../../../../domain/languages/text-in.ts";
import type { FollowUp } from "../../../../domain/settings/follow-up.ts";
import { LONGEST_FOLLOW_UP_DAYS, MOST_FOLLOW_UPS } from "../../../../domain/settings/follow-up.ts";
import { quoted, shorten } from "../../../../words/markup.ts";
import type { Words } from "../../../../words/words.ts";
import { problemText } from "../../../views/drafts/message-problem.ts";
import type { View } from "../../../views/view.ts";
import { messageIn } from "../../draft-state.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Note, Talk } from "../../step.ts";
import { exitOf, exits, paragraphs } from "../../step.ts";
import { askNumber, days } from "./ask-number.ts";
import type { Topic } from "./topic.ts";

const LONGEST_SHOWN = 200;

export const followUpTopic: Topic = {
  name: "follow-up",
  isFor: ({ channel, existing }) => channel?.hearsAnswers === true && !existing,
  value({ settings: { followUps } }, words) {
    if (!followUps) return undefined;
    return words.plain("topic-follow-up-value", { days: daysOf(followUps, words) });
  },
  run: askFollowUps,
};

function daysOf(followUps: readonly FollowUp[], words: Words): string {
  return followUps
    .map(({ afterDays }) => words.plain("follow-up-days", { count: afterDays }))
    .join(words.locale === "fa" ? "، " : ", ");
}

/** A text adds one; the ones that are there go by a tap. */
async function askFollowUps(talk: Talk, state: DraftState): Promise<"back" | "cancel"> {
  let notes: readonly Note[] = [];
  for (;;) {
    const shown = notes;
    await talk.dialogue.show((words) => followUpsView(state, shown, words));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    const before = state.settings.followUps ?? [];
    notes = [];
    if (answer.kind === "button" && answer.choice === "off") set(state, []);
    if (answer.kind === "button" || before.length >= MOST_FOLLOW_UPS) continue;
    notes = answer.kind === "text" ? await problemsIn(talk, state, answer.text) : [notText];
    if (answer.kind !== "text" || notes.length > 0) continue;
    const afterDays = await askDays(talk);
    if (afterDays === "cancel") return "cancel";
    if (typeof afterDays === "number") set(state, [...before, { afterDays, message: answer.text }]);
  }
}

function set(state: DraftState, followUps: readonly FollowUp[]): void {
  const { followUps: _, ...others } = state.settings;
  state.settings = followUps.length > 0 ? { ...others, followUps } : others;
}

const notText: Note = (words) => words.say("follow-up-not-text");

async function problemsIn(talk: Talk, { channel, list }: DraftState, text: string): Promise<readonly Note[]> {
  const problems = await talk.dialogue.perform(async () =>
    talk.parts.app.checkMessage(text, list?.columns ?? [], channel?.maxMessageLength ?? Infinity),
  );
  return problems.map((one) => (words) => problemText(one, words));
}

function askDays(talk: Talk): Promise<number | "off" | "back" | "cancel"> {
  return askNumber(talk, {
    text: (words) => words.say("ask-follow-up-days"),
    offered: [2, 3, 7],
    label: (count, words) => words.plain("follow-up-days", { count }),
    off: (words) => words.plain("button-follow-up-none"),
    most: LONGEST_FOLLOW_UP_DAYS,
    reading: { read: days, wrong: "number-wrong" },
    now: undefined,
  });
}

function followUpsView(state: DraftState, notes: readonly Note[], words: Words): View {
  const followUps = state.settings.followUps ?? [];
  const lines = followUps.map(
    ({ afterDays, message }) =>
      `${words.say("follow-up-line", { count: afterDays })}\n${quoted(shorten(message, LONGEST_SHOWN))}`,
  );
  const question = followUps.length >= MOST_FOLLOW_UPS ? "follow-up-full" : "ask-follow-up";
  return {
    text: paragraphs(
      ...notes.map((note) => note(words)),
      ...lines,
      languagesOf(messageIn(state).extras).length > 0 ? words.say("follow-up-one-language") : undefined,
      words.say(question, { most: MOST_FOLLOW_UPS }),
    ),
    rows: [
      followUps.length > 0 ? [{ label: words.plain("button-follow-up-off"), choice: "off" }] : [],
      exits(words, "later"),
    ],
  };
}

/** The last questions: where the permission to write to these people comes from, and whether to start. */
import type { Plan } from "../../../app/drafts/draft.ts";
import { channelName } from "../../../words/channel-name.ts";
import { optionLines } from "../../views/drafts/options.ts";
import type { View } from "../../views/view.ts";
import type { Words } from "../../../words/words.ts";
import { draftFrom, isAsked } from "../draft-state.ts";
import type { DraftState } from "../draft-state.ts";
import type { Note, Step, Talk, Turn } from "../step.ts";
import { exitOf, exits, lines, paragraphs } from "../step.ts";
import { topicsFor } from "./options/topics.ts";

/** Asks for the statement of consent; simulated recipients have a ready one. */
export const consentStep: Step = {
  name: "consent",
  isFor: (state) => isAsked(state, "consent"),
  run: askConsent,
};

/** Shows in one line what Start means, and waits for it. */
export const confirmStep: Step = { name: "confirm", run: askConfirmation };

const SHORTEST = 10;
const LONGEST = 500;

async function askConsent(talk: Talk, state: DraftState): Promise<Turn> {
  let note: Note | undefined;
  for (;;) {
    const shown = note;
    await talk.dialogue.ask((words) => consentQuestion(words, state, shown));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind === "button") {
      state.consent = await talk.dialogue.perform(({ words }) => words.plain("consent-simulated"));
      return "next";
    }
    const statement = answer.kind === "text" ? answer.text.trim() : undefined;
    note = statementProblem(statement);
    if (!note && statement !== undefined) {
      state.consent = statement;
      return "next";
    }
  }
}

function statementProblem(statement: string | undefined): Note | undefined {
  if (statement === undefined) return (words) => words.say("consent-not-text");
  if (statement.length < SHORTEST) return (words) => words.say("consent-too-short");
  const { length } = statement;
  return length > LONGEST ? (words) => words.say("consent-too-long", { length, max: LONGEST }) : undefined;
}

function consentQuestion(words: Words, { channel }: DraftState, note: Note | undefined): View {
  const simulated = [{ label: words.plain("button-consent-simulated"), choice: "simulated" }];
  return {
    text: note ? note(words) : words.say("ask-consent"),
    rows: [channel?.reachesPeople === false ? simulated : [], exits(words, "later")],
  };
}

async function askConfirmation(talk: Talk, state: DraftState): Promise<Turn> {
  const plan = await talk.dialogue.perform(() => talk.parts.app.plan(draftFrom(state)));
  for (;;) {
    await talk.dialogue.ask((words) => confirmation(words, state, plan));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind === "button") return "next";
  }
}

function confirmation(words: Words, state: DraftState, plan: Plan): View {
  const { id = "", existing, channel } = state;
  const consent = (isAsked(state, "consent") ? state.consent : existing?.consent.statement) ?? "";
  const through = channelName(channel?.name ?? "", words);
  const shown = { id, consent, count: plan.toSend, channel: through };
  const text = existing
    ? paragraphs(
        words.say("confirm-add", { ...shown, added: plan.added }),
        ...changeLines(words, state, plan),
      )
    : paragraphs(words.say("confirm-start", shown), lines(...optionLines(state, topicsFor(state), words)));
  return {
    text,
    rows: [
      [{ label: words.plain(state.startAt ? "button-schedule" : "button-start"), choice: "start" }],
      exits(words, "later"),
    ],
  };
}

/** What a Start changes in a campaign that is there, and for whom. */
function changeLines(words: Words, { existing, changes }: DraftState, { corrected }: Plan): string[] {
  if (!existing) return [];
  const { left, sent, pausedBy } = existing;
  return [
    ...(corrected === 0 ? [] : [words.say("confirm-corrected", { count: corrected })]),
    ...changes.map((change) => words.say(`confirm-changes-${change}`, { left, sent })),
    ...(pausedBy === undefined ? [] : [words.say("addition-paused")]),
  ];
}

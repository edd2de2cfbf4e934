/** The third question: what everybody gets. */
import type { MessageProblem } from "../../../app/app.ts";
import { quoted, shorten } from "../../markup.ts";
import type { View } from "../../views/view.ts";
import type { Words } from "../../words.ts";
import type { Answer } from "../answer.ts";
import type { DraftState } from "../draft-state.ts";
import type { Note, Step, Talk, Turn } from "../step.ts";
import { exitOf, exits, lines, paragraphs } from "../step.ts";

/** Takes the text and says at once what would keep it from being sent. */
export const messageStep: Step = { name: "message", run: askMessage };

async function askMessage(talk: Talk, state: DraftState): Promise<Turn> {
  const max = state.channel?.maxMessageLength ?? (await longestAnywhere(talk));
  let note = noteFrom(state);
  for (;;) {
    const shown = note;
    await talk.dialogue.ask((words) => messageQuestion(words, state, max, shown));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind === "button") return "next";
    note = await check(talk, state, answer, max);
    if (!note) return "next";
  }
}

/** Before a way is chosen the text may be as long as any of them takes; it is looked at again afterwards. */
function longestAnywhere({ dialogue, parts }: Talk): Promise<number> {
  return dialogue.perform(async () => {
    const channels = await parts.app.channels();
    return Math.max(0, ...channels.map((channel) => channel.maxMessageLength));
  });
}

function noteFrom(state: DraftState): Note | undefined {
  const tooLong = state.messageTooLong;
  delete state.messageTooLong;
  return tooLong && ((words) => words.say("message-too-long", { ...tooLong }));
}

async function check(
  { dialogue, parts }: Talk,
  state: DraftState,
  answer: Answer,
  max: number,
): Promise<Note | undefined> {
  if (answer.kind !== "text") return (words) => words.say("message-not-text");
  const columns = state.list?.columns ?? [];
  const problems = await dialogue.perform(() => parts.app.checkMessage(answer.text, columns, max));
  if (problems.length > 0) return (words) => problems.map((one) => problemText(one, words)).join("\n");
  state.message = answer.text;
  return undefined;
}

const LONGEST_SHOWN = 1000;

function messageQuestion(words: Words, state: DraftState, max: number, note: Note | undefined): View {
  const { message } = state;
  const kept =
    message === undefined
      ? undefined
      : `${words.say("message-kept")}\n${quoted(shorten(message, LONGEST_SHOWN))}`;
  const keep = [{ label: words.plain("button-keep"), choice: "keep" }];
  return {
    text: note
      ? lines(note(words), kept)
      : paragraphs(words.say("ask-message", { max }), columnHint(words, state), kept),
    rows: [message === undefined ? [] : keep, exits(words, "later")],
  };
}

function columnHint(words: Words, { list }: DraftState): string {
  const [example, ...others] = list?.columns ?? [];
  if (example === undefined) return words.say("ask-message-no-columns");
  const variables = words.codes(inBraces(["username", example, ...others]));
  return words.say("ask-message-columns", { variables, example });
}

function problemText(problem: MessageProblem, words: Words): string {
  switch (problem.problem) {
    case "empty":
      return words.say("message-empty");
    case "tooLong":
      return words.say("message-too-long", { length: problem.length, max: problem.max });
    case "brokenVariable":
      return words.say("message-broken-variable", { text: shorten(problem.text, 60) });
    case "unknownVariables":
      return words.say("message-unknown-variables", {
        unknown: words.codes(inBraces(problem.unknown)),
        known: words.codes(inBraces(problem.known)),
      });
    case "notTaken":
      return words.say(`message-not-taken-${problem.extra}`);
  }
}

function inBraces(names: readonly string[]): string[] {
  return names.map((name) => `{{${name}}}`);
}

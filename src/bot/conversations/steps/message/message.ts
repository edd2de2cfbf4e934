/** The third question: what everybody gets. */
import type { MessageProblem } from "../../../../app/drafts/draft.ts";
import { seenContent } from "../../../../words/content-name.ts";
import { quoted, shorten } from "../../../../words/markup.ts";
import { inBraces, problemText } from "../../../views/drafts/message-problem.ts";
import type { View } from "../../../views/view.ts";
import type { Words } from "../../../../words/words.ts";
import type { Answer } from "../../answer.ts";
import { isAsked } from "../../draft-state.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Note, Step, Talk, Turn } from "../../step.ts";
import { savedChoice, savedIn, useSaved, withSaved } from "./saved-texts.ts";
import { exitOf, exits, lines, paragraphs } from "../../step.ts";
import { forgetFile } from "../../draft-files.ts";
import { usableFor } from "../channel.ts";
import type { Room, WrittenMessage } from "./room.ts";
import { widestRoom } from "./room.ts";
import { writtenIn } from "./written-message.ts";

/** Takes the text and says at once what would keep it from being sent. */
export const messageStep: Step = {
  name: "message",
  isFor: (state) => isAsked(state, "message"),
  run: askMessage,
};

async function askMessage(talk: Talk, state: DraftState): Promise<Turn> {
  const room = widestRoom(await usableFor(talk, state));
  let note = noteFrom(state);
  for (;;) {
    const shown = note;
    const saved = await savedIn(talk);
    await talk.dialogue.ask((words) => withSaved(messageQuestion(words, state, room, shown), saved, words));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    const key = savedChoice(answer);
    if (answer.kind === "button" && key === undefined) return "next";
    if (key === undefined) {
      const checked = await check(talk, state, answer, room);
      if (checked === "cancel") return checked;
      note = checked === "back" ? noteFrom(state) : checked;
      if (checked === "back") continue;
    } else note = await useSaved(talk, key, (written) => take(talk, state, written, room));
    if (!note) return "next";
  }
}

function noteFrom(state: DraftState): Note | undefined {
  const problems = state.messageProblems;
  delete state.messageProblems;
  return problems && noteOf(problems);
}

function noteOf(problems: readonly MessageProblem[]): Note {
  return (words) => problems.map((one) => problemText(one, words)).join("\n");
}

/** Before a way is chosen a message may be whatever one of them takes; it is looked at again afterwards. */
async function check(
  talk: Talk,
  state: DraftState,
  answer: Answer,
  channel: Room,
): Promise<Note | "back" | "cancel" | undefined> {
  if (answer.kind === "button") return undefined;
  const written = await writtenIn(talk, state, answer, channel);
  return typeof written === "object" ? take(talk, state, written, channel) : written;
}

async function take(
  talk: Talk,
  state: DraftState,
  written: WrittenMessage,
  channel: Room,
): Promise<Note | undefined> {
  const { message } = written;
  const translations = state.extras?.translations;
  const extras = { ...written.extras, ...(translations ? { translations } : {}) };
  const columns = state.list?.columns ?? [];
  const problems = await talk.dialogue.perform(() =>
    talk.parts.app.checkMessage(message, columns, { channel, extras }),
  );
  if (problems.length > 0) {
    await forgetFile(talk, written.extras);
    return noteOf(problems);
  }
  await forgetFile(talk, state.extras);
  Object.assign(state, { message, extras });
  delete state.savedAs;
  return undefined;
}

const LONGEST_SHOWN = 1000;

function messageQuestion(words: Words, state: DraftState, room: Room, note: Note | undefined): View {
  const { message } = state;
  const max = room.maxMessageLength;
  const kept =
    message === undefined
      ? undefined
      : `${words.say("message-kept")}\n${quoted(shorten(seenContent(state, words), LONGEST_SHOWN))}`;
  const keep = [{ label: words.plain("button-keep"), choice: "keep" }];
  return {
    text: note
      ? lines(note(words), kept)
      : paragraphs(
          words.say("ask-message", { max }),
          extrasHint(words, room),
          columnHint(words, state),
          kept,
        ),
    rows: [message === undefined ? [] : keep, exits(words, "later")],
  };
}

function extrasHint(words: Words, { takes, maxCaptionLength = 0 }: Room): string | undefined {
  return lines(
    takes?.attachments ? words.say("ask-message-extras", { max: maxCaptionLength }) : undefined,
    takes?.copies ? words.say("ask-message-copies") : undefined,
  );
}

function columnHint(words: Words, { list }: DraftState): string {
  const [example, ...others] = list?.columns ?? [];
  if (example === undefined) return words.say("ask-message-no-columns");
  const variables = words.codes(inBraces(["username", example, ...others]));
  return words.say("ask-message-columns", { variables, example });
}

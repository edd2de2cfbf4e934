/** The second question: who is written to. */
import { originText } from "../../views/list-report.ts";
import type { View } from "../../views/view.ts";
import type { Words } from "../../words.ts";
import type { Answer } from "../answer.ts";
import type { DraftState } from "../draft-state.ts";
import type { Note, Step, Talk, Turn } from "../step.ts";
import { exitOf, exits, lines, paragraphs } from "../step.ts";
import { importFrom } from "./import-list.ts";
import { sourceFrom } from "./list-source.ts";
import { reviewList } from "./review-list.ts";

/** Takes a list pasted or as a file, shows what cleaning found, and takes another one for as long as it is wanted. */
export const recipientsStep: Step = { name: "recipients", run: askRecipients };

async function askRecipients(talk: Talk, state: DraftState): Promise<Turn> {
  let note: Note | undefined;
  let waiting: Answer | undefined;
  for (;;) {
    const answer: Answer = waiting ?? (await ask(talk, state, note));
    [waiting, note] = [undefined, undefined];
    const given = await sourceFrom(talk, answer);
    if (given.kind === "note") note = given.note;
    else if (given.kind === "answer") {
      const exit = exitOf(given.answer);
      if (exit) return exit;
      if (given.answer.choice === "keep" && state.list) return "next";
    } else {
      const outcome = await importFrom(talk, state, given.source);
      if (typeof outcome === "function") note = outcome;
      else if (typeof outcome === "string") return outcome;
      else {
        const reviewed = await reviewList(talk, state, outcome);
        if (typeof reviewed === "string") return reviewed;
        waiting = reviewed.kind === "button" ? undefined : reviewed;
      }
    }
  }
}

async function ask(talk: Talk, state: DraftState, note: Note | undefined): Promise<Answer> {
  await talk.dialogue.ask((words) => recipientsQuestion(words, state, note));
  return talk.dialogue.next();
}

function recipientsQuestion(words: Words, { id = "", list }: DraftState, note: Note | undefined): View {
  const kept = list && words.say("list-kept", { count: list.valid, origin: originText(list.origin, words) });
  return {
    text: note ? lines(note(words), kept) : paragraphs(words.say("ask-recipients", { id }), kept),
    rows: [list ? [{ label: words.plain("button-keep"), choice: "keep" }] : [], exits(words, "later")],
  };
}

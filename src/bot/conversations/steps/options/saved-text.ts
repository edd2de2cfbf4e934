/** Saves the message of the campaign in the making under a name, for another one. */
import { joinedNames } from "../../../../words/joined.ts";
import { textName } from "../../../saved-texts.ts";
import type { Saved } from "../../../saved-texts.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Note, Talk } from "../../step.ts";
import { exitOf, exits, paragraphs } from "../../step.ts";
import type { Topic } from "./topic.ts";

/** It is no question of the campaign's: whoever wants to keep the text finds it beside the options. */
export const savedTextTopic: Topic = {
  name: "saved-text",
  isFor: ({ message }) => message !== undefined && message !== "",
  value: ({ savedAs }, words) => (savedAs === undefined ? undefined : joinedNames([savedAs], words)),
  run: askName,
};

async function askName(talk: Talk, state: DraftState): Promise<"back" | "cancel"> {
  let note: Note | undefined;
  let taken: { readonly name: string; readonly at: number } | undefined;
  for (;;) {
    const [shown, offered] = [note, taken];
    await talk.dialogue.show((words) => ({
      text: paragraphs(
        shown?.(words),
        words.say("ask-text-name"),
        state.extras?.attachment && words.say("text-file-not-kept"),
      ),
      rows: [
        offered ? [{ label: words.plain("button-text-replace"), choice: "replace" }] : [],
        exits(words, "later"),
      ],
    }));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    const replaces = answer.kind === "button" ? taken : undefined;
    const name = replaces?.name ?? (answer.kind === "text" ? textName(answer.text) : undefined);
    taken = undefined;
    note = (words) => words.say("text-name-wrong");
    if (name === undefined) continue;
    const saved = await save(talk, state, name, replaces?.at);
    if (saved.kind === "saved") {
      state.savedAs = name;
      return "back";
    }
    if (saved.kind === "taken") taken = { name, at: saved.at };
    note = (words) => words.say(`text-${saved.kind}`, { name });
  }
}

function save({ dialogue, parts }: Talk, state: DraftState, name: string, replaces?: number): Promise<Saved> {
  const { message = "", extras } = state;
  return dialogue.perform(({ from, operatorId }) =>
    parts.savedTexts.save({
      name,
      message,
      extras,
      by: from?.first_name ?? String(operatorId),
      ...(replaces === undefined ? {} : { replaces }),
    }),
  );
}

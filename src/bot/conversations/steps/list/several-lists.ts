/** Lists that were sent at once: which of them is meant is asked, so that none takes the place of another unseen. */
import { shorten } from "../../../../words/markup.ts";
import type { Words } from "../../../../words/words.ts";
import { originText } from "../../../../words/list-origin.ts";
import type { View } from "../../../views/view.ts";
import type { Answer } from "../../answer.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Talk, Turn } from "../../step.ts";
import { exitOf, exits } from "../../step.ts";

const MOST_OFFERED = 8;
const LONGEST_LABEL = 40;

/**
 * Answers what is to be read in place of the list that was just read. One that was sent after its report was seen is
 * meant to take its place; of those sent before, one is chosen.
 * @returns `next` when the list stays
 */
export async function meantList(talk: Talk, state: DraftState, answer: Answer): Promise<Answer | Turn> {
  if (!state.list || !isList(answer) || !answer.isEarly) return answer;
  const others: Answer[] = [answer];
  for (;;) {
    await talk.dialogue.ask((words) => whichList(words, state, others));
    const chosen = await talk.dialogue.next();
    const exit = exitOf(chosen);
    if (exit) return exit;
    if (chosen.kind === "button" && chosen.choice === "stays") return "next";
    const other = chosen.kind === "button" ? others[Number(chosen.choice)] : undefined;
    if (other) return other;
    if (isList(chosen)) others.push(chosen);
  }
}

function isList({ kind }: Answer): boolean {
  return kind === "document" || kind === "text";
}

function whichList(words: Words, { list }: DraftState, others: readonly Answer[]): View {
  const origin = shorten(originText(list?.origin ?? "", words), LONGEST_LABEL);
  const stays = {
    label: words.plain("button-list-stays", { count: list?.valid ?? 0, origin }),
    choice: "stays",
  };
  const rows = others
    .slice(-MOST_OFFERED)
    .map((other) => [{ label: labelOf(other, words), choice: String(others.indexOf(other)) }]);
  return { text: words.say("list-several"), rows: [[stays], ...rows, exits(words, "later")] };
}

function labelOf(answer: Answer, words: Words): string {
  const name = answer.kind === "document" ? answer.name : words.plain("list-pasted");
  return words.plain("button-list-instead", { name: shorten(name, LONGEST_LABEL) });
}

/** Asks the operator what a list leaves open, or was read wrongly; the answer is how to read it again. */
import type { ListChoices, ListQuestion } from "../../../../app/lists/list-report.ts";
import { choicesOf, listQuestionView, pageOf } from "../../../views/lists/list-question.ts";
import type { Words } from "../../../../words/words.ts";
import type { Answer } from "../../answer.ts";
import type { Talk } from "../../step.ts";
import { exitOf, exits, lines } from "../../step.ts";

/** What became of a question: an answer, a way out, or another list sent in place of an answer. */
export type Asked =
  | { readonly kind: "choices"; readonly choices: ListChoices }
  | { readonly kind: "exit"; readonly turn: "back" | "cancel" }
  | { readonly kind: "answer"; readonly answer: Answer };

/** Asks until a button is pressed that answers; a file sent meanwhile is taken for another list. */
export async function askAboutList({ dialogue }: Talk, question: ListQuestion): Promise<Asked> {
  const shown = { page: 0, isAgain: false };
  const showing = (words: Words) => viewOf(question, shown, words);
  await dialogue.ask(showing);
  for (;;) {
    const answer = await dialogue.next();
    const turn = exitOf(answer);
    if (turn) return { kind: "exit", turn };
    if (answer.kind === "document") return { kind: "answer", answer };
    const page = answer.kind === "button" ? pageOf(answer.choice) : undefined;
    const choices = answer.kind === "button" ? await chosen(dialogue, question, answer.choice) : undefined;
    if (choices) return { kind: "choices", choices };
    shown.isAgain = page === undefined;
    if (page === undefined) await dialogue.ask(showing);
    else {
      shown.page = page;
      await dialogue.redraw(showing);
    }
  }
}

async function chosen(
  dialogue: Talk["dialogue"],
  question: ListQuestion,
  choice: string,
): Promise<ListChoices | undefined> {
  const found = await dialogue.perform(({ words }) => choicesOf(question, choice, words) ?? null);
  return found ?? undefined;
}

function viewOf(question: ListQuestion, { page, isAgain }: { page: number; isAgain: boolean }, words: Words) {
  const { text, rows = [] } = listQuestionView(question, page, words);
  const note = isAgain ? words.say("choose-by-button") : undefined;
  return { text: lines(note, text), rows: [...rows, exits(words, "later")] };
}

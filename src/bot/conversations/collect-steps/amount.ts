/** The third question: how many different people. */
import { typed } from "../../../words/markup.ts";
import type { View } from "../../views/view.ts";
import type { Words } from "../../../words/words.ts";
import type { CollectState } from "../collect-state.ts";
import type { Note, Talk, Turn } from "../step.ts";
import { exitOf, exits } from "../step.ts";

/** One tap for the usual ones; any other number is typed. */
const USUAL = [100, 250, 1000];

/** A typing slip beyond it is asked about. */
const MOST = 10_000_000;

/** Takes any whole number from 1. */
export async function amountStep({ dialogue }: Talk, state: CollectState): Promise<Turn> {
  let note: Note | undefined;
  for (;;) {
    const shown = note;
    await dialogue.ask((words) => amountQuestion(words, shown));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    const count = amountIn(
      answer.kind === "button" ? answer.choice : answer.kind === "text" ? answer.text : "",
    );
    if (count !== undefined) {
      state.count = count;
      return "next";
    }
    note = (words) => words.say("amount-wrong", { most: MOST });
  }
}

function amountIn(text: string): number | undefined {
  const digits = typed(text).replaceAll(/[\s,٬']/g, "");
  if (!/^\d{1,8}$/.test(digits)) return undefined;
  const count = Number(digits);
  return count >= 1 && count <= MOST ? count : undefined;
}

function amountQuestion(words: Words, note: Note | undefined): View {
  const usual = USUAL.map((count) => ({
    label: words.plain("button-amount", { count }),
    choice: String(count),
  }));
  return { text: note ? note(words) : words.say("ask-amount"), rows: [usual, exits(words, "later")] };
}

/** The third question: how many different people, or how many posts of each search. */
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
export async function amountStep({ dialogue, parts }: Talk, state: CollectState): Promise<Turn> {
  const isOfPosts = state.source?.targetKind === "search";
  const usual = isOfPosts ? await dialogue.perform(() => [100, parts.app.leads.postsPerTarget()]) : USUAL;
  const question = isOfPosts ? "ask-amount-search" : "ask-amount";
  let note: Note | undefined;
  for (;;) {
    const shown = note;
    await dialogue.ask((words) => amountQuestion(words, shown ?? ((each) => each.say(question)), usual));
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

function amountQuestion(words: Words, text: Note, usual: readonly number[]): View {
  const buttons = [...new Set(usual)].map((count) => ({
    label: words.plain("button-amount", { count }),
    choice: String(count),
  }));
  return { text: text(words), rows: [buttons, exits(words, "later")] };
}

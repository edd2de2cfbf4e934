/** The first question: where the leads come from. */
import type { View } from "../../views/view.ts";
import type { Words } from "../../../words/words.ts";
import type { ChosenSource, CollectState } from "../collect-state.ts";
import type { Talk, Turn } from "../step.ts";
import { exitOf, exits } from "../step.ts";

/** Shows what is set up here; what was given for another source is forgotten. */
export async function sourceStep({ dialogue, parts }: Talk, state: CollectState): Promise<Turn> {
  const sources = await dialogue.perform(() =>
    parts.app.leads.sources().map(({ name, targetKind }): ChosenSource => ({ name, targetKind })),
  );
  if (sources.length === 0) {
    await dialogue.tell((words) => words.say("collect-no-source"));
    return "cancel";
  }
  for (;;) {
    await dialogue.ask((words) => sourceQuestion(words, sources));
    const answer = await dialogue.next();
    if (exitOf(answer)) return "cancel";
    const source = answer.kind === "button" ? sources[Number(answer.choice)] : undefined;
    if (!source) continue;
    if (source.name !== state.source?.name) state.targets = [];
    state.source = source;
    return "next";
  }
}

function sourceQuestion(words: Words, sources: readonly ChosenSource[]): View {
  const rows = sources.map(({ name }, index) => [
    { label: words.plain(`source-${name}`), choice: String(index) },
  ]);
  return { text: words.say("ask-source"), rows: [...rows, exits(words, "first")] };
}

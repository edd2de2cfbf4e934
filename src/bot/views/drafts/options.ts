/** The options of a campaign in the making: all of them on their own screen, those that are set on the plan. */
import type { DraftState } from "../../conversations/draft-state.ts";
import { exits, paragraphs } from "../../conversations/step.ts";
import type { Topic } from "../../conversations/steps/options/topic.ts";
import { escapeHtml } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import { valuesOnButtons } from "../values-on-buttons.ts";
import type { View } from "../view.ts";

/** A row a topic, with what it is set to. */
export function optionsView(state: DraftState, topics: readonly Topic[], words: Words): View {
  const { labels, above } = valuesOnButtons(
    topics.map((topic) => ({
      value: topic.value(state, words) ?? words.plain(`topic-${topic.name}-off`),
      label: (value) => optionLabel(words.plain(`topic-${topic.name}`), value),
    })),
    words,
  );
  const rows = topics.map(({ name }, at) => [{ label: labels[at] ?? "", choice: `topic=${name}` }]);
  const text = paragraphs(words.say("options-title", { id: state.id ?? "" }), above);
  return { text, rows: [...rows, exits(words, "later")] };
}

/** What stands on the button of a topic. */
export function optionLabel(topic: string, value: string): string {
  return `${topic}: ${value}`;
}

/** A line for each that is set: what was chosen there is seen without opening it again. */
export function optionLines(state: DraftState, topics: readonly Topic[], words: Words): string[] {
  return topics.flatMap((topic) => {
    const value = topic.value(state, words);
    return value === undefined ? [] : [escapeHtml(optionLabel(words.plain(`topic-${topic.name}`), value))];
  });
}

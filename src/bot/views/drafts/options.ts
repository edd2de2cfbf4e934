/** The options of a campaign in the making: all of them on their own screen, those that are set on the plan. */
import type { DraftState } from "../../conversations/draft-state.ts";
import { exits } from "../../conversations/step.ts";
import type { Topic } from "../../conversations/steps/options/topic.ts";
import { escapeHtml } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import type { View } from "../view.ts";

/** A row a topic, with what it is set to. */
export function optionsView(state: DraftState, topics: readonly Topic[], words: Words): View {
  const rows = topics.map((topic) => {
    const value = topic.value(state, words) ?? words.plain(`topic-${topic.name}-off`);
    return [{ label: optionLabel(words.plain(`topic-${topic.name}`), value), choice: `topic=${topic.name}` }];
  });
  const text = words.say("options-title", { id: state.id ?? "" });
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

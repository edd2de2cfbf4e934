/** Whom earlier campaigns wrote to, through whatever they went: their people are left out, all at one tap or one by one. */
import type { Campaign } from "../../../../domain/campaign.ts";
import type { Words } from "../../../../words/words.ts";
import type { View } from "../../../views/view.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Talk } from "../../step.ts";
import { exitOf, exits } from "../../step.ts";
import type { Topic } from "./topic.ts";

/** Shown one by one; a campaign further back is named on the command line. */
const MOST_SHOWN = 8;

export const excludesTopic: Topic = {
  name: "excludes",
  isFor: ({ existing }) => !existing,
  value: ({ excludes = [] }, words) =>
    excludes.length === 0 ? undefined : words.plain("topic-excludes-value", { count: excludes.length }),
  run: askExcludes,
};

async function askExcludes({ dialogue, parts }: Talk, state: DraftState): Promise<"back" | "cancel"> {
  const ids = await dialogue.perform(async () => {
    const all = (await parts.app.campaigns()).filter((one) => isEarlier(one, state));
    return all.slice(0, MOST_SHOWN).map(({ id }) => id);
  });
  for (;;) {
    await dialogue.show((words) => excludesView(ids, state, words));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind !== "button") continue;
    state.excludes = pressed(answer.choice, ids, state.excludes ?? []);
  }
}

function isEarlier({ id }: Campaign, state: DraftState): boolean {
  return id !== state.id;
}

function pressed(choice: string, ids: readonly string[], before: readonly string[]): readonly string[] {
  if (choice === "all") return ids;
  if (choice === "off") return [];
  const id = ids[Number(choice)];
  if (id === undefined) return before;
  return before.includes(id) ? before.filter((one) => one !== id) : [...before, id];
}

function excludesView(ids: readonly string[], { excludes = [] }: DraftState, words: Words): View {
  const each = ids.map((id, index) => [
    { label: `${excludes.includes(id) ? "✅" : "▫️"} ${id}`, choice: String(index) },
  ]);
  const all = [
    { label: words.plain("button-excludes-all", { count: ids.length }), choice: "all" },
    { label: words.plain("topic-excludes-off"), choice: "off" },
  ];
  return {
    text: words.say(ids.length === 0 ? "ask-excludes-none" : "ask-excludes"),
    rows: [ids.length === 0 ? [] : all, ...each, exits(words, "later")],
  };
}

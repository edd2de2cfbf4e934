/** First a few, then the operator's word: how many are written to before the campaign waits. */
import { firstFew } from "../../../../domain/settings/try-first.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Talk } from "../../step.ts";
import { askNumber } from "./ask-number.ts";
import type { Topic } from "./topic.ts";

export const tryFirstTopic: Topic = {
  name: "try-first",
  value: ({ settings: { tryFirst } }, words) =>
    tryFirst && words.plain("topic-try-first-value", { count: tryFirst.count }),
  run: askTryFirst,
};

const OFFERED = [5, 20, 100];
const MOST = 1_000_000;

async function askTryFirst(talk: Talk, state: DraftState): Promise<"back" | "cancel"> {
  const count = await askNumber(talk, {
    text: (words) => words.say("ask-try-first"),
    offered: OFFERED,
    label: (some, words) => words.plain("button-try-first", { count: some }),
    off: (words) => words.plain("topic-try-first-off"),
    most: MOST,
    now: state.settings.tryFirst?.count,
  });
  if (count === "cancel") return "cancel";
  if (count === "back") return "back";
  const { tryFirst: _, ...others } = state.settings;
  state.settings = count === "off" ? others : { ...others, tryFirst: firstFew(count) };
  return "back";
}

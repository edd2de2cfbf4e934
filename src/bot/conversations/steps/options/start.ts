/** When a new campaign starts: at once, or at a moment that it waits for. */
import { fullMoment } from "../../../../words/when-words.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Talk } from "../../step.ts";
import { askMoment } from "../ask-moment.ts";
import type { Topic } from "./topic.ts";

export const startTopic: Topic = {
  name: "start",
  isFor: (state) => !state.existing,
  value: ({ startAt }, words) => startAt && fullMoment(startAt.at, startAt.timeZone, words),
  run: askStart,
};

async function askStart(talk: Talk, state: DraftState): Promise<"back" | "cancel"> {
  const answer = await askMoment(talk, {
    text: (words) => words.say("ask-start"),
    now: (words) => words.plain("button-at-once"),
  });
  if (answer === "cancel" || answer === "back") return answer;
  if (answer === "now") delete state.startAt;
  else state.startAt = answer;
  return "back";
}

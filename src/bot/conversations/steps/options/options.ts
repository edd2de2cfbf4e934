/** What is there when it is wanted: the options of a campaign, each with its present value, on one screen of the plan. */
import { optionsView } from "../../../views/drafts/options.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Talk } from "../../step.ts";
import { exitOf } from "../../step.ts";
import { topicsFor } from "./topics.ts";

/** Shows the options in place of the plan, and opens the one that is tapped, until the operator goes back. */
export async function askOptions(talk: Talk, state: DraftState): Promise<"back" | "cancel"> {
  for (;;) {
    const topics = topicsFor(state);
    await talk.dialogue.show((words) => optionsView(state, topics, words));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    const topic = topics.find(({ name }) => answer.kind === "button" && answer.choice === `topic=${name}`);
    if (topic && (await topic.run(talk, state)) === "cancel") return "cancel";
  }
}

/** At Start, when somebody else was quicker: what they started, and what becomes of what was prepared here. */
import type { StartProblem, ExistingCampaign } from "../../../app/drafts/draft.ts";
import { whatStays } from "../../views/drafts/addition.ts";
import type { View } from "../../views/view.ts";
import type { Words } from "../../../words/words.ts";
import type { DraftState } from "../draft-state.ts";
import type { Talk } from "../step.ts";
import { exitOf, exits, paragraphs } from "../step.ts";

/** A campaign that stands in the way of a Start as somebody else left it. */
export interface InTheWay {
  readonly problem: StartProblem;
  readonly campaign: ExistingCampaign;
}

/** Asks whether to add the names to it or to take another name; nothing of what was prepared is lost by either. */
export async function askAboutOther(
  { dialogue }: Talk,
  state: DraftState,
  found: InTheWay,
): Promise<"add" | "name" | "cancel"> {
  const { campaign } = found;
  const canAdd = campaign.status !== "cancelled" && campaign.channel === state.channel?.name;
  for (;;) {
    await dialogue.ask((words) => question(words, found, canAdd));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit === "cancel") return "cancel";
    if (answer.kind !== "button") continue;
    if (answer.choice === "name") return "name";
    if (answer.choice !== "add" || !canAdd) continue;
    state.existing = campaign;
    state.changes = [];
    return "add";
  }
}

function question(words: Words, { problem, campaign }: InTheWay, canAdd: boolean): View {
  const { id, sent, total } = campaign;
  const status = words.plain(`status-${campaign.status}`);
  const sentence = problem === "changed" ? "start-changed" : "start-exists";
  return {
    text: paragraphs(
      words.say(sentence, { id, status, sent, total }),
      whatStays(campaign, words),
      words.say("start-kept"),
    ),
    rows: [
      canAdd ? [{ label: words.plain("button-same-campaign"), choice: "add" }] : [],
      [{ label: words.plain("button-other-name"), choice: "name" }],
      exits(words, "first"),
    ],
  };
}

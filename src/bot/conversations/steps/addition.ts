/** Before names are added to a campaign: what stays as it is, what may be changed, and whom a change touches. */
import type { MessageProblem, Plan } from "../../../app/drafts/draft.ts";
import { channelName } from "../../../words/channel-name.ts";
import { additionView } from "../../views/drafts/addition.ts";
import { change, chooseChannel, draftFrom, pressLately } from "../draft-state.ts";
import type { Changeable, DraftState } from "../draft-state.ts";
import type { Step, Talk, Turn } from "../step.ts";
import { exitOf } from "../step.ts";
import { usableFor } from "./channel.ts";

/** Shows the campaign's own text, accounts and consent; none of them changes unless it is tapped. */
export const additionStep: Step = {
  name: "addition",
  isFor: ({ existing }) => existing !== undefined,
  run: askAddition,
};

async function askAddition(talk: Talk, state: DraftState): Promise<Turn> {
  const [channel] = await usableFor(talk, state);
  if (!channel) {
    await talk.dialogue.tell((words) => words.say("addition-no-channel", { id: state.id ?? "" }));
    return "back";
  }
  if (state.list?.isSubscribers && channel.name !== "telegram") {
    await talk.dialogue.tell((words) =>
      words.say("addition-subscribers", { id: state.id ?? "", channel: channelName(channel.name, words) }),
    );
    return "back";
  }
  chooseChannel(state, channel);
  for (let isNew = true; ; isNew = false) {
    // What is to be changed is asked for after this; until then the campaign is as it is.
    const draft = draftFrom({ ...state, changes: [] });
    const plan = await talk.dialogue.perform(() => talk.parts.app.plan(draft));
    const problems = await problemsWith(talk, state, plan);
    const shown = { state, plan, problems };
    if (isNew) await talk.dialogue.ask((words) => additionView(shown, words));
    else await talk.dialogue.redraw((words) => additionView(shown, words));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind !== "button") continue;
    if (answer.choice === "go") return "next";
    if (!pressLately(state, answer.choice)) toggle(state, answer.choice);
  }
}

/** The campaign's own text may use columns that the new list lacks. */
async function problemsWith(
  { dialogue, parts }: Talk,
  { existing, list, channel }: DraftState,
  { added }: Plan,
): Promise<readonly MessageProblem[]> {
  if (!existing || !channel || added === 0) return [];
  const { message, extras = {} } = existing;
  return dialogue.perform(() => parts.app.checkMessage(message, list?.columns ?? [], { channel, extras }));
}

function toggle(state: DraftState, choice: string): void {
  const part = (["message", "accounts", "consent"] as const).find((one) => one === choice);
  if (part === undefined) return;
  if (state.changes.includes(part)) state.changes = without(state.changes, part);
  else change(state, part);
}

function without(changes: readonly Changeable[], part: Changeable): readonly Changeable[] {
  return changes.filter((one) => one !== part);
}

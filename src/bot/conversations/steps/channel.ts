/** The fourth question, asked only where there is a choice: through what the campaign goes out. */
import type { ChannelChoice } from "../../../app/drafts/draft.ts";
import { channelName } from "../../../words/channel-name.ts";
import type { View } from "../../views/view.ts";
import type { Words } from "../../../words/words.ts";
import { chooseChannel } from "../draft-state.ts";
import type { DraftState } from "../draft-state.ts";
import type { Step, Talk, Turn } from "../step.ts";
import { exitOf, exits } from "../step.ts";

/** Takes the only way there is, or asks which. */
export const channelStep: Step = { name: "channel", isFor: ({ existing }) => !existing, run: askChannel };

async function askChannel(talk: Talk, state: DraftState): Promise<Turn> {
  const usable = await usableFor(talk, state);
  const [only] = usable;
  if (!only) {
    await talk.dialogue.tell((words) => words.say("no-channel"));
    return "cancel";
  }
  state.askedChannel = usable.length > 1;
  const turn = usable.length === 1 ? take(state, only) : await askWhich(talk, state, usable);
  return turn === "next" ? lookAtMessage(talk, state) : turn;
}

/** A campaign's channel is for life. Subscribers are reached by their bot alone, and nobody is reached by a bot that has none. */
export function usableFor(
  { dialogue, parts }: Talk,
  { list, existing }: DraftState,
): Promise<readonly ChannelChoice[]> {
  const isForSubscribers = list?.isSubscribers === true;
  return dialogue.perform(async () => {
    if (existing) return (await parts.app.channels()).filter(({ name }) => name === existing.channel);
    const hasSubscribers = (await parts.app.subscribers.count()) > 0;
    const channels = (await parts.app.channels()).filter((channel) => channel.accounts.length > 0);
    const fitting = channels.filter(({ name }) =>
      isForSubscribers ? name === "telegram" : hasSubscribers || name !== "telegram",
    );
    return fitting.length > 0 ? fitting : channels;
  });
}

function take(state: DraftState, channel: ChannelChoice): Turn {
  chooseChannel(state, channel);
  return "next";
}

async function askWhich(
  { dialogue }: Talk,
  state: DraftState,
  channels: readonly ChannelChoice[],
): Promise<Turn> {
  for (;;) {
    await dialogue.ask((words) => channelQuestion(words, channels));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    const channel = answer.kind === "button" ? channels[Number(answer.choice)] : undefined;
    if (channel) return take(state, channel);
  }
}

function channelQuestion(words: Words, channels: readonly ChannelChoice[]): View {
  const rows = channels.map(({ name }, index) => [
    { label: channelName(name, words), choice: String(index) },
  ]);
  return { text: words.say("ask-channel"), rows: [...rows, exits(words, "later")] };
}

/** A message that fits elsewhere may be too long here, or have what can't be sent this way: it is asked for again. */
async function lookAtMessage({ dialogue, parts }: Talk, state: DraftState): Promise<Turn> {
  const { message = "", extras = {}, channel, list } = state;
  if (!channel) return "back";
  const found = await dialogue.perform(() =>
    parts.app.checkMessage(message, list?.columns ?? [], { channel, extras }),
  );
  const problems = found.filter(({ problem }) => problem === "tooLong" || problem === "notTaken");
  if (problems.length === 0) return "next";
  state.messageProblems = problems;
  return "message";
}

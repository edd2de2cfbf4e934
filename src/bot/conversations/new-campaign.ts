/**
 * The dialogue that prepares a campaign, step by step, forth and back. It collects and hands over: once the campaign is
 * started it returns, and everything after that is the progress reporter's.
 */
import type { Conversation } from "@grammyjs/conversations";
import type { Context } from "grammy";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { sendView } from "../views/view.ts";
import { forgetFile } from "./draft-files.ts";
import { Dialogue, chatOf } from "./dialogue.ts";
import { draftFrom, emptyDraft } from "./draft-state.ts";
import type { DraftState } from "./draft-state.ts";
import { sampleDraft } from "./sample-draft.ts";
import type { Step, Talk, Turn } from "./step.ts";
import { channelStep } from "./steps/channel.ts";
import { confirmStep, consentStep } from "./steps/consent.ts";
import { messageStep } from "./steps/message.ts";
import { nameStep } from "./steps/name.ts";
import { planStep } from "./steps/plan.ts";
import { previewStep } from "./steps/preview.ts";
import { recipientsStep } from "./steps/recipients.ts";

/** The conversation's name. */
export const NEW_CAMPAIGN = "new-campaign";

/** How the dialogue begins: from nothing, with a name that came with the command, with collected people, or with the sample. */
export type Opening =
  | { readonly kind: "new"; readonly name?: string }
  | { readonly kind: "leads"; readonly list: string }
  | { readonly kind: "sample" };

const steps: readonly Step[] = [
  nameStep,
  recipientsStep,
  messageStep,
  channelStep,
  planStep,
  previewStep,
  consentStep,
  confirmStep,
];

/** Makes the conversation. */
export function createNewCampaign(
  parts: BotParts,
): (conversation: Conversation<OperatorContext>, opened: Context, opening: Opening) => Promise<void> {
  return async (conversation, opened, opening) => {
    const talk = { dialogue: new Dialogue(conversation, opened, NEW_CAMPAIGN), parts };
    if (!(await canSend(talk))) return talk.dialogue.tell((words) => words.say("no-channel"));
    const state = await stateFor(talk, opening);
    if (!state) return talk.dialogue.tell((words) => words.say("sample-failed"));
    const isComplete = await walk(talk, state, opening.kind === "sample" ? steps.indexOf(planStep) : 0);
    await talk.dialogue.close();
    if (isComplete) await start(talk, state);
    else await abandon(talk, state);
    await forgetFile(talk, state.extras);
  };
}

/** Asking for a list and a message is no use while there is nothing to send them through. */
function canSend({ dialogue, parts }: Talk): Promise<boolean> {
  return dialogue.perform(async () => {
    const channels = await parts.app.channels();
    return channels.some((channel) => channel.accounts.length > 0);
  });
}

async function stateFor(talk: Talk, opening: Opening): Promise<DraftState | undefined> {
  switch (opening.kind) {
    case "new":
      return emptyDraft(opening.name);
    case "leads":
      return { ...emptyDraft(), source: { kind: "leads", list: opening.list } };
    case "sample":
      return openSample(talk);
  }
}

async function openSample({ dialogue, parts }: Talk): Promise<DraftState | undefined> {
  const { sample, app } = parts;
  const state =
    sample && (await dialogue.perform(({ words }) => sampleDraft(app, sample, words).then(orNull)));
  return state ?? undefined;
}

function orNull<T>(value: T | undefined): T | null {
  return value ?? null;
}

/** Goes from step to step until the last is done; false when the operator cancelled. */
async function walk(talk: Talk, state: DraftState, from: number): Promise<boolean> {
  let at = from;
  while (at < steps.length) {
    const step = steps[at];
    if (!step) return false;
    const turn = await step.run(talk, state);
    if (turn === "cancel") return false;
    at = stepAfter(turn, at, state);
  }
  return true;
}

function stepAfter(turn: Exclude<Turn, "cancel">, at: number, state: DraftState): number {
  if (turn === "next") return at + 1;
  if (turn === "message") return steps.indexOf(messageStep);
  const before = Math.max(0, at - 1);
  // With one way to send there was no question to go back to.
  return steps[before] === channelStep && !state.askedChannel ? before - 1 : before;
}

async function start({ dialogue, parts }: Talk, state: DraftState): Promise<void> {
  const draft = draftFrom(state);
  const statement = state.consent ?? "";
  await dialogue.perform(async (context) => {
    const { operatorId, words } = context;
    const [chatId, id] = [chatOf(context), draft.campaignId];
    await parts.reporter.prepare(chatId, id);
    const consent = { statement, by: String(operatorId), operatorId };
    const result = await context.work.handOver(() => parts.app.start(draft, consent));
    // Started before a crash and asked for again after it: it runs, and that is what the operator wants to hear.
    const isRunning = parts.app.campaigns().some((one) => one.id === id && one.status === "running");
    if (result.ok || isRunning) {
      await sendView(context.api, chatId, { text: words.say("started", { id }) });
      await parts.reporter.follow(chatId, id);
    } else {
      await parts.reporter.forget(chatId, id);
      const sentence = result.problem === "nothingToDo" ? "start-nothing" : "start-refused";
      await sendView(context.api, chatId, { text: words.say(sentence, { id }) });
    }
    return null;
  });
}

async function abandon({ dialogue, parts }: Talk, { list }: DraftState): Promise<void> {
  if (list) await dialogue.perform(() => parts.app.discardList(list.listId).then(() => null));
  await dialogue.tell((words) => words.say("dialogue-cancelled"));
}

/**
 * The dialogue that prepares a campaign, step by step, forth and back. It collects and hands over: once the campaign is
 * started it returns, and everything after that is the progress reporter's.
 */
import type { Conversation } from "@grammyjs/conversations";
import type { Context } from "grammy";
import type { Draft, StartResult } from "../../app/drafts/draft.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { fullMoment } from "../../words/when-words.ts";
import { sendView } from "../views/view.ts";
import { forgetFiles } from "./draft-files.ts";
import { Dialogue, chatOf } from "./dialogue.ts";
import { draftFrom, isAsked } from "./draft-state.ts";
import type { DraftState } from "./draft-state.ts";
import type { Opening } from "./opening.ts";
import { beginning } from "./opening.ts";
import type { Note, Step, Talk, Turn } from "./step.ts";
import { additionStep } from "./steps/addition.ts";
import { channelStep } from "./steps/channel.ts";
import { confirmStep, consentStep } from "./steps/consent.ts";
import { messageStep } from "./steps/message/message.ts";
import { nameStep } from "./steps/name.ts";
import { planStep } from "./steps/plan.ts";
import { previewStep } from "./steps/message/preview.ts";
import { recipientsStep } from "./steps/recipients.ts";
import { askAboutOther } from "./steps/somebody-else.ts";
import type { InTheWay } from "./steps/somebody-else.ts";

/** The conversation's name. */
export const NEW_CAMPAIGN = "new-campaign";

const steps: readonly Step[] = [
  nameStep,
  recipientsStep,
  additionStep,
  messageStep,
  channelStep,
  planStep,
  previewStep,
  consentStep,
  confirmStep,
];

/** A talk, and whether what comes of it is kept. */
type Preparing = Talk & { readonly keeps: boolean };

/** Makes the conversation. */
export function createNewCampaign(
  parts: BotParts,
): (conversation: Conversation<OperatorContext>, opened: Context, opening: Opening) => Promise<void> {
  return async (conversation, opened, opening) => {
    const talk = { dialogue: new Dialogue(conversation, opened, NEW_CAMPAIGN), parts };
    if (!(await canSend(talk))) return talk.dialogue.tell((words) => words.say("no-channel"));
    const begun = await beginning(talk, opening);
    if (begun === "cancel") return cancelled(talk);
    if (!begun) return talk.dialogue.tell((words) => words.say("sample-failed"));
    const { state } = begun;
    const { usualWindow } = parts.app.when;
    if (usualWindow) state.usualWindow = usualWindow;
    const keeps = opening.kind !== "sample";
    if (await prepare({ ...talk, keeps }, state, stepNamed(begun.from)))
      await forgetStarted(talk, state, keeps);
    else if (keeps) await leave(talk, state);
    else await abandon(talk, state);
  };
}

function stepNamed(name: string): Step {
  return steps.find((step) => step.name === name) ?? nameStep;
}

/** Asking for a list and a message is no use while there is nothing to send them through. */
function canSend({ dialogue, parts }: Talk): Promise<boolean> {
  return dialogue.perform(async () => {
    const channels = await parts.app.channels();
    return channels.some((channel) => channel.accounts.length > 0);
  });
}

/** Asks and starts; what stands in the way of a Start is asked about, with all that was prepared. False: cancelled. */
async function prepare(talk: Preparing, state: DraftState, from: Step): Promise<boolean> {
  let at = from;
  for (;;) {
    const isComplete = await walk(talk, state, at);
    await talk.dialogue.close(talk.parts.inBackground);
    if (!isComplete) return false;
    const inTheWay = await start(talk, state);
    if (!inTheWay) return true;
    if (inTheWay === "past") {
      delete state.startAt;
      await talk.dialogue.tell((words) => words.say("start-past", { id: state.id ?? "" }));
      at = planStep;
      continue;
    }
    const turn = await askAboutOther(talk, state, inTheWay);
    if (turn === "cancel") {
      await talk.dialogue.close(talk.parts.inBackground);
      return false;
    }
    at = turn === "add" ? additionStep : nameStep;
  }
}

/** Goes from step to step until the last is done; false when the operator cancelled. */
async function walk(talk: Preparing, state: DraftState, from: Step): Promise<boolean> {
  let at = steps.indexOf(from);
  while (at < steps.length) {
    const step = steps[at];
    if (!step) return false;
    if (step.isFor?.(state) === false) {
      at += 1;
      continue;
    }
    const turn = await step.run(talk, state);
    if (turn === "cancel") return false;
    at = stepAfter(turn, at, state);
    await keep(talk, state, steps[at] ?? confirmStep);
  }
  return true;
}

/** What is answered so far is on disk before the next question. */
async function keep({ dialogue, parts, keeps }: Preparing, state: DraftState, next: Step): Promise<void> {
  if (keeps)
    await dialogue.perform(({ operatorId }) =>
      parts.keptDrafts.keep(operatorId, state, next.name).then(() => null),
    );
}

function stepAfter(turn: Exclude<Turn, "cancel">, at: number, state: DraftState): number {
  if (turn === "next") return at + 1;
  if (turn === "message") return steps.indexOf(messageStep);
  // With one way to send there was no question to go back to.
  const wasAsked = (step: Step): boolean =>
    step.isFor?.(state) !== false && (step !== channelStep || state.askedChannel === true);
  return Math.max(0, steps.slice(0, at).findLastIndex(wasAsked));
}

/**
 * Starts the draft and leaves the rest to the reporter, which says it once Telegram can be reached: the campaign has its
 * live message, its Pause and its summary whatever fails in the chat from here on. Answers what stands in the way.
 */
async function start({ dialogue, parts }: Talk, state: DraftState): Promise<InTheWay | "past" | undefined> {
  const draft = draftFrom(state);
  const found = await dialogue.perform(async (context): Promise<InTheWay | "past" | null> => {
    const { operatorId, words } = context;
    const [chatId, id] = [chatOf(context), draft.campaignId];
    await parts.reporter.prepare(chatId, id);
    const result = await context.work.handOver(() => startOf(parts, { draft, state, operatorId }));
    if (result.ok) {
      await parts.reporter.follow(chatId, id, startedText(result, state, id));
      return null;
    }
    await parts.reporter.forget(chatId, id);
    if (result.problem === "past") return "past";
    if (result.problem !== "notNow") return { problem: result.problem, campaign: result.campaign };
    await sendView(context.api, chatId, { text: words.say("start-refused", { id }) });
    return null;
  });
  return found ?? undefined;
}

interface Starting {
  readonly draft: Draft;
  readonly state: DraftState;
  readonly operatorId: number;
}

/** What failed after the campaign was there is no reason to say that it was not started: it goes on by itself. */
async function startOf({ app }: BotParts, { draft, state, operatorId }: Starting): Promise<StartResult> {
  const { consent } = state;
  const said = consent !== undefined && isAsked(state, "consent") ? { statement: consent } : {};
  try {
    return await app.start(draft, { ...said, by: String(operatorId), operatorId });
  } catch (error) {
    const begun = (await app.campaigns()).find((one) => one.id === draft.campaignId);
    if (begun?.startedWith !== draft.listId) throw error;
    return { ok: true, added: 0, corrected: 0 };
  }
}

/** Nothing advises to begin again: what is said here is said of a campaign that is there. */
function startedText(result: Extract<StartResult, { ok: true }>, { existing }: DraftState, id: string): Note {
  const { added, corrected, pausedBy, putBackFrom, startsAt } = result;
  if (startsAt)
    return (words) =>
      words.say("started-scheduled", { id, moment: fullMoment(startsAt.at, startsAt.timeZone, words) });
  if (putBackFrom !== undefined)
    return (words) => words.say("started-put-back", { id, moment: words.exactMoment(putBackFrom) });
  if (pausedBy !== undefined) return (words) => words.say("started-paused", { id });
  if (!existing || added + corrected === 0) return (words) => words.say("started", { id });
  return (words) => words.say("started-added", { id, added, corrected });
}

/** A started campaign has list and file for its own. */
async function forgetStarted(talk: Talk, { extras }: DraftState, isKept: boolean): Promise<void> {
  if (isKept)
    await talk.dialogue.perform(({ operatorId }) =>
      talk.parts.keptDrafts.started(operatorId).then(() => null),
    );
  await forgetFiles(talk, extras);
}

/** What was prepared is kept, to be offered the next time. */
async function leave(talk: Talk, { list, message }: DraftState): Promise<void> {
  if (!list && message === undefined) return cancelled(talk);
  await talk.dialogue.tell((words) => `${words.say("dialogue-cancelled")} ${words.say("draft-kept")}`);
}

function cancelled({ dialogue }: Talk): Promise<void> {
  return dialogue.tell((words) => words.say("dialogue-cancelled"));
}

async function abandon(talk: Talk, { list, extras }: DraftState): Promise<void> {
  if (list) await talk.dialogue.perform(() => talk.parts.app.discardList(list.listId).then(() => null));
  await forgetFiles(talk, extras);
  await cancelled(talk);
}

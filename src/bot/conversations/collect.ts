/**
 * The dialogue that asks for leads: from where, whose, how many. It collects and hands over: once the request is on disk
 * it returns, and everything after that is the lead reporter's.
 */
import type { Conversation } from "@grammyjs/conversations";
import type { Context } from "grammy";
import type { CollectRequest, CollectResult } from "../../app/leads/leads.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { sendView } from "../views/view.ts";
import { listLabel } from "../../words/list-label.ts";
import type { Words } from "../../words/words.ts";
import type { CollectState } from "./collect-state.ts";
import { requestFrom } from "./collect-state.ts";
import { amountStep } from "./collect-steps/amount.ts";
import { estimateStep } from "./collect-steps/estimate.ts";
import { sourceStep } from "./collect-steps/source.ts";
import { targetsStep } from "./collect-steps/targets.ts";
import { Dialogue, chatOf } from "./dialogue.ts";
import type { Talk, Turn } from "./step.ts";

/** The conversation's name. */
export const COLLECT = "collect";

/** One question of this dialogue, asked until its answer can be used. */
export type CollectStep = (talk: Talk, state: CollectState) => Promise<Turn>;

const steps: readonly CollectStep[] = [sourceStep, targetsStep, amountStep, estimateStep];

/** Makes the conversation. */
export function createCollect(
  parts: BotParts,
): (conversation: Conversation<OperatorContext>, opened: Context) => Promise<void> {
  return async (conversation, opened) => {
    const talk = { dialogue: new Dialogue(conversation, opened, COLLECT), parts };
    const state: CollectState = { targets: [] };
    const isComplete = await walk(talk, state);
    await talk.dialogue.close(parts.inBackground);
    if (isComplete) await begin(talk, requestFrom(state));
    else await talk.dialogue.tell((words) => words.say("collect-cancelled"));
  };
}

/** Goes from step to step until the last is done; false when the operator cancelled. */
async function walk(talk: Talk, state: CollectState): Promise<boolean> {
  for (let at = 0; at < steps.length;) {
    const turn = await steps[at]?.(talk, state);
    if (turn === "cancel" || turn === undefined) return false;
    at = turn === "next" ? at + 1 : Math.max(0, at - 1);
  }
  return true;
}

async function begin({ dialogue, parts }: Talk, request: CollectRequest): Promise<void> {
  await dialogue.perform(async (context) => {
    const chatId = chatOf(context);
    const result = await context.work.handOver(() => parts.app.leads.collect(request));
    await sendView(context.api, chatId, { text: resultText(result, request, context.words) });
    if (result.ok) await parts.leadReporter.follow(chatId, result.list);
    return null;
  });
}

function resultText(result: CollectResult, { targets, isEach }: CollectRequest, words: Words): string {
  const items = isEach ? "posts" : "people";
  if (result.ok) {
    const { list, begun, fromBefore } = result;
    const begins = words.say(`collect-begun-${begun}`, {
      list: listLabel(
        list,
        targets.map(({ text }) => text),
      ),
    });
    return fromBefore > 0
      ? `${begins}\n${words.say("collect-from-before", { count: fromBefore, items })}`
      : begins;
  }
  switch (result.problem) {
    case "busy":
      return words.say("collect-busy", { list: result.list, count: result.count });
    case "badTarget":
      return words.say("collect-bad-target", {
        text: result.text,
        reason: words.plain(`target-${result.reason}`),
      });
    case "otherKind":
      return words.say("collect-other-kind", { list: result.list });
    case "unknownSource":
    case "badCount":
    case "badListName":
    case "badTime":
      return words.say("collect-refused");
  }
}

/**
 * The dialogue that changes one thing of a campaign that runs or is paused. The submenu it comes from and goes back to is no
 * dialogue: left alone, it is in nobody's way.
 */
import type { Conversation } from "@grammyjs/conversations";
import type { Context } from "grammy";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { changeMenu } from "../menus/campaigns/change/change-menu.ts";
import type { TopicEnd } from "../menus/campaigns/change/topic.ts";
import { changeTopics } from "../menus/campaigns/change/topics.ts";
import { sendView } from "../views/view.ts";
import { Dialogue, chatOf } from "./dialogue.ts";
import type { Talk } from "./step.ts";

/** The conversation's name. */
export const CHANGE = "change";

/** Which campaign, and what of it. */
export interface ChangeOpening {
  readonly campaignId: string;
  readonly topic: string;
}

/** Makes the conversation. */
export function createChange(
  parts: BotParts,
): (conversation: Conversation<OperatorContext>, opened: Context, opening: ChangeOpening) => Promise<void> {
  return async (conversation, opened, { campaignId, topic: name }) => {
    const talk = { dialogue: new Dialogue(conversation, opened, CHANGE), parts };
    const topic = changeTopics.find((one) => one.name === name);
    if (!topic) return talk.dialogue.tell((words) => words.say("gone-button"));
    const end = await topic.run(talk, { campaignId });
    await talk.dialogue.close(parts.inBackground);
    await sayEnd(talk, end, campaignId);
  };
}

async function sayEnd({ dialogue, parts }: Talk, end: TopicEnd, campaignId: string): Promise<void> {
  if (end.kind === "cancel") return dialogue.tell((words) => words.say("change-cancelled"));
  if (end.kind === "done") await dialogue.tell(end.note);
  await dialogue.perform(async (context) => {
    const view = await parts.app.view(campaignId);
    if (view) await sendView(context.api, chatOf(context), changeMenu(view, context.words));
    parts.reporter.refresh(campaignId);
    return null;
  });
}

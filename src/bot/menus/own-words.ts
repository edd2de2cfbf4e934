/** What is looked at before anything is understood as a command: whose word it is, and whether its dialogue is left already. */
import type { MiddlewareFn } from "grammy";
import type { OperatorContext } from "../bot-parts.ts";
import { CHANGE } from "../conversations/change.ts";
import { COLLECT } from "../conversations/collect.ts";
import { WELCOME } from "../conversations/welcome.ts";
import { AUDIENCE } from "../conversations/audience.ts";
import { OPT_OUTS } from "../conversations/opt-outs.ts";
import { isConversing } from "../conversations/conversation-storage.ts";
import type { Document, StoredConversations } from "../documents.ts";
import { commandOf } from "../intake/command.ts";
import { answered } from "./begin.ts";
import { sendText } from "./campaigns/campaign-deeds.ts";

/** Takes commands in any case, and none that somebody else gave: a forwarded one is answered and does nothing. */
export function ownWords(): MiddlewareFn<OperatorContext> {
  return async (context, next) => {
    const { message } = context.update;
    const command = message?.text === undefined ? undefined : commandOf(message.text);
    if (message?.text === undefined || command === undefined) return next();
    if (message.forward_origin) return sendText(context, context.words.say("forwarded-command"));
    message.text = `/${command}${message.text.slice(command.length + 1)}`;
    await next();
  };
}

/** What is said of each dialogue that is left. */
const sentences: ReadonlyMap<string, string> = new Map([
  [COLLECT, "collect-cancelled"],
  [OPT_OUTS, "opt-outs-cancelled"],
  [CHANGE, "change-cancelled"],
  [AUDIENCE, "audience-cancelled"],
  [WELCOME, "welcome-cancelled"],
]);

/** Says that a dialogue was left when the work on it was what was left: nothing waits there any more. */
export function leftDialogue(stored: Document<StoredConversations>): MiddlewareFn<OperatorContext> {
  return async (context, next) => {
    const { leaves, left } = context.work;
    if (leaves !== "dialogue" || isConversing(stored, context.update)) return next();
    if (context.callbackQuery) await answered(context);
    const sentence = sentences.get(left?.name ?? "") ?? "dialogue-cancelled";
    await sendText(context, context.words.say(sentence));
  };
}

/** The gate behind the door: what an update asks for is handed on only to somebody whose role allows it. */
import type { MiddlewareFn } from "grammy";
import type { Update } from "grammy/types";
import type { Right } from "../../app/team/team.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { commandIn } from "../intake/command.ts";
import { sendView } from "../views/view.ts";
import { rightOfCommand } from "./command-rights.ts";
import { rightOfPress } from "./press-rights.ts";

/** What somebody must be allowed to have this update handled. Whatever is written may be an answer in a dialogue. */
export function rightFor(update: Update): Right {
  const data = update.callback_query?.data;
  if (data !== undefined) return rightOfPress(data) ?? "act";
  const command = commandIn(update);
  // One that is none is answered with what was likely meant, and does nothing.
  return command === undefined ? "act" : (rightOfCommand(command) ?? "look");
}

export function roleGate({
  app,
  operators,
}: Pick<BotParts, "app" | "operators">): MiddlewareFn<OperatorContext> {
  return async (context, next) => {
    const { words, operatorId: id } = context;
    if (operators.may(id, rightFor(context.update))) return next();
    const role = app.team.roleOf(id);
    const asked = { role: role === undefined ? "" : words.plain(`role-${role}`) };
    if (context.callbackQuery)
      await context
        .answerCallbackQuery({ text: words.plain("role-cannot-press", asked) })
        .catch(() => undefined);
    else await sendView(context.api, chatOf(context), { text: words.say("role-cannot", asked) });
  };
}

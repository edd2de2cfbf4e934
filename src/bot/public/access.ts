/** The door: operators get in, anybody else meets the public side, and nobody controls anything from a group. */
import type { MiddlewareFn } from "grammy";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { PublicSide, profileOf } from "./public-side.ts";

/** Lets operators pass in their private chats, with their words; everybody else is the public side's. */
export function createDoor(
  parts: Pick<BotParts, "app" | "operators" | "clock" | "inBackground" | "leaving">,
): MiddlewareFn<OperatorContext> {
  const { operators } = parts;
  const publicSide = new PublicSide(parts);
  return async (context, next) => {
    const person = context.from;
    if (!person || context.chat?.type !== "private") return;
    await parts.app.subscribers.seen(profileOf(person));
    if (context.myChatMember) return void (await context.work.departed);
    if (!operators.isOperator(person.id)) return publicSide.handle(context, person);
    // What an operator makes of a message later changes nothing that was done by it.
    if (context.editedMessage) return;
    const { language_code: code, first_name: name } = person;
    await operators.noteTelegram(person.id, { name, ...(code === undefined ? {} : { code }) });
    context.operatorId = person.id;
    context.words = operators.wordsFor(person.id);
    // Whatever comes of it, also in a dialogue, is this operator's deed.
    await parts.app.as({ kind: "operator", id: person.id, name }, next);
  };
}

/** The door: operators get in, anybody else gets one polite line, and nobody controls anything from a group. */
import type { Context, MiddlewareFn } from "grammy";
import type { Clock } from "../lib/clock.ts";
import type { OperatorContext } from "./bot-parts.ts";
import type { OperatorBook } from "./operator-book.ts";

/** A stranger reads the line again after this long; more often would let anybody use up the bot's own rate. */
const QUIET_MS = 60_000;
const MOST_REMEMBERED = 1000;

/** Lets operators pass in their private chats, with their words; answers strangers. */
export function createDoor(operators: OperatorBook, clock: Clock): MiddlewareFn<OperatorContext> {
  const answered = new Map<number, number>();
  return async (context, next) => {
    const id = context.from?.id;
    if (id === undefined || context.chat?.type !== "private") return;
    if (!operators.isOperator(id)) return turnAway(context, id);
    await operators.noteTelegramLanguage(id, context.from?.language_code);
    context.operatorId = id;
    context.words = operators.wordsFor(id);
    await next();
  };

  async function turnAway(context: Context, id: number): Promise<void> {
    const text = operators.wordsForStranger(context.from?.language_code).plain("stranger");
    if (context.callbackQuery)
      return void (await context.answerCallbackQuery({ text }).catch(() => undefined));
    if (!context.message || clock.now() - (answered.get(id) ?? -Infinity) < QUIET_MS) return;
    answered.delete(id);
    answered.set(id, clock.now());
    const [oldest] = answered.keys();
    if (answered.size > MOST_REMEMBERED && oldest !== undefined) answered.delete(oldest);
    await context.reply(text);
  }
}

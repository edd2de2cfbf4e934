/** Hands updates to grammY together with the work on them. */
import type { Bot, MiddlewareFn } from "grammy";
import { BotError } from "grammy";
import type { Update } from "grammy/types";
import type { OperatorContext } from "../bot-parts.ts";
import { grammySignal } from "../calls/grammy-signal.ts";
import type { UpdateWork } from "./update-work.ts";

/** The updates that are being handled. */
export class Works {
  readonly #works = new WeakMap<Update, UpdateWork>();

  /** Handles an update; throws what its handlers throw. */
  async handle(bot: Bot<OperatorContext>, work: UpdateWork): Promise<void> {
    this.#works.set(work.update, work);
    try {
      await bot.handleUpdate(work.update);
    } catch (error) {
      throw error instanceof BotError ? error.error : error;
    }
  }

  /** Gives each context its work. Calls made for it end when nobody wants their outcome any more. */
  middleware(): MiddlewareFn<OperatorContext> {
    return async (context, next) => {
      const work = this.#works.get(context.update);
      if (!work) throw new Error("an update came in by another way than the intake");
      context.work = work;
      context.api.config.use((previous, method, payload, signal) => {
        noteCall(work, method);
        return work.while(() => previous(method, payload, signal ?? grammySignal(work.signal)));
      });
      await next();
    };
  }
}

/** What binds at receipt has bound when it is told: what is told may wait for Telegram, and the next word must not. */
function noteCall(work: UpdateWork, method: string): void {
  if (method === "answerCallbackQuery") work.isAnswered = true;
  if (work.errand.turn === "now" && work.leaves !== "dialogue") work.letOthersPass();
}

/**
 * The bot's public side: people who are no operators subscribe, unsubscribe, and can do nothing else. Owns the promise
 * that a /stop is on disk, and binds every campaign, before the person reads that it is; answers go out beside the
 * handling of updates, at most one waiting for each person, so that nobody's writing keeps an operator waiting.
 */
import type { Api, Context } from "grammy";
import type { User } from "grammy/types";
import type { SubscriberProfile } from "../domain/subscriber.ts";
import { sourceOf } from "../domain/subscriber.ts";
import type { BotParts } from "./bot-parts.ts";
import { sendView } from "./views/view.ts";
import type { Words } from "../words/words.ts";

type PublicParts = Pick<BotParts, "app" | "operators" | "clock" | "inBackground">;

/** What no command is gets its line again after this long. */
const QUIET_MS = 60_000;
const MOST_REMEMBERED = 1000;

/** What Telegram says of whoever did something. */
export function profileOf(user: User): SubscriberProfile {
  const username = user.username?.toLowerCase();
  return {
    id: user.id,
    firstName: user.first_name,
    ...(username === undefined ? {} : { username }),
    ...(user.language_code === undefined ? {} : { languageCode: user.language_code }),
  };
}

/** Notices what an update says about a person, whoever it is: another name, or that they blocked the bot. */
export async function noticePerson(
  { app }: Pick<BotParts, "app">,
  { from, myChatMember }: Context,
): Promise<void> {
  if (!from) return;
  if (myChatMember?.new_chat_member.status === "kicked") await app.subscribers.blocked(from.id);
  await app.subscribers.seen(profileOf(from));
}

/** Says that somebody is subscribed now, and how to end it. */
export function subscribedText(kind: "new" | "back" | "again", bot: string, words: Words): string {
  return kind === "again" ? words.say("subscribed-again") : words.say("subscribed", { bot });
}

/** Says that somebody is not subscribed any more, or never was. */
export function unsubscribedText(wasSubscribed: boolean, words: Words): string {
  return words.say(wasSubscribed ? "unsubscribed" : "not-subscribed");
}

export class PublicSide {
  readonly #parts: PublicParts;
  /** When each person last got the line for what is no command. */
  readonly #told = new Map<number, number>();
  /** The latest answer for each chat that one is being sent to. */
  readonly #answers = new Map<number, string>();

  constructor(parts: PublicParts) {
    this.#parts = parts;
  }

  /** Handles what somebody who is no operator did in their private chat. */
  async handle(context: Context, person: User): Promise<void> {
    const words = this.#parts.operators.wordsForStranger(person.language_code);
    if (context.callbackQuery)
      return void (await context
        .answerCallbackQuery({ text: words.plain("stranger") })
        .catch(() => undefined));
    if (!context.message) return;
    const text = await this.#answerTo(context, person, words);
    if (text !== undefined) this.#answer(context.api, person.id, text);
  }

  async #answerTo(context: Context, person: User, words: Words): Promise<string | undefined> {
    const { subscribers } = this.#parts.app;
    const { text = "" } = context.message ?? {};
    const [, command, parameter = ""] = /^\/(start|stop)(?:@\w+)?(?:\s+(\S+))?\s*$/i.exec(text) ?? [];
    if (command === undefined) {
      if (await subscribers.wrote(person.id, text)) return unsubscribedText(true, words);
      return this.#isQuiet(person.id) ? undefined : words.say("stranger");
    }
    if (command.toLowerCase() === "stop") return unsubscribedText(await subscribers.stop(person.id), words);
    const kind = await subscribers.subscribe(profileOf(person), sourceOf(parameter));
    return subscribedText(kind, context.me.first_name, words);
  }

  #isQuiet(id: number): boolean {
    const now = this.#parts.clock.now();
    if (now - (this.#told.get(id) ?? -Infinity) < QUIET_MS) return true;
    this.#told.delete(id);
    this.#told.set(id, now);
    const [oldest] = this.#told.keys();
    if (this.#told.size > MOST_REMEMBERED && oldest !== undefined) this.#told.delete(oldest);
    return false;
  }

  #answer(api: Api, chatId: number, text: string): void {
    const isUnderWay = this.#answers.has(chatId);
    this.#answers.set(chatId, text);
    if (!isUnderWay) this.#parts.inBackground(() => this.#sendLatest(api, chatId));
  }

  async #sendLatest(api: Api, chatId: number): Promise<void> {
    for (;;) {
      const text = this.#answers.get(chatId) ?? "";
      // Whoever blocks the bot meanwhile wants no answer.
      await sendView(api, chatId, { text }).catch(() => undefined);
      if (this.#answers.get(chatId) === text) break;
    }
    this.#answers.delete(chatId);
  }
}

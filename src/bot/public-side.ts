/**
 * The bot's public side: people who are no operators subscribe, unsubscribe, and can do nothing else. Owns the promise
 * that a /stop is on disk, and binds every campaign, before the person reads that it is. Nothing here waits for Telegram:
 * answers go out beside the handling of updates.
 */
import type { Context } from "grammy";
import type { Update, User } from "grammy/types";
import type { SubscriberProfile } from "../domain/subscriber.ts";
import { sourceOf } from "../domain/subscriber.ts";
import type { BotParts } from "./bot-parts.ts";
import { PublicAnswers } from "./public-answers.ts";
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

/** Says the same to an operator, whose /start is no subscription. */
export function operatorUnsubscribedText(wasSubscribed: boolean, words: Words): string {
  return words.say(wasSubscribed ? "operator-unsubscribed" : "operator-not-subscribed");
}

/**
 * Binds the opt-outs among updates that were taken in and not handled yet, without a word to anybody: the word comes when
 * they are. For a start, before anything is sent.
 */
export async function bindDepartures(
  { app, operators }: Pick<BotParts, "app" | "operators">,
  updates: readonly Update[],
): Promise<void> {
  for (const { message, my_chat_member: member } of updates) {
    const person = (message ?? member)?.from?.id;
    if (person === undefined) continue;
    if (member?.new_chat_member.status === "kicked") await app.subscribers.blocked(person);
    if (operators.isOperator(person) || message?.text === undefined) continue;
    if (/^\/stop(?:@|\s|$)/i.test(message.text)) await app.subscribers.stop(person);
    else await app.subscribers.wrote(person, message.text);
  }
}

export class PublicSide {
  readonly #parts: PublicParts;
  readonly #answers: PublicAnswers;
  /** When each person last got the line for what is no command. */
  readonly #told = new Map<number, number>();

  constructor(parts: PublicParts) {
    this.#parts = parts;
    this.#answers = new PublicAnswers(parts.inBackground);
  }

  /** Handles what somebody who is no operator did in their private chat. */
  async handle(context: Context, person: User): Promise<void> {
    const words = this.#parts.operators.wordsForStranger(person.language_code);
    if (context.callbackQuery) {
      const text = words.plain("stranger");
      return this.#parts.inBackground(
        async () => void (await context.answerCallbackQuery({ text }).catch(() => undefined)),
      );
    }
    if (!context.message) return;
    const { text, isDeparture } = await this.#answerTo(context, person, words);
    if (text !== undefined) this.#answers.add(context.api, person.id, { text, isUrgent: isDeparture });
  }

  async #answerTo(context: Context, person: User, words: Words): Promise<Said> {
    const { subscribers } = this.#parts.app;
    const { text = "", forward_origin: forwarded } = context.message ?? {};
    const [, command, parameter = ""] = /^\/(start|stop)(?:@\w+)?(?:\s+(\S+))?\s*$/i.exec(text) ?? [];
    if (command?.toLowerCase() === "stop")
      return { text: unsubscribedText(await subscribers.stop(person.id), words), isDeparture: true };
    // Somebody else's Start is nobody's consent.
    if (command !== undefined && !forwarded) {
      const kind = await subscribers.subscribe(profileOf(person), sourceOf(parameter));
      return { text: subscribedText(kind, context.me.first_name, words), isDeparture: false };
    }
    if (await subscribers.wrote(person.id, text))
      return { text: unsubscribedText(true, words), isDeparture: true };
    return { text: this.#isQuiet(person.id) ? undefined : words.say("stranger"), isDeparture: false };
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
}

interface Said {
  readonly text: string | undefined;
  /** Whoever leaves reads so before everybody else's answer. */
  readonly isDeparture: boolean;
}

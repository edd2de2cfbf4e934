/**
 * The bot's public side: people who are no operators subscribe, unsubscribe, and can do nothing else. Owns the promise
 * that a /stop is on disk, and binds every campaign, before the person reads that it is. Nothing here waits for Telegram:
 * answers go out beside the handling of updates.
 */
import type { Context } from "grammy";
import type { Message, User } from "grammy/types";
import type { SubscriberProfile } from "../../domain/people/subscriber.ts";
import { sourceOf } from "../../domain/people/subscriber.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { answerIn } from "./answer-in.ts";
import { chooseOwn, languageWish } from "./own-language.ts";
import { PublicAnswers } from "./public-answers.ts";
import type { Words } from "../../words/words.ts";

type PublicContext = Context & Pick<OperatorContext, "work">;
type PublicParts = Pick<BotParts, "app" | "operators" | "clock" | "inBackground" | "leaving">;

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

export class PublicSide {
  readonly #parts: PublicParts;
  readonly #answers: PublicAnswers;
  /** When each person last got the line for what is no command. */
  readonly #told = new Map<number, number>();

  constructor(parts: PublicParts) {
    this.#parts = parts;
    this.#answers = new PublicAnswers(parts);
  }

  /** Handles what somebody who is no operator did in their private chat. */
  async handle(context: PublicContext, person: User): Promise<void> {
    const chosen = await this.#parts.app.subscribers.chosenBy(person.id);
    const words = this.#parts.operators.wordsForStranger(chosen ?? person.language_code);
    if (context.callbackQuery) return this.#pressed(context, person, words);
    // Of what is edited only a word to stop counts: the rest was answered when it came.
    if (!context.message && !(await context.work.departed)) return;
    const { text, isDeparture } = await this.#answerTo(context, person, words);
    if (text !== undefined) this.#answers.add(context.api, person.id, { text, isUrgent: isDeparture });
  }

  /** The toast comes when the departure is on disk; where it comes too late to be shown, a message says the same. */
  async #pressed(context: PublicContext, person: User, words: Words): Promise<void> {
    const hasLeft = await context.work.departed;
    const text = words.plain(
      hasLeft === undefined ? "stranger" : hasLeft ? "unsubscribed" : "not-subscribed",
    );
    this.#parts.inBackground(async () => {
      const isShown = await context.answerCallbackQuery({ text }).catch(() => false);
      if (!isShown && hasLeft === true) this.#answers.add(context.api, person.id, { text, isUrgent: true });
    });
  }

  async #answerTo({ message, work, me }: PublicContext, person: User, words: Words): Promise<Said> {
    if (work.isOvertaken) return { text: undefined, isDeparture: false };
    const { text = "", forward_origin: forwarded } = message ?? {};
    const hasLeft = work.departed && (await work.departed);
    // A stop word of somebody who is not subscribed says something else.
    if (hasLeft || (work.departed && text.startsWith("/")))
      return { text: unsubscribedText(hasLeft === true, words), isDeparture: true };
    const [start, parameter = ""] = /^\/start(?:@\w+)?(?:\s+(\S+))?\s*$/i.exec(text) ?? [];
    // Somebody else's Start is nobody's consent.
    if (start !== undefined && !forwarded) {
      const { subscribers } = this.#parts.app;
      const kind = await subscribers.subscribe(profileOf(person), sourceOf(parameter));
      return { text: subscribedText(kind, me.first_name, words), isDeparture: false };
    }
    const wish = forwarded ? undefined : languageWish(text);
    if (wish !== undefined)
      return { text: await chooseOwn(this.#parts, { id: person.id, wish, words }), isDeparture: false };
    const isPassedOn = await this.#passOn(message, person);
    const said = isPassedOn ? "answer-passed-on" : "stranger";
    return { text: this.#isQuiet(person.id) ? undefined : words.say(said), isDeparture: false };
  }

  /** Whether operators are told of it: of what subscribers write, where answers are kept. */
  async #passOn(message: Message | undefined, person: User): Promise<boolean> {
    const written = message && answerIn(message);
    if (!written) return false;
    return (await this.#parts.app.answers.heard(profileOf(person), written)) !== undefined;
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

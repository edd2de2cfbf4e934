/**
 * Answers to people who are no operators. Each person gets the latest one only; whoever leaves gets theirs at once, and
 * the others' go a few at a time, so that twenty thousand who press Start keep nobody who presses Stop waiting.
 */
import type { Api } from "grammy";
import type { BotParts } from "../bot-parts.ts";
import { sendView } from "../views/view.ts";

/** Enough that answers leave as fast as Telegram takes them from a bot, 30 a second, when each takes a third of one. */
const AT_A_TIME = 10;

interface Answer {
  readonly text: string;
  readonly isUrgent: boolean;
}

type AnswerParts = Pick<BotParts, "inBackground" | "leaving">;

export class PublicAnswers {
  readonly #parts: AnswerParts;
  /** The latest answer for each chat that one waits for or is being sent to. */
  readonly #latest = new Map<number, string>();
  readonly #sending = new Set<number>();
  /** Chats that wait for their turn, in the order they wrote. */
  readonly #waiting = new Set<number>();
  #inTurn = 0;

  constructor(parts: AnswerParts) {
    this.#parts = parts;
  }

  /** Has an answer sent; one to the same person that still waits is replaced. */
  add(api: Api, chatId: number, { text, isUrgent }: Answer): void {
    this.#latest.set(chatId, text);
    if (isUrgent) this.#parts.leaving.add(chatId);
    if (this.#sending.has(chatId)) return;
    if (isUrgent) {
      this.#waiting.delete(chatId);
      this.#parts.inBackground(() => this.#send(api, chatId));
    } else {
      this.#waiting.add(chatId);
      this.#sendNext(api);
    }
  }

  #sendNext(api: Api): void {
    const [next] = this.#waiting;
    if (next === undefined || this.#inTurn >= AT_A_TIME) return;
    this.#waiting.delete(next);
    this.#inTurn += 1;
    this.#parts.inBackground(async () => {
      await this.#send(api, next);
      this.#inTurn -= 1;
      this.#sendNext(api);
    });
  }

  async #send(api: Api, chatId: number): Promise<void> {
    this.#sending.add(chatId);
    for (;;) {
      const text = this.#latest.get(chatId) ?? "";
      // Whoever blocks the bot meanwhile wants no answer.
      await sendView(api, chatId, { text }).catch(() => undefined);
      if (this.#latest.get(chatId) === text) break;
    }
    this.#parts.leaving.delete(chatId);
    this.#latest.delete(chatId);
    this.#sending.delete(chatId);
  }
}

/**
 * Tells every operator what people answer, a card an answer, in order. How far each was told is on disk, so a restart
 * goes on from there; after a kill between a card and that note the card comes twice, and never not at all. Of very many
 * at once the newest are cards and the others a number: /answers has them all.
 */
import type { Api } from "grammy";
import { GrammyError } from "grammy";
import type { App } from "../../app/app.ts";
import type { Clock } from "../../lib/clock.ts";
import type { BotLog } from "../bot-log.ts";
import { OutgoingLane, isRefused, problemOf } from "../calls/outgoing-lane.ts";
import type { Document, ToldAnswers } from "../documents.ts";
import type { OperatorBook } from "../operator-book.ts";
import type { OwnReply } from "../../domain/people/own-reply.ts";
import { answererName } from "../../words/answer-lines.ts";
import { replyEnd } from "../views/answers/reply-words.ts";
import { answerCard } from "../views/answers/answer-card.ts";
import { sendView } from "../views/view.ts";

export interface AnswerTellerParts {
  readonly app: Pick<App, "answers">;
  /** Without retries of its own: the lanes must see every 429. */
  readonly api: Api;
  readonly operators: OperatorBook;
  readonly toldAnswers: Document<ToldAnswers>;
  readonly clock: Clock;
  readonly log: BotLog;
  /** Least time between two messages in one chat, ms. */
  readonly paceMs: number;
}

/** More than this wait for one chat: only the last of them are cards. */
const MOST_WAITING = 20;

const LOOKED_AT = 500;

export class AnswerTeller {
  readonly #parts: AnswerTellerParts;
  readonly #lanes = new Map<number, OutgoingLane>();
  readonly #closing = new AbortController();
  readonly #unwatch: () => void;
  #isOpen = false;

  /** Listens from the start; nothing is said before {@link open}. */
  constructor(parts: AnswerTellerParts) {
    this.#parts = parts;
    const unwatch = parts.app.answers.watch(() => this.#tellAll());
    const unwatchReplies = parts.app.answers.watchReplies((reply) => this.#tellEnd(reply));
    this.#unwatch = () => {
      unwatch();
      unwatchReplies();
    };
  }

  /** Begins to speak: whoever is new among the operators hears of what comes from now on. */
  async open(): Promise<void> {
    const { app, operators, toldAnswers } = this.#parts;
    const last = await app.answers.lastNumber();
    await toldAnswers.update((told) => ({
      ...Object.fromEntries(operators.ids.map((id) => [id, last])),
      // Numbers begin anew where the file of answers was lost or put back from a backup: nothing may count as told then.
      ...Object.fromEntries(Object.entries(told).map(([id, number]) => [id, Math.min(number, last)])),
    }));
    this.#isOpen = true;
    this.#tellAll();
    for (const reply of await app.answers.untold()) this.#tellEnd(reply);
  }

  /** Stops speaking; resolves when the calls under way have ended. */
  async close(): Promise<void> {
    this.#unwatch();
    this.#closing.abort();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.idle()));
  }

  #tellAll(): void {
    if (this.#isOpen) for (const id of this.#parts.operators.ids) this.#request(id);
  }

  /** What became of a reply that was not sent at once is told to whoever wrote it. */
  #tellEnd({ id, by, answer: number }: OwnReply): void {
    const chatId = Number(by);
    const { app, api, operators } = this.#parts;
    if (!this.#isOpen || !operators.isOperator(chatId)) return;
    this.#lane(chatId).request(`reply ${id}`, async () => {
      const found = await app.answers.get(number);
      const reply = (await app.answers.untold()).find((one) => one.id === id);
      if (!found || !reply) return "silent";
      const words = operators.wordsFor(chatId);
      const text = replyEnd(reply, answererName(found.answer, words), words);
      return (await app.answers.tell(id, () => sendView(api, chatId, { text }))) ? "called" : "silent";
    });
  }

  #request(chatId: number): void {
    this.#lane(chatId).request("answers", () => this.#tellNext(chatId));
  }

  #lane(chatId: number): OutgoingLane {
    let lane = this.#lanes.get(chatId);
    if (!lane)
      this.#lanes.set(chatId, (lane = new OutgoingLane({ ...this.#parts, signal: this.#closing.signal })));
    return lane;
  }

  async #tellNext(chatId: number): Promise<"called" | "silent"> {
    const { app, operators, toldAnswers } = this.#parts;
    const told = toldAnswers.get()[String(chatId)] ?? 0;
    const { answers, upTo } = await app.answers.after(told, LOOKED_AT);
    const [first] = answers;
    if (!first) {
      if (upTo > told) await this.#note(chatId, upTo);
      return "silent";
    }
    this.#request(chatId);
    const words = operators.wordsFor(chatId);
    const left = answers.length - MOST_WAITING;
    if (left > 0) {
      await this.#send(chatId, { text: words.say("answers-many", { count: left }) });
      await this.#note(chatId, answers[left - 1]?.number ?? upTo);
      return "called";
    }
    const found = await app.answers.get(first.number);
    const mayReply = operators.may(chatId, "act");
    if (found) await this.#send(chatId, answerCard(found, { words, mayReply }));
    await this.#note(chatId, first.number);
    return "called";
  }

  /** What Telegram will refuse again is not tried again: an operator who keeps the bot from writing. */
  async #send(chatId: number, view: Parameters<typeof sendView>[2]): Promise<void> {
    const { api, log } = this.#parts;
    await sendView(api, chatId, view).catch((error: unknown) => {
      if (!(error instanceof GrammyError) || !isRefused(error)) throw error;
      log.warn({ problem: problemOf(error) }, "an answer could not be told");
    });
  }

  async #note(chatId: number, number: number): Promise<void> {
    await this.#parts.toldAnswers.update((all) => ({ ...all, [chatId]: number }));
  }
}

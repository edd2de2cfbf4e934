/**
 * One dialogue with an operator: questions, answers, and what is asked of the application in between. Owns the promise
 * that a button counts only for the question it belongs to, and only while that question is open.
 *
 * A conversation is replayed from its log at every update. So whatever touches the world runs in `external` and answers
 * little: ids instead of messages. Words are looked up there too, so a language chosen meanwhile binds at once.
 */
import type { Conversation } from "@grammyjs/conversations";
import type { Context } from "grammy";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { editView, sendView } from "../views/view.ts";
import type { View } from "../views/view.ts";
import type { Words } from "../../words/words.ts";
import { answerOf } from "./answer.ts";
import type { Answer } from "./answer.ts";

/** Shows something in the operator's present language. */
export type Showing = (words: Words) => View;

export class Dialogue {
  readonly #conversation: Conversation<OperatorContext>;
  readonly #name: string;
  /** Tells this dialogue's buttons from those of earlier ones: the update that opened it. */
  readonly #mark: string;
  /** How many files came of each album. */
  readonly #albums = new Map<string, number>();
  #question = 0;
  #messageId: number | undefined;
  /** Something was written below the open question since it was shown. */
  #isPast = false;

  /** @param name The conversation's name */
  constructor(conversation: Conversation<OperatorContext>, opened: Context, name: string) {
    this.#conversation = conversation;
    this.#name = name;
    this.#mark = opened.update.update_id.toString(36);
  }

  /** Asks a new question; the buttons of the one before disappear. */
  async ask(showing: Showing): Promise<void> {
    this.#question += 1;
    this.#isPast = false;
    const [before, prefix] = [this.#messageId, this.#prefix()];
    this.#messageId = await this.perform(async (context) => {
      await removeButtons(context, before);
      return sendView(context.api, chatOf(context), showing(context.words), prefix);
    });
  }

  /** Shows the open question anew, in place. */
  async redraw(showing: Showing): Promise<void> {
    const [messageId, prefix] = [this.#messageId, this.#prefix()];
    if (messageId === undefined) return this.ask(showing);
    await this.perform(async (context) => {
      const place = { chatId: chatOf(context), messageId };
      // Unchanged, or deleted by the operator: neither is worth ending the dialogue for.
      await editView(context.api, place, showing(context.words), prefix).catch(() => undefined);
      return null;
    });
  }

  /** Shows the open question anew: in place while it is the last thing said, else below what was written since. */
  show(showing: Showing): Promise<void> {
    return this.#isPast ? this.ask(showing) : this.redraw(showing);
  }

  /** Says something that is no question. */
  async tell(sentence: (words: Words) => string): Promise<void> {
    await this.perform(async (context) => {
      await sendView(context.api, chatOf(context), { text: sentence(context.words) });
      return null;
    });
  }

  /**
   * Waits for an answer to the open question. A press on any other question's button is answered and does nothing.
   * @param album All of whose messages are answers; of any other the first is
   */
  async next(album?: string): Promise<Answer> {
    for (;;) {
      const update = await this.#conversation.wait();
      const data = update.callbackQuery?.data;
      if (update.callbackQuery) {
        const choice = data?.startsWith(this.#prefix()) ? data.slice(this.#prefix().length) : undefined;
        const open = choice === undefined ? undefined : this.#messageId;
        await this.perform((context) => answerPress(context, open));
        if (choice !== undefined) return { kind: "button", choice };
      } else if (update.message) {
        if (/^\/cancel(@|\s|$)/.test(update.message.text ?? "")) return { kind: "button", choice: "cancel" };
        const isOfAlbum = album !== undefined && update.message.media_group_id === album;
        if (!isOfAlbum && (await this.#isRestOfAlbum(update.message))) continue;
        this.#isPast = true;
        const isEarly = update.message.message_id < (this.#messageId ?? 0);
        return { ...answerOf(update.message), ...(isEarly ? { isEarly } : {}) };
      }
    }
  }

  /** Files that were sent together come one by one; only the first is an answer, and the rest is said to be none. */
  async #isRestOfAlbum({ media_group_id: album }: { readonly media_group_id?: string }): Promise<boolean> {
    if (album === undefined) return false;
    const seen = this.#albums.get(album) ?? 0;
    this.#albums.set(album, seen + 1);
    if (seen === 1) await this.tell((words) => words.say("dialogue-album"));
    return seen > 0;
  }

  /** Ends the open question: its buttons disappear, and nobody waits for that while Telegram can't be reached. */
  async close(inBackground: BotParts["inBackground"]): Promise<void> {
    const before = this.#messageId;
    this.#messageId = undefined;
    await this.perform((context) => {
      inBackground(() => removeButtons(context, before));
      return null;
    });
  }

  /**
   * Does something outside the conversation, once, whatever is replayed later; when the operator leaves the dialogue
   * meanwhile, it ends there.
   * @param task Answers something that survives JSON
   */
  async perform<T>(task: (context: OperatorContext) => Promise<T> | T): Promise<T> {
    return this.#conversation.external((context) => {
      context.work.dialogue = { name: this.#name, mark: this.#mark };
      return context.work.while(() => task(context));
    });
  }

  #prefix(): string {
    return `d:${this.#mark}:${this.#question}:`;
  }
}

/** The chat an update of an operator came from. */
export function chatOf(context: Context): number {
  const id = context.chat?.id;
  if (id === undefined) throw new Error("an operator's update has no chat");
  return id;
}

async function removeButtons(context: OperatorContext, messageId: number | undefined): Promise<void> {
  if (messageId === undefined) return;
  await context.api.editMessageReplyMarkup(chatOf(context), messageId).catch(() => undefined);
}

/**
 * Answers a press. A copy that is not the open question's own message (an answered question, or one that was sent twice
 * because the first answer was lost) loses its buttons.
 * @param open The open question's message; absent: the press belongs to another question
 */
async function answerPress(context: OperatorContext, open: number | undefined): Promise<null> {
  const answer = open === undefined ? { text: context.words.plain("old-button") } : {};
  // An answer that comes too late is refused; the press itself still counts.
  await context.answerCallbackQuery(answer).catch(() => undefined);
  const pressed = context.callbackQuery?.message?.message_id;
  if (pressed !== open) await removeButtons(context, pressed);
  return null;
}

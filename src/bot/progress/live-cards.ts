/** The live messages themselves: sent once, then edited in place whenever what they show has changed. */
import { UnreadableRecordError } from "../../domain/errors.ts";
import { unreadableLine } from "../../words/campaign-lines.ts";
import type { Api } from "grammy";
import { GrammyError } from "grammy";
import type { App } from "../../app/app.ts";
import type { Clock } from "../../lib/clock.ts";
import type { OperatorBook } from "../operator-book.ts";
import { campaignCard } from "../views/campaigns/campaign-card.ts";
import { editView, sendView } from "../views/view.ts";
import type { View } from "../views/view.ts";
import type { Followers } from "./followers.ts";

interface LiveCardsParts {
  readonly app: App;
  readonly api: Api;
  readonly operators: OperatorBook;
  readonly clock: Clock;
  readonly followers: Followers;
}

/** Draws live messages. Whoever calls {@link draw} keeps Telegram's pace. */
export class LiveCards {
  readonly #parts: LiveCardsParts;
  /** What each message shows, as far as this run knows. */
  readonly #shown = new Map<string, string>();
  /** Not to be drawn yet. */
  readonly #held = new Set<string>();
  /** Messages whose successor is about to be sent. */
  readonly #replaced = new Map<string, number>();

  constructor(parts: LiveCardsParts) {
    this.#parts = parts;
  }

  hold(chatId: number, campaignId: string): void {
    this.#held.add(nameOf(chatId, campaignId));
  }

  release(chatId: number, campaignId: string): void {
    this.#held.delete(nameOf(chatId, campaignId));
  }

  isHeld(chatId: number, campaignId: string): boolean {
    return this.#held.has(nameOf(chatId, campaignId));
  }

  /** Lets the next drawing be a new message, which takes the place of the one before. */
  async moveToEnd(chatId: number, campaignId: string, summarised: boolean): Promise<void> {
    const { followers } = this.#parts;
    const before = followers.get(chatId, campaignId)?.messageId;
    if (before !== undefined) this.#replaced.set(nameOf(chatId, campaignId), before);
    const isSummarised = followers.get(chatId, campaignId)?.summarised ?? summarised;
    await followers.put(chatId, campaignId, { messageId: undefined, summarised: isSummarised });
    this.release(chatId, campaignId);
  }

  /**
   * Shows how the campaign stands; makes no call when nothing has changed.
   * @throws GrammyError, HttpError that its message can't cure, a 429 above all
   */
  async draw(chatId: number, campaignId: string): Promise<"called" | "silent"> {
    const { followers } = this.#parts;
    const follower = followers.get(chatId, campaignId);
    const card = follower && (await this.#card(chatId, campaignId));
    if (!follower || !card) return "silent";
    const [name, content] = [nameOf(chatId, campaignId), JSON.stringify(card)];
    if (follower.messageId === undefined) await this.#send(chatId, campaignId, card);
    else if (this.#shown.get(name) === content) return "silent";
    else await this.#edit({ chatId, campaignId, messageId: follower.messageId }, card);
    this.#shown.set(name, content);
    return "called";
  }

  async #card(chatId: number, campaignId: string): Promise<View | undefined> {
    const { app, operators, clock } = this.#parts;
    const words = operators.wordsFor(chatId);
    try {
      const view = await app.view(campaignId);
      return view && campaignCard(view, words, clock.now());
    } catch (error) {
      if (error instanceof UnreadableRecordError) return { text: unreadableLine(campaignId, words) };
      throw error;
    }
  }

  async #send(chatId: number, campaignId: string, card: View): Promise<void> {
    const { api, followers } = this.#parts;
    const messageId = await sendView(api, chatId, card);
    await followers.put(chatId, campaignId, { messageId });
    const before = this.#replaced.get(nameOf(chatId, campaignId));
    this.#replaced.delete(nameOf(chatId, campaignId));
    // Too old to delete, or gone already: its buttons are looked up against the present anyway.
    if (before !== undefined) await api.deleteMessage(chatId, before).catch(() => undefined);
  }

  async #edit(
    place: { readonly chatId: number; readonly campaignId: string; readonly messageId: number },
    card: View,
  ): Promise<void> {
    try {
      await editView(this.#parts.api, place, card);
    } catch (error) {
      const description = error instanceof GrammyError && error.error_code === 400 ? error.description : "";
      if (/not modified/i.test(description)) return;
      if (!/not found|can't be edited|MESSAGE_ID_INVALID/i.test(description)) throw error;
      await this.#send(place.chatId, place.campaignId, card);
    }
  }
}

function nameOf(chatId: number, campaignId: string): string {
  return `${chatId} ${campaignId}`;
}

/**
 * Tells chats how collecting goes: one live message for each list and chat, edited in place, and what a request came to
 * at its end. Which message is whose is on disk before the next edit, so a restart goes on with the same message.
 */
import type { Api } from "grammy";
import { GrammyError } from "grammy";
import type { CollectionEvent, Leads } from "../../app/leads/leads.ts";
import type { Clock } from "../../lib/clock.ts";
import type { BotLog } from "../bot-log.ts";
import type { Document, FollowedLeads, LeadMessages } from "../documents.ts";
import type { OperatorBook } from "../operator-book.ts";
import { OutgoingLane } from "../calls/outgoing-lane.ts";
import type { LaneTask } from "../calls/outgoing-lane.ts";
import { leadCard, leadEndText } from "../views/leads/lead-card.ts";
import { editView, sendView } from "../views/view.ts";
import type { View } from "../views/view.ts";

export interface LeadReporterParts {
  readonly leads: Leads;
  /** Without retries of its own: the lanes must see every 429. */
  readonly api: Api;
  readonly operators: OperatorBook;
  readonly leadMessages: Document<LeadMessages>;
  readonly clock: Clock;
  readonly log: BotLog;
  /** Least time between two messages or edits in one chat, ms. */
  readonly paceMs: number;
}

export class LeadReporter {
  readonly #parts: LeadReporterParts;
  readonly #lanes = new Map<number, OutgoingLane>();
  /** What each message shows, as far as this run knows. */
  readonly #shown = new Map<string, string>();
  /** Lists whose next drawing is a new message at the end of the chat, in the place of the one before. */
  readonly #moving = new Set<string>();
  readonly #closing = new AbortController();
  readonly #unwatch: () => Promise<void>;
  #isOpen = false;

  constructor(parts: LeadReporterParts) {
    this.#parts = parts;
    this.#unwatch = parts.leads.watch((event) => this.#hear(event));
  }

  /** Begins to speak: takes up the messages of the last run. */
  open(): void {
    this.#isOpen = true;
    for (const { chatId, list } of this.#parts.leadMessages.get()) this.#requestAll(chatId, list);
  }

  /** Brings a list's live message to the end of the chat and keeps it up to date there. */
  async follow(chatId: number, list: string): Promise<void> {
    this.#moving.add(nameOf(chatId, list));
    await this.#put(chatId, list, {});
    this.#requestAll(chatId, list);
  }

  /** The message that is kept up to date in a chat; undefined while there is none, or it is about to be another. */
  liveMessage(chatId: number, list: string): number | undefined {
    return this.#moving.has(nameOf(chatId, list)) ? undefined : this.#follower(chatId, list)?.messageId;
  }

  /** Has every live message of a list drawn anew. */
  refresh(list: string): void {
    for (const one of this.#followersOf(list)) this.#requestCard(one.chatId, list);
  }

  /** Stops speaking; resolves when the calls under way have ended. */
  async close(): Promise<void> {
    await this.#unwatch();
    this.#closing.abort();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.idle()));
  }

  #hear(event: CollectionEvent): void {
    for (const { chatId } of this.#followersOf(event.list)) {
      this.#requestCard(chatId, event.list);
      if (event.kind === "status" && event.status.kind === "ended") this.#requestEnd(chatId, event.list);
    }
  }

  #followersOf(list: string): FollowedLeads[] {
    const { leadMessages, operators } = this.#parts;
    return leadMessages.get().filter((one) => one.list === list && operators.isOperator(one.chatId));
  }

  #requestAll(chatId: number, list: string): void {
    this.#requestCard(chatId, list);
    this.#requestEnd(chatId, list);
  }

  #requestCard(chatId: number, list: string): void {
    this.#request(chatId, `card ${list}`, () => this.#draw(chatId, list));
  }

  /** Tells the end once; it is marked as told only after Telegram took it. */
  #requestEnd(chatId: number, list: string): void {
    this.#request(chatId, `end ${list}`, async () => {
      const { leads, api, operators } = this.#parts;
      const view = await leads.view(list);
      const number = view?.request?.number;
      const also = number === undefined ? [] : await leads.alsoIn(list);
      const text = view && leadEndText(view, also, operators.wordsFor(chatId));
      const follower = this.#follower(chatId, list);
      if (text === undefined || number === undefined || !follower || follower.toldEnd === number)
        return "silent";
      await sendView(api, chatId, { text });
      await this.#put(chatId, list, { toldEnd: number });
      await leads.told(list);
      return "called";
    });
  }

  async #draw(chatId: number, list: string): Promise<"called" | "silent"> {
    const { leads, api, operators } = this.#parts;
    const follower = this.#follower(chatId, list);
    const view = follower && (await leads.view(list));
    if (!follower || !view) return "silent";
    const card = leadCard(view, operators.wordsFor(chatId));
    const [name, content] = [nameOf(chatId, list), JSON.stringify(card)];
    const { messageId: before } = follower;
    const isInPlace = before !== undefined && !this.#moving.has(name);
    if (isInPlace && this.#shown.get(name) === content) return "silent";
    if (!isInPlace || !(await edited(api, { chatId, messageId: before }, card)))
      await this.#replace(follower, card);
    this.#shown.set(name, content);
    return "called";
  }

  /** Sends the message anew; the one before goes once its successor is known on disk. */
  async #replace(follower: FollowedLeads, card: View): Promise<void> {
    const { api } = this.#parts;
    const { chatId, list, messageId: before } = follower;
    await this.#put(chatId, list, { messageId: await sendView(api, chatId, card) });
    this.#moving.delete(nameOf(chatId, list));
    // Too old to delete, or gone already: its buttons are looked up against the present anyway.
    if (before !== undefined) await api.deleteMessage(chatId, before).catch(() => undefined);
  }

  #follower(chatId: number, list: string): FollowedLeads | undefined {
    return this.#followersOf(list).find((one) => one.chatId === chatId);
  }

  /** Makes the chat a follower, or changes what is kept about it. */
  async #put(chatId: number, list: string, change: Partial<FollowedLeads>): Promise<void> {
    const isThis = (one: FollowedLeads): boolean => one.chatId === chatId && one.list === list;
    await this.#parts.leadMessages.update((all) => [
      ...all.filter((one) => !isThis(one)),
      { ...(all.find(isThis) ?? { chatId, list }), ...change },
    ]);
  }

  #request(chatId: number, name: string, task: LaneTask): void {
    if (!this.#isOpen) return; // open() asks for all of it
    let lane = this.#lanes.get(chatId);
    if (!lane) {
      lane = new OutgoingLane({ ...this.#parts, signal: this.#closing.signal });
      this.#lanes.set(chatId, lane);
    }
    lane.request(name, task);
  }
}

function nameOf(chatId: number, list: string): string {
  return `${chatId} ${list}`;
}

/** Edits a message in place; false when it is gone and a new one must take its place. */
async function edited(
  api: Api,
  place: { readonly chatId: number; readonly messageId: number },
  card: View,
): Promise<boolean> {
  try {
    await editView(api, place, card);
    return true;
  } catch (error) {
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
    return error.description.toLowerCase().includes("not modified");
  }
}

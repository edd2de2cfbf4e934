// @ts-check
/** What the page knows: every person's chat, who is shown, what was read. Nothing here touches the page itself. */
import { recall, remember } from "./memory.js";

/** @typedef {import("../../src/playground/page/page-wire.ts").ChatView} ChatView */
/** @typedef {import("../../src/playground/page/page-wire.ts").PageEvent} PageEvent */
/** @typedef {import("../../src/playground/page/page-wire.ts").PageView} PageView */
/** @typedef {ChatView["messages"][number]} Message */

/** Keeps the chats in step with the playground. */
export class ChatState {
  botId = 0;
  /** @type {PageView["samples"]} */
  samples = [];
  /** @type {Map<number, ChatView>} */
  chats = new Map();
  #current = Number(recall("person"));

  /** @param {PageView} view */
  takeView(view) {
    this.botId = view.botId;
    this.samples = view.samples;
    this.chats = new Map(view.chats.map((chat) => [chat.person.id, chat]));
  }

  /** @param {PageEvent} change */
  takeChange(change) {
    if (change.kind === "bot") {
      for (const [id, chat] of this.chats) this.chats.set(id, { ...chat, bot: change.bots[id] ?? chat.bot });
      return;
    }
    const chat = this.chats.get(change.person);
    if (chat) this.chats.set(change.person, after(chat, change));
  }

  /** The chat on the screen. */
  get current() {
    return this.chats.get(this.#current) ?? this.chats.values().next().value;
  }

  /** @param {number} person */
  choose(person) {
    this.#current = person;
    remember("person", String(person));
  }

  /**
   * Bot's messages this person has not seen.
   * @param {ChatView} chat
   */
  unread(chat) {
    const seen = Number(recall(this.#seenKey(chat)) ?? 0);
    return chat.messages.filter((one) => one.message_id > seen && this.isFromBot(one)).length;
  }

  /** @param {ChatView} chat */
  markSeen(chat) {
    const last = chat.messages.at(-1);
    if (last) remember(this.#seenKey(chat), String(last.message_id));
  }

  /**
   * Message ids begin anew with another world, which has another bot.
   * @param {ChatView} chat
   */
  #seenKey(chat) {
    return `seen.${this.botId}.${chat.person.id}`;
  }

  /** @param {Message} message */
  isFromBot(message) {
    return message.from?.id === this.botId;
  }
}

/**
 * A chat as it is after a change in it.
 * @param {ChatView} chat
 * @param {Exclude<PageEvent, { kind: "bot" }>} change
 * @returns {ChatView}
 */
function after(chat, change) {
  switch (change.kind) {
    case "message":
      return withMessage(chat, change.message);
    case "deleted":
      return { ...chat, messages: chat.messages.filter((one) => one.message_id !== change.messageId) };
    case "pinned":
      return { ...chat, pinned: change.message };
    case "action":
      return chat;
  }
}

/**
 * @param {ChatView} chat
 * @param {Message} message A new one, or one in its new state
 * @returns {ChatView}
 */
function withMessage(chat, message) {
  const at = chat.messages.findLastIndex((one) => one.message_id === message.message_id);
  const messages = at < 0 ? [...chat.messages, message] : chat.messages.with(at, message);
  return {
    ...chat,
    messages,
    pinned: chat.pinned?.message_id === message.message_id ? message : chat.pinned,
  };
}

// @ts-check
/** What the page knows: every person's chat, who is shown, what was read. Nothing here touches the page itself. */
import { recall, remember } from "./memory.js";

/** @typedef {import("./connection.js").Chat} Chat */
/** @typedef {import("./connection.js").Change} Change */
/** @typedef {import("./connection.js").Message} Message */
/** @typedef {import("./connection.js").View} View */

/** Keeps the chats in step with the playground. */
export class ChatState {
  botId = 0;
  /** @type {View["samples"]} */
  samples = [];
  /** @type {Map<number, Chat>} */
  chats = new Map();
  #current = Number(recall("person"));

  /** @param {View} view */
  takeView(view) {
    this.botId = view.botId;
    this.samples = view.samples;
    this.chats = new Map(view.chats.map((chat) => [chat.person.id, chat]));
  }

  /** @param {Change} change */
  takeChange(change) {
    if (change.kind === "bot") {
      for (const [id, chat] of this.chats) chat.bot = change.bots[id] ?? chat.bot;
      return;
    }
    const chat = this.chats.get(change.person);
    if (!chat) return;
    if (change.kind === "message") putMessage(chat, change.message);
    if (change.kind === "deleted")
      chat.messages = chat.messages.filter((one) => one.message_id !== change.messageId);
    if (change.kind === "pinned") chat.pinned = change.message;
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
   * @param {Chat} chat
   */
  unread(chat) {
    const seen = Number(recall(this.#seenKey(chat)) ?? 0);
    return chat.messages.filter((one) => one.message_id > seen && this.isFromBot(one)).length;
  }

  /** @param {Chat} chat */
  markSeen(chat) {
    const last = chat.messages.at(-1);
    if (last) remember(this.#seenKey(chat), String(last.message_id));
  }

  /**
   * Message ids begin anew with another world, which has another bot.
   * @param {Chat} chat
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
 * @param {Chat} chat
 * @param {Message} message
 */
function putMessage(chat, message) {
  const at = chat.messages.findLastIndex((one) => one.message_id === message.message_id);
  if (at < 0) chat.messages.push(message);
  else chat.messages[at] = message;
  if (chat.pinned?.message_id === message.message_id) chat.pinned = message;
}

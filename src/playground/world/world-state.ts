/**
 * The playground's world as it stands: the fold of its records. Pure memory, no input or output: whoever records
 * something (world-store.ts) makes it durable.
 */
import type { BotCommand, Message, Update } from "grammy/types";
import type { StoredFile, WorldRecord } from "./world-record.ts";

/** Most messages kept of one chat when the state file is rewritten; older ones are forgotten. */
export const KEPT_MESSAGES = 1000;

/** Everything that is the case in the playground, changed only by {@link WorldState.apply}. */
export class WorldState {
  token: string | undefined;
  readonly ids = { message: 0, update: 0, file: 0 };
  readonly files = new Map<string, StoredFile>();
  /** Unconfirmed updates, oldest first, each with the moment it was queued. */
  updates: { readonly update: Update; readonly at: number }[] = [];
  /** Kinds the bot asked for; absent: everything but the kinds Telegram leaves out by default. */
  allowed: readonly string[] | undefined;
  /** Callback queries the bot has not answered yet, with the moment of the press (ms since the epoch). */
  readonly openQueries = new Map<string, number>();
  readonly blocked = new Set<number>();
  readonly #chats = new Map<number, Map<number, Message>>();
  readonly #pinned = new Map<number, Set<number>>();
  readonly #texts = new Map<string, string>();
  readonly #commands = new Map<string, readonly BotCommand[]>();

  /** Takes one record in; the same records in the same order always give the same world. */
  apply(record: WorldRecord): void {
    switch (record.t) {
      case "bot":
        this.token = record.token;
        return;
      case "ids":
        Object.assign(this.ids, { message: record.message, update: record.update, file: record.file });
        return;
      case "file":
        this.files.set(record.file.fileId, record.file);
        this.ids.file += 1;
        return;
      case "message":
        this.#keep(record.message);
        return;
      case "deleted":
        this.#chats.get(record.chat)?.delete(record.id);
        this.#pinned.get(record.chat)?.delete(record.id);
        return;
      case "update":
        this.#enqueue(record.update, record.at);
        return;
      case "confirmed":
        this.updates = this.updates.filter(({ update }) => update.update_id >= record.before);
        return;
      case "allowed":
        this.allowed = record.kinds.length === 0 ? undefined : record.kinds;
        return;
      case "answered":
        this.openQueries.delete(record.query);
        return;
      case "blocked":
        if (record.on) this.blocked.add(record.person);
        else this.blocked.delete(record.person);
        return;
      case "pinned":
        this.#pin(record.chat, record.id, record.on);
        return;
      case "commands":
        this.#commands.set(`${record.scope} ${record.language}`, record.commands);
        return;
      case "profile":
        this.#texts.set(`${record.field} ${record.language}`, record.text);
    }
  }

  /** Messages of one chat as they stand, oldest first. */
  messages(chat: number): readonly Message[] {
    return [...(this.#chats.get(chat)?.values() ?? [])];
  }

  /** Tells whether this person ever wrote to the bot. */
  hasChat(chat: number): boolean {
    return this.#chats.has(chat);
  }

  message(chat: number, id: number): Message | undefined {
    return this.#chats.get(chat)?.get(id);
  }

  /** The message pinned last, if any. */
  pinned(chat: number): Message | undefined {
    const id = [...(this.#pinned.get(chat) ?? [])].at(-1);
    return id === undefined ? undefined : this.message(chat, id);
  }

  commands(scope: string, language: string): readonly BotCommand[] {
    return this.#commands.get(`${scope} ${language}`) ?? [];
  }

  profile(field: string, language: string): string | undefined {
    return this.#texts.get(`${field} ${language}`);
  }

  /** The fewest records that give this world again, without chats' distant past. */
  *records(): Iterable<WorldRecord> {
    if (this.token !== undefined) yield { t: "bot", token: this.token };
    for (const file of this.files.values()) yield { t: "file", file };
    for (const chat of this.#chats.values())
      for (const message of [...chat.values()].slice(-KEPT_MESSAGES)) yield { t: "message", message };
    for (const [chat, ids] of this.#pinned) for (const id of ids) yield { t: "pinned", chat, id, on: true };
    for (const person of this.blocked) yield { t: "blocked", person, on: true };
    if (this.allowed) yield { t: "allowed", kinds: this.allowed };
    for (const [key, commands] of this.#commands) yield { t: "commands", ...keyParts(key), commands };
    for (const [key, text] of this.#texts) {
      const { scope: field, language } = keyParts(key);
      yield { t: "profile", field, language, text };
    }
    for (const { update, at } of this.updates) yield { t: "update", update, at };
    yield { t: "ids", ...this.ids };
  }

  #keep(message: Message): void {
    const chat = this.#chats.get(message.chat.id) ?? new Map<number, Message>();
    chat.set(message.message_id, message);
    this.#chats.set(message.chat.id, chat);
    this.ids.message = Math.max(this.ids.message, message.message_id);
  }

  #enqueue(update: Update, at: number): void {
    this.updates.push({ update, at });
    if (update.callback_query) this.openQueries.set(update.callback_query.id, at);
    this.ids.update = Math.max(this.ids.update, update.update_id);
  }

  #pin(chat: number, id: number, on: boolean): void {
    const ids = this.#pinned.get(chat) ?? new Set<number>();
    ids.delete(id);
    if (on) ids.add(id);
    this.#pinned.set(chat, ids);
  }
}

function keyParts(key: string): { scope: string; language: string } {
  const space = key.lastIndexOf(" ");
  return { scope: key.slice(0, space), language: key.slice(space + 1) };
}

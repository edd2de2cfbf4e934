/** The playground as tests see it: what people do and see, what the bot asked, and failures on demand. */
import type { Message } from "grammy/types";
import type { CallJournal, Failure, RecordedCall } from "../api/call-journal.ts";
import type { Content, Person } from "./person.ts";
import type { PersonSide } from "./person-side.ts";
import type { SampleContent } from "./sample-names.ts";
import type { CallbackAnswer, WorldEvent } from "./world-event.ts";
import type { WorldStore } from "./world-store.ts";

/** What test persons do and see. Everything holds at once in memory; the bot hears of it once it is durable. */
export interface World {
  /**
   * Commands, mentions and links are found as Telegram does. Over 4096 characters it becomes several messages; answers the
   * last. `replyTo`: id of the message it answers to.
   */
  sendText(personId: number, text: string, how?: { readonly replyTo?: number }): Message;
  /** Sends a text that is formatted in the app, written here as HTML. */
  sendFormatted(personId: number, html: string): Message;
  /** Makes another text of a text that the person sent. */
  editText(personId: number, messageId: number, text: string): Message;
  sendDocument(
    personId: number,
    file: { name: string; mimeType?: string; bytes: Uint8Array; caption?: string },
  ): Message;
  /** Sends several documents together, as an app does when they are chosen at once. */
  sendAlbum(personId: number, files: readonly { name: string; bytes: Uint8Array }[]): void;
  /** Sends a sample of any content; an album is several messages. Answers the last. */
  sendSample(personId: number, name: SampleContent): Message;
  /** Sends a message with such fields, as if an app had made it; several are an album. Answers the last. */
  sendContents(personId: number, contents: readonly Content[]): Message;
  /** Deletes a message of the chat. */
  remove(personId: number, messageId: number): void;
  /** @throws ApiError when the bytes are no PNG, JPEG, GIF or WebP */
  sendPhoto(personId: number, bytes: Uint8Array, caption?: string): Message;
  /** Resolves when the bot answers the press; with `unanswered` when it does not within 30 seconds of the clock. */
  press(personId: number, messageId: number, callbackData: string): Promise<CallbackAnswer>;
  /** Stops the bot (sends get a 403) or starts it again; writing to it starts it too. */
  block(personId: number, on: boolean): void;
  /** Gives a person another username, or none; the bot sees it with the next thing they do. */
  rename(personId: number, username: string | undefined): void;
  /** Deletes the person's account: sends get a 403. */
  deactivate(personId: number): void;
  /** Both sides' messages as they stand, edits included, oldest first. */
  messages(personId: number): readonly Message[];
  /** @throws Error when there is no such file */
  fileBytes(fileId: string): Uint8Array;
  /**
   * Resolves with the first message that matches: one that is there, arrives or is edited.
   * @throws Error after `timeoutMs` (default a minute, real time: only a bot that stays silent is to meet it)
   */
  waitFor(
    personId: number,
    matches: (message: Message) => boolean,
    options?: { timeoutMs?: number },
  ): Promise<Message>;
  subscribe(listener: (event: WorldEvent) => void): () => void;
  /** What the bot asked, oldest first; the last 10,000 at least. */
  calls(): readonly RecordedCall[];
  /** Lets the next calls of a method fail; `file` stands for the download of a file. */
  failNext(method: string, failure: Failure, times?: number, chatId?: number): void;
  /** Lets every call go well again. */
  endFailures(): void;
}

interface WorldParts {
  readonly persons: Map<number, Person>;
  readonly deactivated: Set<number>;
  readonly store: WorldStore;
  readonly side: PersonSide;
  readonly journal: CallJournal;
  /** Fires when the playground closes. */
  readonly signal: AbortSignal;
}

/** Joins the parts into what tests use. */
export function createWorld({ persons, deactivated, store, side, journal, signal }: WorldParts): World {
  const who = (id: number): Person => {
    const person = persons.get(id);
    if (!person) throw new Error(`There is no person ${id} in this playground`);
    return person;
  };
  return {
    sendText: (id, text, how) => side.sendText(who(id), text, how),
    sendFormatted: (id, html) => side.sendText(who(id), html, { parseMode: "HTML" }),
    editText: (id, messageId, text) => side.editText(who(id), messageId, text),
    sendDocument: (id, { name, bytes, mimeType = "application/octet-stream", caption = "" }) =>
      side.sendDocument(who(id), { name, mimeType, bytes }, caption),
    sendAlbum: (id, files) =>
      side.sendAlbum(
        who(id),
        files.map((file) => ({ mimeType: "application/octet-stream", ...file })),
      ),
    sendSample: (id, name) => side.sendSample(who(id), name),
    sendContents: (id, contents) => side.sendContents(who(id), contents),
    remove: (id, messageId) => side.remove(who(id), messageId),
    sendPhoto: (id, bytes, caption) =>
      side.sendPhoto(who(id), { name: "photo.jpg", mimeType: "image/jpeg", bytes }, caption),
    press: (id, messageId, pressed) => side.press(who(id), messageId, pressed, signal),
    block: (id, on) => side.block(who(id), on),
    rename(id, username) {
      const { username: _before, ...rest } = who(id);
      persons.set(id, username === undefined ? rest : { ...rest, username });
    },
    deactivate: (id) => void deactivated.add(who(id).id),
    messages: (id) => store.state.messages(who(id).id),
    fileBytes(fileId) {
      const bytes = store.bytes(fileId);
      if (!bytes) throw new Error("There is no such file in this playground");
      return bytes;
    },
    waitFor: (id, matches, { timeoutMs = 60_000 } = {}) => firstMatch(store, who(id), matches, timeoutMs),
    subscribe: (listener) => store.subscribe(listener),
    calls: () => journal.calls(),
    failNext: (method, failure, times, chatId) => journal.failNext(method, failure, times, chatId),
    endFailures: () => journal.endFailures(),
  };
}

/** Waits in real time whatever the clock: a test whose bot stays silent must fail and say what was there instead. */
async function firstMatch(
  store: WorldStore,
  person: Person,
  matches: (message: Message) => boolean,
  timeoutMs: number,
): Promise<Message> {
  const present = store.state.messages(person.id).find(matches);
  if (present) return present;
  return new Promise((resolve, reject) => {
    const unsubscribe = store.subscribe((event) => {
      if (event.kind !== "message" || event.person !== person.id || !matches(event.message)) return;
      clearTimeout(timer);
      unsubscribe();
      resolve(event.message);
    });
    const timer = setTimeout(() => {
      unsubscribe();
      reject(
        new Error(`No such message for ${person.firstName} in ${timeoutMs} ms; ${lastSeen(store, person)}`),
      );
    }, timeoutMs).unref();
  });
}

function lastSeen(store: WorldStore, person: Person): string {
  const last = store.state.messages(person.id).slice(-3);
  return `the last were ${JSON.stringify(last.map((one) => one.text ?? one.caption ?? "(file)"))}`;
}

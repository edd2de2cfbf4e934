/** What people do in the playground, whether a test or the chat page does it for them: write, send files, press, block. */
import type { Message, Update } from "grammy/types";
import { type ApiContext, putMessage } from "../api/api-context.ts";
import { formattedText } from "../api/entities/formatted-text.ts";
import type { Upload } from "../api/fields.ts";
import { QUERY_LIVES_MS } from "../api/methods/callbacks.ts";
import { documentOf, photoOf, storeUpload } from "../api/methods/files.ts";
import { quotationOf } from "../api/methods/reply-to.ts";
import { captionParts, MAX_TEXT, textParts } from "../api/methods/message-content.ts";
import { type Content, type Person, privateChatOf, userOf } from "./person.ts";
import type { SampleContent } from "./sample-names.ts";
import { sampleMessages } from "./sample-content.ts";
import { splitText } from "../api/split-text.ts";
import type { CallbackAnswer } from "./world-event.ts";

/** How a text is written: formatted in the app, or as an answer to a message. */
interface HowWritten {
  readonly parseMode?: "" | "HTML";
  readonly replyTo?: number;
}

type PersonMessage = Message & Update.NonChannel;

/** Does what a person does; each act is in the world at once and in the bot's updates. */
export class PersonSide {
  readonly #context: ApiContext;
  #presses: number;

  constructor(context: ApiContext) {
    this.#context = context;
    this.#presses = context.clock.now();
  }

  /** A text longer than a message becomes several, as Telegram's apps send it; the first quotes, and the last is told. */
  sendText(person: Person, text: string, { parseMode = "", replyTo }: HowWritten = {}): Message {
    const quoted = replyTo === undefined ? {} : this.#quoted(person, replyTo);
    const messages = splitText(text, MAX_TEXT).map((part, at) => {
      const content = formattedText(part, parseMode);
      if (content.text === "") throw new Error("A message needs a text");
      return this.#put({ ...this.#frame(person), ...textParts(content), ...(at === 0 ? quoted : {}) });
    });
    const last = messages.at(-1);
    if (!last) throw new Error("A message needs a text");
    return last;
  }

  /** Makes another text of a message of the person's own. */
  editText(person: Person, messageId: number, text: string): Message {
    const before = this.#context.store.state.message(person.id, messageId);
    if (before?.text === undefined || before.from?.id !== person.id)
      throw new Error("There is no such text to edit");
    const message = {
      ...this.#frame(person),
      message_id: messageId,
      date: before.date,
      ...(before.reply_to_message ? quotationOf(before.reply_to_message) : {}),
      edit_date: Math.floor(this.#context.clock.now() / 1000),
      ...textParts(formattedText(text, "")),
    };
    putMessage(this.#context, message);
    this.#context.updates.push({ edited_message: message });
    return message;
  }

  sendDocument(person: Person, upload: Upload, caption = ""): Message {
    return this.#put(this.#documentFrom(person, upload, caption));
  }

  /** Documents that are chosen together come one by one, marked as belonging together. */
  sendAlbum(person: Person, uploads: readonly Upload[]): void {
    const album = this.#queryId(person);
    for (const upload of uploads)
      this.#put({ ...this.#documentFrom(person, upload, ""), media_group_id: album });
  }

  /** Sends whatever a message can hold; several are an album. Answers the last. */
  sendContents(person: Person, contents: readonly Content[]): Message {
    const album = contents.length > 1 ? { media_group_id: this.#queryId(person) } : {};
    const messages = contents.map((content) => this.#put({ ...this.#frame(person), ...content, ...album }));
    const last = messages.at(-1);
    if (!last) throw new Error("A message needs a content");
    return last;
  }

  sendSample(person: Person, name: SampleContent): Message {
    return this.sendContents(person, sampleMessages(this.#context, name));
  }

  /** Deletes a message for both sides; the bot hears nothing of it. */
  remove(person: Person, messageId: number): void {
    const { store } = this.#context;
    store.record({ t: "deleted", chat: person.id, id: messageId });
    store.announce({ kind: "deleted", person: person.id, messageId });
  }

  /** @throws ApiError when the bytes are no picture */
  sendPhoto(person: Person, upload: Upload, caption = ""): Message {
    const photo = photoOf(this.#context, storeUpload(this.#context, upload, "photo"));
    return this.#put({ ...this.#frame(person), photo: [photo], ...captionParts(formattedText(caption, "")) });
  }

  /** Presses an inline button; resolves with what the person is shown, or `unanswered` when the bot stays silent. */
  async press(
    person: Person,
    messageId: number,
    pressed: string,
    signal: AbortSignal,
  ): Promise<CallbackAnswer> {
    const { store, updates, clock } = this.#context;
    const id = this.#queryId(person);
    const answered = new AbortController();
    let answer: CallbackAnswer = { unanswered: true };
    const unsubscribe = store.subscribe((event) => {
      if (event.kind !== "answered" || event.queryId !== id) return;
      answer = event.answer;
      answered.abort();
    });
    const message = store.state.message(person.id, messageId) ?? {
      message_id: messageId,
      chat: privateChatOf(person),
      date: 0 as const,
    };
    const chatInstance = String(person.id);
    updates.push({
      callback_query: { id, from: userOf(person), message, chat_instance: chatInstance, data: pressed },
    });
    await clock.sleep(QUERY_LIVES_MS, AbortSignal.any([answered.signal, signal])).catch(() => undefined);
    unsubscribe();
    return answer;
  }

  /** Stops or restarts the bot, as a person does in the app's menu. */
  block(person: Person, on: boolean): void {
    const { store, updates, me, clock } = this.#context;
    store.record({ t: "blocked", person: person.id, on });
    const member = { status: "member", user: me } as const;
    const kicked = { status: "kicked", user: me, until_date: 0 } as const;
    updates.push({
      my_chat_member: {
        chat: privateChatOf(person),
        from: userOf(person),
        date: Math.floor(clock.now() / 1000),
        old_chat_member: on ? member : kicked,
        new_chat_member: on ? kicked : member,
      },
    });
  }

  #quoted(person: Person, messageId: number): object {
    const message = this.#context.store.state.message(person.id, messageId);
    if (!message) throw new Error("There is no such message to answer to");
    return quotationOf(message);
  }

  #documentFrom(person: Person, upload: Upload, caption: string): PersonMessage {
    const document = documentOf(storeUpload(this.#context, upload, "document"));
    return { ...this.#frame(person), document, ...captionParts(formattedText(caption, "")) };
  }

  #put(message: PersonMessage): Message {
    // Whoever writes to a bot they had stopped starts it again.
    if (this.#context.store.state.blocked.has(message.chat.id))
      this.#context.store.record({ t: "blocked", person: message.chat.id, on: false });
    putMessage(this.#context, message);
    this.#context.updates.push({ message });
    return message;
  }

  #frame(person: Person): Pick<PersonMessage, "message_id" | "from" | "chat" | "date"> {
    return {
      message_id: this.#context.store.state.ids.message + 1,
      from: userOf(person),
      chat: privateChatOf(person),
      date: Math.floor(this.#context.clock.now() / 1000),
    };
  }

  /** Never given twice, also over restarts: it goes on from the moment of the start. */
  #queryId(person: Person): string {
    this.#presses = Math.max(this.#presses + 1, this.#context.clock.now());
    return `${person.id}${this.#presses}`;
  }
}

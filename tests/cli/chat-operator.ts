/** One operator at the playground's chat page, driven over HTTP as the page itself drives it. */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { createLexicon, type Words } from "../../src/words/words.ts";
import { systemClock } from "../../src/lib/clock.ts";

const messageSchema = z.object({
  message_id: z.number(),
  from: z.object({ is_bot: z.boolean() }),
  text: z.string().optional(),
  reply_markup: z
    .object({
      inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: z.string().optional() }))),
    })
    .optional(),
});
const viewSchema = z.object({
  chats: z.array(z.object({ person: z.object({ id: z.number() }), messages: z.array(messageSchema) })),
});

export type ChatMessage = z.infer<typeof messageSchema>;

/** The playground's operators, by their language. */
const OPERATORS = { en: 1001, fa: 1002 } as const;

const LOOK_AGAIN_MS = 30;
/** Long enough for the slowest machine, and shorter than a test's own limit, which could not say what was missing. */
const LONGEST_WAIT_MS = 60_000;

export class ChatOperator {
  readonly #page: string;
  readonly words: Words;
  readonly #id: number;

  readonly #headers: Readonly<Record<string, string>>;
  /** Id of the newest message that is looked at no more. */
  #seen = 0;

  /** @param pageUrl Address of the page as the program printed it */
  constructor(pageUrl: string, locale: keyof typeof OPERATORS = "en") {
    this.words = createLexicon({ clock: systemClock, timeZone: "UTC" })[locale];
    this.#id = OPERATORS[locale];
    const { origin, searchParams } = new URL(pageUrl);
    this.#page = `${origin}/chat`;
    this.#headers = { authorization: `Bearer ${searchParams.get("key")}` };
  }

  /** Looks at nothing any more that the bot has said until now: its older questions have the same buttons. */
  async looksAhead(): Promise<void> {
    this.#seen = (await this.#messages()).at(-1)?.message_id ?? 0;
  }

  async write(text: string): Promise<void> {
    await this.#post("text", { text });
  }

  /** Presses the newest button with these words, as soon as there is one. */
  async press(id: string): Promise<void> {
    await this.pressLabelled(this.words.plain(id));
  }

  async pressLabelled(label: string): Promise<void> {
    const message = await this.sees((one) => buttonOf(one, label) !== undefined);
    await this.#post("press", { messageId: message.message_id, data: buttonOf(message, label) });
  }

  /** Answers the bot's newest message that fits, as soon as there is one. */
  async sees(fits: (message: ChatMessage) => boolean): Promise<ChatMessage> {
    const over = AbortSignal.timeout(LONGEST_WAIT_MS);
    let newest = "";
    try {
      for await (const messages of this.#looks(over)) {
        const found = messages.findLast((one) => one.from.is_bot && one.message_id > this.#seen && fits(one));
        if (found) return found;
        newest = messages.at(-1)?.text ?? "";
      }
    } catch (error) {
      if (!over.aborted) throw error;
    }
    throw new Error(`the bot did not say it; the newest message is: ${newest}`);
  }

  seesText(text: string): Promise<ChatMessage> {
    return this.sees((message) => (message.text ?? "").includes(text));
  }

  async #messages(): Promise<readonly ChatMessage[]> {
    for await (const messages of this.#looks(AbortSignal.timeout(LONGEST_WAIT_MS))) return messages;
    return [];
  }

  /**
   * All messages now, and again whenever something has happened: a connection to the page's stream begins with the whole
   * view, and of what follows only that it comes is of interest.
   */
  async *#looks(signal: AbortSignal): AsyncGenerator<readonly ChatMessage[]> {
    for (; ; await wait(LOOK_AGAIN_MS)) {
      const { body } = await fetch(`${this.#page}/events`, { headers: this.#headers, signal });
      const decoder = new TextDecoder();
      let text = "";
      let isShown = false;
      for await (const chunk of body ?? []) {
        if (isShown) break;
        text += decoder.decode(chunk, { stream: true });
        const end = text.indexOf("\n\n");
        if (end === -1) continue;
        isShown = true;
        yield this.#messagesIn(text);
        if (text.length > end + 2) break;
      }
    }
  }

  #messagesIn(stream: string): readonly ChatMessage[] {
    const shown = /^data: (.*)$/m.exec(stream)?.[1] ?? "{}";
    const { chats } = viewSchema.parse(JSON.parse(shown));
    return chats.find(({ person }) => person.id === this.#id)?.messages ?? [];
  }

  async #post(deed: "text" | "press", body: object): Promise<void> {
    const answer = await fetch(`${this.#page}/${this.#id}/${deed}`, {
      method: "POST",
      headers: { ...this.#headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the chat page answered ${answer.status}`);
  }
}

function buttonOf({ reply_markup }: ChatMessage, label: string): string | undefined {
  return reply_markup?.inline_keyboard.flat().find(({ text }) => text === label)?.callback_data;
}

/** The bot as somebody in front of it has it, also where no test runs. */
import type { Message } from "grammy/types";
import type { Playground } from "../../src/playground/playground.ts";

export const OPERATOR = 1001;
export const SECOND_OPERATOR = 1002;
export const STRANGER = 2002;

/** One person's chat with the bot, as the person lives it. */
export class Chat {
  readonly #bench: Pick<Playground, "world">;
  readonly #person: number;
  #since = 0;

  constructor(bench: Pick<Playground, "world">, person: number = OPERATOR) {
    this.#bench = bench;
    this.#person = person;
  }

  /** The bot's messages as they stand, oldest first. */
  get fromBot(): readonly Message[] {
    return this.#bench.world.messages(this.#person).filter((one) => one.from?.is_bot);
  }

  get texts(): string[] {
    return this.fromBot.map(textOf);
  }

  /** Writes a text; answers the bot's first message after it that contains `seen`. */
  async say(text: string, seen: string): Promise<Message> {
    this.#mark();
    this.#bench.world.sendText(this.#person, text);
    return this.sees(seen);
  }

  async sendFile(name: string, content: string | Uint8Array, seen: string): Promise<Message> {
    this.#mark();
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    this.#bench.world.sendDocument(this.#person, { name, bytes });
    return this.sees(seen);
  }

  /** Presses the button of that label, on the newest message that has it by then, and answers what the press showed. */
  async press(label: string): Promise<string | undefined> {
    const hasIt = (one: Message): boolean => one.from?.is_bot === true && dataOf(one, label) !== undefined;
    // What was waited for may stand in an alert too, which comes before the message with the buttons.
    const first = await this.#bench.world.waitFor(this.#person, hasIt);
    return this.pressOn(this.fromBot.findLast(hasIt) ?? first, label);
  }

  async pressOn(message: Message, label: string): Promise<string | undefined> {
    this.#mark();
    const answer = await this.#bench.world.press(
      this.#person,
      message.message_id,
      dataOf(message, label) ?? "",
    );
    if (answer.unanswered) throw new Error(`nobody answered the press on "${label}"`);
    return answer.text;
  }

  /** Presses and answers the bot's first message after it that contains `seen`. */
  async pressFor(label: string, seen: string): Promise<Message> {
    await this.press(label);
    return this.sees(seen);
  }

  /** Waits for a message of the bot after the last thing this person did. */
  async sees(part: string): Promise<Message> {
    return this.#bench.world.waitFor(
      this.#person,
      (one) => one.from?.is_bot === true && one.message_id > this.#since && textOf(one).includes(part),
    );
  }

  /** Waits until any message of the bot contains this, new or edited; `options` are for what takes long by its nature. */
  async finds(part: string, options?: { timeoutMs: number }): Promise<Message> {
    return this.#bench.world.waitFor(
      this.#person,
      (one) => one.from?.is_bot === true && textOf(one).includes(part),
      options,
    );
  }

  #mark(): void {
    this.#since = this.#bench.world.messages(this.#person).at(-1)?.message_id ?? 0;
  }
}

/** What a message says, its caption or the name of its file. */
export function textOf(message: Message | undefined): string {
  return message?.text ?? message?.caption ?? message?.document?.file_name ?? "";
}

/** Labels of a message's buttons, row by row. */
export function labelsOf(message: Message): string[] {
  return (message.reply_markup?.inline_keyboard ?? []).flat().map((button) => button.text);
}

function dataOf(message: Message, label: string): string | undefined {
  const button = (message.reply_markup?.inline_keyboard ?? []).flat().find((one) => one.text === label);
  return button && "callback_data" in button ? button.callback_data : undefined;
}

/** A sentence as it arrives in the chat: its tags have become formatting. */
export function arrived(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** Reads MarkdownV2, as strictly as the real server: a reserved character that is not escaped is an error. */
import type { MessageEntity } from "grammy/types";
import type { FormattedText } from "./parsed-text.ts";
import { unparsed } from "./parsed-text.ts";

type Style = "bold" | "italic" | "underline" | "strikethrough" | "spoiler";

const marks: readonly (readonly [string, Style])[] = [
  ["||", "spoiler"],
  ["__", "underline"],
  ["_", "italic"],
  ["*", "bold"],
  ["~", "strikethrough"],
];

const reserved: ReadonlySet<string> = new Set("_*[]()~`>#+-=|{}.!");

/** Reads from the front; each step takes something off the source and may add to the text. */
class MarkdownReader {
  text = "";
  readonly entities: MessageEntity[] = [];
  readonly #source: string;
  readonly #open: { readonly mark: string; readonly offset: number; readonly type: Style | "link" }[] = [];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(): FormattedText {
    while (this.#at < this.#source.length) this.#step();
    const last = this.#open.at(-1);
    if (last) throw unparsed(`Can't find end of ${titled(last.type)} entity at byte offset ${this.#bytes()}`);
    return { text: this.text, entities: this.entities };
  }

  #step(): void {
    const char = this.#source[this.#at] ?? "";
    const escaped = this.#source[this.#at + 1] ?? "";
    if (char === "\\" && escaped !== "" && escaped.charCodeAt(0) <= 126) this.#take(escaped, 2);
    else if (char === "`") this.#code();
    else if (char === "[" || char === "]") this.#link(char);
    else {
      const mark = marks.find(([sign]) => this.#source.startsWith(sign, this.#at));
      if (mark) this.#toggle(mark[0], mark[1]);
      else if (reserved.has(char))
        throw unparsed(`Character '${char}' is reserved and must be escaped with the preceding '\\'`);
      else this.#take(char, 1);
    }
  }

  #take(text: string, length: number): void {
    this.text += text;
    this.#at += length;
  }

  #toggle(mark: string, type: Style): void {
    this.#at += mark.length;
    const last = this.#open.at(-1);
    if (last?.mark !== mark) {
      this.#open.push({ mark, type, offset: this.text.length });
      return;
    }
    this.#open.pop();
    this.#add({ type, offset: last.offset, length: this.text.length - last.offset });
  }

  #code(): void {
    const fence = this.#source.startsWith("```", this.#at) ? "```" : "`";
    const end = this.#source.indexOf(fence, this.#at + fence.length);
    if (end < 0) throw unparsed(`Can't find end of ${fence === "`" ? "Code" : "Pre"} entity`);
    const inside = this.#source.slice(this.#at + fence.length, end);
    const [, language = ""] = fence === "```" ? (/^([^\s`]+)\n/.exec(inside) ?? []) : [];
    const body = (fence === "```" ? inside.slice(language.length).replace(/^\n/, "") : inside).replace(
      /\\([\\`])/g,
      "$1",
    );
    const place = { offset: this.text.length, length: body.length };
    if (fence === "`") this.#add({ type: "code", ...place });
    else this.#add({ type: "pre", ...place, ...(language === "" ? {} : { language }) });
    this.text += body;
    this.#at = end + fence.length;
  }

  #link(char: string): void {
    this.#at += 1;
    if (char === "[") {
      this.#open.push({ mark: "[", type: "link", offset: this.text.length });
      return;
    }
    const start = this.#open.pop();
    const address = /^\(((?:\\.|[^)\\])*)\)/.exec(this.#source.slice(this.#at));
    if (start?.type !== "link" || !address)
      throw unparsed(`Character ']' is reserved and must be escaped with the preceding '\\'`);
    this.#at += address[0].length;
    const url = (address[1] ?? "").replace(/\\(.)/g, "$1");
    this.#add({ type: "text_link", offset: start.offset, length: this.text.length - start.offset, url });
  }

  #add(entity: MessageEntity): void {
    if (entity.length > 0) this.entities.push(entity);
  }

  #bytes(): number {
    return Buffer.byteLength(this.#source.slice(0, this.#at));
  }
}

/**
 * Turns MarkdownV2 into text and entities; block quotations are not read.
 * @throws ApiError `can't parse entities: …`
 */
export function parseMarkdown(source: string): FormattedText {
  return new MarkdownReader(source).read();
}

function titled(type: string): string {
  return type.charAt(0).toUpperCase() + type.slice(1);
}

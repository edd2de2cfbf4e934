/** Reads Telegram's HTML, as strictly as the real server: an unknown or unclosed tag is an error, never a guess. */
import type { MessageEntity } from "grammy/types";
import { type ApiError, badRequest } from "../api-error.ts";
import type { FormattedText } from "./formatted-text.ts";

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** An opened tag waiting for its end; `offset` in the text read so far. */
interface OpenTag extends Tag {
  readonly offset: number;
}

type PlainKind = "bold" | "italic" | "underline" | "strikethrough" | "code" | "spoiler";

const plainTags: ReadonlyMap<string, PlainKind> = new Map<string, PlainKind>(
  Object.entries({
    b: "bold",
    strong: "bold",
    i: "italic",
    em: "italic",
    u: "underline",
    ins: "underline",
    s: "strikethrough",
    strike: "strikethrough",
    del: "strikethrough",
    code: "code",
    "tg-spoiler": "spoiler",
  } as const),
);

const otherTags: ReadonlySet<string> = new Set(["a", "pre", "blockquote", "span", "tg-emoji"]);
const namedCharacters: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

/**
 * Turns Telegram's HTML into text and entities.
 * @throws ApiError `can't parse entities: …` naming what is wrong and its byte offset
 */
export function parseHtml(source: string): FormattedText {
  const open: OpenTag[] = [];
  const entities: MessageEntity[] = [];
  let text = "";
  let at = 0;
  while (at < source.length) {
    const next = source.indexOf("<", at);
    text += unescaped(source.slice(at, next < 0 ? source.length : next));
    if (next < 0) break;
    const end = source.indexOf(">", next);
    const closes = source[next + 1] === "/";
    if (end < 0)
      throw unparsed(`Unclosed ${closes ? "end" : "start"} tag at byte offset ${bytes(source, next)}`);
    const inside = source.slice(next + 1, end);
    if (closes)
      entities.push(...closeTag(open, inside.slice(1).trim().toLowerCase(), text, bytes(source, next)));
    else open.push({ ...startTag(inside, bytes(source, next)), offset: text.length });
    at = end + 1;
  }
  const last = open.at(-1);
  if (last) throw unparsed(`Can't find end tag corresponding to start tag "${last.name}"`);
  return { text, entities: joinedCode(entities) };
}

function startTag(inside: string, offset: number): Tag {
  const [, rawName = "", rest = ""] = /^([^\s]*)(.*)$/s.exec(inside) ?? [];
  const name = rawName.toLowerCase();
  const attributes = attributesOf(rest, name, offset);
  if (!plainTags.has(name) && !otherTags.has(name))
    throw unparsed(`Unsupported start tag "${name}" at byte offset ${offset}`);
  if (name === "span" && attributes.get("class") !== "tg-spoiler")
    throw unparsed(`Tag "span" must have class "tg-spoiler" at byte offset ${offset}`);
  return { name, attributes };
}

function attributesOf(text: string, tag: string, offset: number): Map<string, string> {
  const attributes = new Map<string, string>();
  const pattern = /\s*([^\s=<>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+)))?\s*/y;
  let rest = 0;
  while (text.slice(rest).trim() !== "") {
    pattern.lastIndex = rest;
    const match = pattern.exec(text);
    if (!match?.[1]) throw unparsed(`Empty attribute name in the tag "${tag}" at byte offset ${offset}`);
    attributes.set(match[1].toLowerCase(), unescaped(match[2] ?? match[3] ?? match[4] ?? ""));
    rest = pattern.lastIndex;
  }
  return attributes;
}

function closeTag(open: OpenTag[], name: string, text: string, offset: number): MessageEntity[] {
  const tag = open.pop();
  if (!tag) throw unparsed(`Unexpected end tag at byte offset ${offset}`);
  if (name !== "" && name !== tag.name)
    throw unparsed(
      `Unmatched end tag at byte offset ${offset}, expected "</${tag.name}>", found "</${name}>"`,
    );
  const place = { offset: tag.offset, length: text.length - tag.offset };
  if (place.length === 0) return [];
  return entityOf(tag, place, text.slice(tag.offset), open.at(-1)?.name === "pre");
}

type Place = Pick<MessageEntity, "offset" | "length">;

function entityOf(tag: Tag, place: Place, inner: string, inPre: boolean): MessageEntity[] {
  switch (tag.name) {
    case "a": {
      const url = linkAddress(tag.attributes.get("href") || inner);
      return url === undefined ? [] : [{ type: "text_link", ...place, url }];
    }
    case "pre":
      return [{ type: "pre", ...place }];
    case "blockquote":
      return [{ type: tag.attributes.has("expandable") ? "expandable_blockquote" : "blockquote", ...place }];
    case "span":
      return [{ type: "spoiler", ...place }];
    case "tg-emoji":
      return [{ type: "custom_emoji", ...place, custom_emoji_id: tag.attributes.get("emoji-id") ?? "" }];
    case "code": {
      const language = /^language-(.+)$/.exec(tag.attributes.get("class") ?? "")?.[1];
      if (inPre && language !== undefined) return [{ type: "pre", ...place, language }];
      return [{ type: "code", ...place }];
    }
    default:
      return [{ type: plainTags.get(tag.name) ?? "bold", ...place }];
  }
}

/** `<pre><code>` over the same text is one block, with the language if it names one. */
function joinedCode(entities: readonly MessageEntity[]): MessageEntity[] {
  return entities.filter((one) => {
    const rivals = entities.filter((other) => other !== one && samePlace(one, other));
    if (one.type === "code") return !rivals.some((other) => other.type === "pre");
    if (one.type !== "pre" || one.language !== undefined) return true;
    return !rivals.some((other) => other.type === "pre" && other.language !== undefined);
  });
}

function samePlace(a: MessageEntity, b: MessageEntity): boolean {
  return a.offset === b.offset && a.length === b.length;
}

/** The address as Telegram stores it; text that can't be an address is no link at all. */
function linkAddress(raw: string): string | undefined {
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:/i.test(raw) ? raw : `http://${raw}`).href;
  } catch {
    return undefined;
  }
}

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (typeof name === "string") return namedCharacters[name] ?? whole;
    const code = typeof hex === "string" ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}

function bytes(source: string, offset: number): number {
  return Buffer.byteLength(source.slice(0, offset));
}

function unparsed(reason: string): ApiError {
  return badRequest(`can't parse entities: ${reason}`);
}

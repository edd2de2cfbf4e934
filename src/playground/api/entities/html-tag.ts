/** One tag of Telegram's HTML: what may stand in it, and the entity it becomes. */
import type { MessageEntity } from "grammy/types";
import { unparsed } from "./parsed-text.ts";

/** A start tag that Telegram knows. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
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
 * Reads what stands between `<` and `>`.
 * @param offset Where the tag begins, in bytes, for the refusal
 * @throws ApiError 400 when Telegram knows no such tag
 */
export function startTag(inside: string, offset: number): Tag {
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

type Place = Pick<MessageEntity, "offset" | "length">;

/**
 * The entity of a tag that was closed.
 * @param inner The text inside
 * @param inPre The tag stands directly in a `<pre>`
 * @returns One entity, or none for a link that leads nowhere
 */
export function entityOf(tag: Tag, place: Place, inner: string, inPre: boolean): MessageEntity[] {
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

/** The address as Telegram stores it; text that can't be an address is no link at all. */
function linkAddress(raw: string): string | undefined {
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:/i.test(raw) ? raw : `http://${raw}`).href;
  } catch {
    return undefined;
  }
}

/** Turns the characters HTML writes as `&…;` back; others stay as they are. */
export function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (typeof name === "string") return namedCharacters[name] ?? whole;
    const code = typeof hex === "string" ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}

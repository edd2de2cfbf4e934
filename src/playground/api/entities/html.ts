/** Reads Telegram's HTML, as strictly as the real server: an unknown or unclosed tag is an error, never a guess. */
import type { MessageEntity } from "grammy/types";
import type { FormattedText } from "./parsed-text.ts";
import { unparsed } from "./parsed-text.ts";
import { entityOf, startTag, type Tag, unescaped } from "./html-tag.ts";

/** An opened tag waiting for its end; `offset` in the text read so far. */
interface OpenTag extends Tag {
  readonly offset: number;
}

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

function bytes(source: string, offset: number): number {
  return Buffer.byteLength(source.slice(0, offset));
}

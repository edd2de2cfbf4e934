/** A text with its entities, brought into the form in which Telegram stores and returns it. */
import type { MessageEntity } from "grammy/types";
import { badRequest } from "../api-error.ts";
import type { FormattedText } from "./parsed-text.ts";
import { detectEntities, overlaps } from "./detect.ts";
import { parseHtml } from "./html.ts";
import { parseMarkdown } from "./markdown.ts";

/** Inside these Telegram looks for nothing: no commands in code, no mention in a link's text. */
const closed: ReadonlySet<string> = new Set(["code", "pre", "text_link", "text_mention", "custom_emoji"]);

/**
 * Reads a text as a bot sends it.
 * @param parseMode `HTML`, `MarkdownV2`, or empty: then `entities` hold
 * @throws ApiError `can't parse entities: …` as the real server words it
 */
export function formattedText(
  raw: string,
  parseMode: string,
  entities: readonly MessageEntity[] = [],
): FormattedText {
  switch (parseMode.toLowerCase()) {
    case "html":
      return arranged(parseHtml(cleaned(raw)));
    case "markdownv2":
      return arranged(parseMarkdown(cleaned(raw)));
    case "":
      return arranged({ text: cleaned(raw), entities });
    default:
      throw badRequest("unsupported parse_mode");
  }
}

/** Drops what Telegram drops from any text: control characters, line separators and embedding marks. */
function cleaned(text: string): string {
  return (
    text
      .replaceAll("\r", "")
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b-\u001f]/g, " ")
      .replace(/[\u2028-\u202e]/g, "")
      .replace(/\p{Surrogate}/gu, "\ufffd")
  );
}

/** Trims the text, fits the entities to it, adds the detected ones, and orders all as Telegram does. */
function arranged({ text, entities }: FormattedText): FormattedText {
  const start = text.length - text.trimStart().length;
  const trimmed = text.trim();
  const fitted = entities.flatMap((one) => fit(one, start, trimmed.length));
  const detected = detectEntities(trimmed).filter(
    (one) => !fitted.some((given) => overlaps(given, one) && (closed.has(given.type) || !nests(given, one))),
  );
  return { text: trimmed, entities: [...fitted, ...detected].toSorted(byPlace) };
}

function fit(entity: MessageEntity, start: number, length: number): MessageEntity[] {
  const from = Math.max(0, entity.offset - start);
  const to = Math.min(length, entity.offset - start + entity.length);
  return to > from ? [{ ...entity, offset: from, length: to - from }] : [];
}

function nests(a: MessageEntity, b: MessageEntity): boolean {
  return holds(a, b) || holds(b, a);
}

function holds(outer: MessageEntity, inner: MessageEntity): boolean {
  return outer.offset <= inner.offset && outer.offset + outer.length >= inner.offset + inner.length;
}

/** Outer before inner. */
function byPlace(a: MessageEntity, b: MessageEntity): number {
  return a.offset - b.offset || b.length - a.length;
}

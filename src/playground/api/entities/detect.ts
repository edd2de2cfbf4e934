/** Finds what Telegram finds by itself in a text: commands, mentions, hashtags, links, mail addresses. */
import type { MessageEntity } from "grammy/types";

type DetectedKind = "bot_command" | "mention" | "hashtag" | "url" | "email";

const WORD = String.raw`[\p{L}\p{N}_]`;
const NAME = "[a-zA-Z0-9_]";
/** Bare addresses without a scheme are links only under well-known endings. */
const ENDINGS =
  "com|org|net|io|me|ir|dev|app|info|co|ai|gov|edu|uk|de|fr|tv|gg|xyz|site|shop|online|link|blog";

/** In order of precedence: what is found first keeps its place. */
const patterns: readonly { readonly kind: DetectedKind; readonly pattern: RegExp }[] = [
  {
    kind: "url",
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}_@.-])(?:https?://[^\s<>"]+|tg://[^\s<>"]+|(?:[\p{L}\p{N}-]+\.)+(?:${ENDINGS})(?![\p{L}\p{N}_@-])(?:[/?#][^\s<>"]*)?)`,
      "giu",
    ),
  },
  { kind: "email", pattern: /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}(?![\w@])/gi },
  {
    kind: "bot_command",
    pattern: new RegExp(
      String.raw`(?<!${WORD}|[/<>@])/${NAME}{1,64}(?:@${NAME}{3,32})?(?!${WORD}|[/<>@])`,
      "gu",
    ),
  },
  { kind: "mention", pattern: new RegExp(String.raw`(?<!${WORD}|[@/])@${NAME}{4,32}(?!${WORD}|@)`, "gu") },
  {
    kind: "hashtag",
    pattern: new RegExp(
      String.raw`(?<!${WORD}|[#&/@])#(?=[\p{N}_]*\p{L})[\p{L}\p{N}_\u200c]{1,256}(?!#)`,
      "gu",
    ),
  },
];

/**
 * Finds what Telegram marks without being asked to.
 * @returns Entities in the order of the text, none overlapping another; offsets and lengths in UTF-16 units
 */
export function detectEntities(text: string): MessageEntity[] {
  const found: MessageEntity[] = [];
  for (const { kind, pattern } of patterns)
    for (const match of text.matchAll(pattern)) {
      const length = kind === "url" ? linkLength(match[0]) : match[0].length;
      const entity: MessageEntity = { type: kind, offset: match.index, length };
      if (!found.some((one) => overlaps(one, entity))) found.push(entity);
    }
  return found.toSorted((a, b) => a.offset - b.offset);
}

/** Tells whether two entities share at least one character. */
export function overlaps(a: MessageEntity, b: MessageEntity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

/** A sentence's punctuation after a link is not part of it, nor is a bracket it did not open. */
function linkLength(link: string): number {
  let end = link.length;
  for (;;) {
    const last = link[end - 1] ?? "";
    const unopened = last === ")" && !link.slice(0, end).includes("(");
    if (!unopened && !/[.,:;!?'"»،؛؟…]/u.test(last)) return end;
    end -= 1;
  }
}

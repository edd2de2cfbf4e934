/** Text on its way into a message: escaping for Telegram's HTML, cutting, and what an operator typed. */
import { isolate } from "../lib/text/direction.ts";

/** Makes any text safe inside a message with `parse_mode: "HTML"`. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Text that is Telegram HTML already and is put into a sentence as it stands. */
export interface Markup {
  readonly html: string;
}

/** Sets a text as code, kept apart from the direction of what surrounds it. */
export function code(text: string): string {
  return isolate(`<code>${escapeHtml(text)}</code>`);
}

/** Sets a text apart as a quotation, character for character. */
export function quoted(text: string): string {
  return `<blockquote>${escapeHtml(text)}</blockquote>`;
}

/** Cuts a text to at most `length` characters (UTF-16 code units) and says so with an ellipsis. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}

/** What of somebody's own text stands in a sentence about it, in characters: nobody needs more to know it again. */
const LONGEST_ECHO = 60;

/** A text as a sentence about it repeats it: whatever somebody wrote, the sentence still fits a message. */
export function echo(text: string): string {
  return shorten(text, LONGEST_ECHO);
}

const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/** Reads what an operator typed as a name or a number: no invisible marks, Latin digits, no blanks around. */
export function typed(text: string): string {
  return text
    .replaceAll(INVISIBLE, "")
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .trim();
}

/**
 * Cuts a text into pieces that each fit one message, at line ends where there are any.
 * @param most Characters (UTF-16 code units) a piece may have
 */
export function pieces(text: string, most: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const lineEnd = rest.lastIndexOf("\n", most);
    let cut = lineEnd > 0 ? lineEnd : most;
    if (/[\uD800-\uDBFF]/u.test(rest.charAt(cut - 1))) cut -= 1;
    found.push(rest.slice(0, cut));
    rest = rest.slice(lineEnd > 0 ? cut + 1 : cut);
  }
  return [...found, rest];
}

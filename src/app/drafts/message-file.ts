import { ValidationError } from "../../domain/errors.ts";
import type { DecodedText } from "../../lists/text/decode-text.ts";
import { decodeText } from "../../lists/text/decode-text.ts";

/**
 * Reads the text of a message file the way lists are read, without the line break at its end: nobody gets letters that
 * nobody wrote.
 * @param name As the file is called in what is said of it
 * @throws {ValidationError} saying what is wrong with it and what to do
 */
export function messageTextOf(bytes: Uint8Array, name: string): string {
  const read = decodeText(bytes);
  if ("text" in read) return read.text.replace(/^\uFEFF/, "").replace(/\r?\n$/, "");
  throw new ValidationError(`${name} ${whyUnread(read)} Save it as UTF-8 text.`);
}

function whyUnread(read: Exclude<DecodedText, { readonly text: string }>): string {
  if ("question" in read) {
    const ways = read.question.encodings.map(
      ({ encoding, lines }) => `\n  ${encoding}: ${lines.join(" / ")}`,
    );
    return `can be read in more than one way:${ways.join("")}\n`;
  }
  if (read.problem === "unreadable") return `has letters in line ${read.line} that can't be read.`;
  return "is no text.";
}

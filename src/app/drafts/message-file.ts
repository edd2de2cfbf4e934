import { ValidationError } from "../../domain/errors.ts";
import type { Trouble } from "../../lib/trouble.ts";
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
  throw new MessageFileError(name, read);
}

type Unread = Exclude<DecodedText, { readonly text: string }>;

/** The file's text can't be told for sure; the message is for programs. */
class MessageFileError extends ValidationError {
  readonly trouble: Trouble;

  constructor(name: string, read: Unread) {
    const trouble = troubleWith(name, read);
    super(`${name}: ${trouble.code} ${JSON.stringify(trouble.with)}`);
    this.trouble = trouble;
  }
}

function troubleWith(name: string, read: Unread): Trouble {
  if ("question" in read) {
    const ways = read.question.encodings.map(({ encoding, lines }) => `  ${encoding}: ${lines.join(" / ")}`);
    return { code: "messageSeveralWays", with: { name, text: ways.join("\n") } };
  }
  return read.problem === "unreadable"
    ? { code: "messageLetters", with: { name, line: read.line } }
    : { code: "messageNoText", with: { name } };
}

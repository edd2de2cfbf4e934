import { contentKind } from "../content-kind.ts";
import { isPersian, withPersianLetters } from "./persian-letters.ts";
import type { ListQuestion } from "../reading.ts";
import { decodedChunks, encodingOf, isEncodingLabel, withoutEndMark } from "./text-encoding.ts";

/** A text file as read, or why it can't be read without a guess. */
export type DecodedText =
  | { readonly text: string; readonly encoding: string }
  | { readonly question: Extract<ListQuestion, { ask: "encoding" }> }
  /** `notText`: a picture or the like. `unknownEncoding`: the label given is none. `unreadable`: from `line` on, bytes that mean nothing in it. */
  | { readonly problem: "notText" | "unknownEncoding" }
  | { readonly problem: "unreadable"; readonly line: number };

/**
 * Reads a file that is all text, such as a message, the way lists are read. What comes back holds no replacement
 * characters: a text is read right, or asked about, or refused.
 * @param encoding The label that the operator gave; absent: found out
 */
export function decodeText(bytes: Uint8Array, encoding?: string): DecodedText {
  if (encoding !== undefined && !isEncodingLabel(encoding)) return { problem: "unknownEncoding" };
  if (encoding === undefined && contentKind(bytes) !== "text") return { problem: "notText" };
  const whole = withoutEndMark(bytes);
  const found = encoding === undefined ? encodingOf(whole) : { encoding };
  if ("possible" in found) return { question: { ask: "encoding", encodings: found.possible } };
  const text = [...decodedChunks(whole, found.encoding)].join("");
  const bad = text.search(/[\0\uFFFD]/);
  if (bad >= 0) return { problem: "unreadable", line: text.slice(0, bad).split("\n").length };
  const isOld = found.encoding === "windows-1256";
  return { text: isPersian(text, isOld) ? withPersianLetters(text) : text, encoding: found.encoding };
}

import { decodedChunks, encodingOf } from "./text-encoding.ts";
import type { ListQuestion } from "./reading.ts";

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
  if (encoding !== undefined && !isLabel(encoding)) return { problem: "unknownEncoding" };
  const found = encodingOf(bytes);
  const text =
    encoding === undefined
      ? [...decodedChunks(bytes, found)].join("")
      : new TextDecoder(encoding).decode(bytes);
  if (text.includes("\0")) return { problem: "notText" };
  const bad = text.indexOf("\uFFFD");
  if (bad >= 0) return { problem: "unreadable", line: text.slice(0, bad).split("\n").length };
  return { text, encoding: encoding ?? found };
}

function isLabel(encoding: string): boolean {
  try {
    return new TextDecoder(encoding).encoding !== "";
  } catch {
    return false;
  }
}

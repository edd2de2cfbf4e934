import { utf16Order } from "./text/utf16-order.ts";

/** What a file is by its first bytes, whatever it is called. */
export type ContentKind = "picture" | "pdf" | "video" | "zip" | "text" | "other";

/** Signatures at the start of files; letters are bytes, `?` stands for any. */
const SIGNATURES: readonly (readonly [string, ContentKind])[] = [
  ["\x89PNG", "picture"],
  ["\xFF\xD8\xFF", "picture"],
  ["GIF87a", "picture"],
  ["GIF89a", "picture"],
  ["RIFF????WEBP", "picture"],
  ["II*\0", "picture"],
  ["MM\0*", "picture"],
  ["????ftyphe", "picture"],
  ["????ftypmif1", "picture"],
  ["????ftypavif", "picture"],
  ["????ftyp", "video"],
  ["\x1A\x45\xDF\xA3", "video"],
  ["RIFF????AVI ", "video"],
  ["%PDF-", "pdf"],
  ["PK\x03\x04", "zip"],
  ["PK\x05\x06", "zip"],
  ["{\\rtf", "other"],
  ["\x1F\x8B", "other"],
];

/** How much of a file is looked at. */
const LOOKED_AT = 1 << 16;

/**
 * Tells what a file is. Text is what has no signature, is no web page and holds no control characters (zero bytes are
 * fine where UTF-16 has them), but for the mark with which older programs end a text.
 */
export function contentKind(bytes: Uint8Array): ContentKind {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, LOOKED_AT)).toString(
    "latin1",
  );
  const signature = SIGNATURES.find(([pattern]) => startsLike(head, pattern));
  if (signature) return signature[1];
  if (/^(?:\xEF\xBB\xBF)?\s*<(?:!doctype|html|\?xml|svg)/i.test(head)) return "other";
  if (utf16Order(bytes) !== undefined) return "text";
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\0-\x08\x0E-\x1A\x1C-\x1F]/.test(head.replace(/\x1A\s*$/, "")) ? "other" : "text";
}

function startsLike(head: string, pattern: string): boolean {
  if (head.length < pattern.length) return false;
  for (let index = 0; index < pattern.length; index++)
    if (pattern[index] !== "?" && pattern[index] !== head[index]) return false;
  return true;
}

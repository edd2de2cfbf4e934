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
 * fine where UTF-16 has them).
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
  return /[\0-\x08\x0E-\x1A\x1C-\x1F]/.test(head) ? "other" : "text";
}

function startsLike(head: string, pattern: string): boolean {
  if (head.length < pattern.length) return false;
  for (let index = 0; index < pattern.length; index++)
    if (pattern[index] !== "?" && pattern[index] !== head[index]) return false;
  return true;
}

/**
 * Finds UTF-16 by its mark or, where there is none, by the zero bytes that Latin letters, blanks and line ends have on
 * one side only.
 */
export function utf16Order(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes.length % 2 !== 0) return undefined;
  const pairs = Math.min(bytes.length, 4096) >> 1;
  let [even, odd] = [0, 0];
  for (let index = 0; index < pairs; index++) {
    if (bytes[2 * index] === 0) even++;
    if (bytes[2 * index + 1] === 0) odd++;
  }
  if (odd > pairs / 4 && even === 0) return "utf-16le";
  return even > pairs / 4 && odd === 0 ? "utf-16be" : undefined;
}

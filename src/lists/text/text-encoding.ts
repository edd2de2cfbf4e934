import { isAscii, isUtf8 } from "node:buffer";
import { LEGACY_ENCODINGS, likeness } from "./letter-likeness.ts";
import { createDecoder, decoded } from "./text-decoder.ts";
import { utf16Order } from "./utf16-order.ts";

/** How a text is written down: a label of the WHATWG Encoding Standard, or several of which none is sure. */
export type EncodingFound =
  | { readonly encoding: string }
  | { readonly possible: readonly { readonly encoding: string; readonly lines: readonly string[] }[] };

/** Where zero bytes are looked for: UTF-16 text has them from the start. */
const HEAD_BYTES = 1 << 12;
/** How much of a text is judged, from its first letter beyond ASCII on. */
const JUDGED_BYTES = 1 << 16;
/** About as much text as is worked through in a few milliseconds. */
const CHUNK_BYTES = 1 << 14;
/** An encoding is taken without asking when it reads this well, and this much better than the next. */
const LIKELY = 0.6;
const CLEARLY_AHEAD = 0.15;
/** Nothing reads like a text: the bytes are damage. */
const UNLIKELY = 0.3;
/** In one of so many lines damage is damage and no other encoding. */
const DAMAGED_LINES = 50;
const SHOWN_LINES = 3;
const SHOWN_LENGTH = 64;

/**
 * Finds out how a text is written down: ASCII, UTF-8 (a few stray bytes change nothing), UTF-16, or one of the encodings
 * of older programs, told apart by what their letters spell.
 */
export function encodingOf(bytes: Uint8Array): EncodingFound {
  if (isAscii(bytes) && !bytes.subarray(0, HEAD_BYTES).includes(0)) return { encoding: "ascii" };
  const utf16 = utf16Order(bytes);
  if (utf16) return { encoding: utf16 };
  if (isUtf8(bytes) || isDamagedUtf8(bytes)) return { encoding: "utf-8" };
  return legacyEncoding(bytes);
}

/** Tells whether most letters beyond ASCII are whole in UTF-8: in other encodings hardly two bytes ever look so. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length, firstLetter(bytes) + (1 << 20));
  let [whole, stray] = [0, 0];
  for (let at = firstLetter(bytes); at < end;) {
    const length = lettersLength(bytes[at] ?? 0);
    if (length === 1) at++;
    else if (length > 1 && hasContinuation(bytes, at, length)) {
      whole++;
      at += length;
    } else {
      stray++;
      at++;
    }
  }
  return whole >= 2 * stray;
}

/** Bytes of a letter by its first; 0: no letter begins so. */
function lettersLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function hasContinuation(bytes: Uint8Array, at: number, length: number): boolean {
  for (let index = at + 1; index < at + length; index++)
    if (((bytes[index] ?? 0) & 0xc0) !== 0x80) return false;
  return true;
}

function legacyEncoding(bytes: Uint8Array): EncodingFound {
  const from = startOfLine(bytes, firstLetter(bytes));
  const sample = bytes.subarray(from, from + JUDGED_BYTES);
  const found = LEGACY_ENCODINGS.map((encoding) => {
    const text = decoded(sample, encoding);
    return { encoding, text, likeness: likeness(text, encoding) };
  });
  const sorted = found.toSorted((one, other) => other.likeness - one.likeness);
  const ranked = sorted.filter(
    ({ text }, index) => sorted.findIndex((other) => other.text === text) === index,
  );
  const [best, next] = ranked;
  if (!best) return { encoding: "utf-8" };
  if (best.likeness >= LIKELY && best.likeness - (next?.likeness ?? 0) >= CLEARLY_AHEAD)
    return { encoding: best.encoding };
  if (ranked.length === 1) return { encoding: best.encoding };
  if (best.likeness < UNLIKELY && isLittleDamage(sample)) return { encoding: "utf-8" };
  return { possible: ranked.map(({ encoding, text }) => ({ encoding, lines: tellingLines(text) })) };
}

function isLittleDamage(sample: Uint8Array): boolean {
  const lines = Buffer.from(sample).toString("latin1").split("\n");
  // oxlint-disable-next-line no-control-regex -- ASCII is what is left out
  return lines.filter((line) => /[^\0-\x7F]/.test(line)).length <= Math.max(1, lines.length / DAMAGED_LINES);
}

/** A few lines with letters beyond ASCII: those that differ between encodings. */
function tellingLines(text: string): readonly string[] {
  return (
    text
      .split(/\r\n|\n|\r/)
      // oxlint-disable-next-line no-control-regex -- ASCII is what is left out
      .filter((line) => /[^\0-\x7F]/.test(line))
      .slice(0, SHOWN_LINES)
      .map((line) => line.slice(0, SHOWN_LENGTH))
  );
}

function firstLetter(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length && (bytes[at] ?? 0) < 0x80) at++;
  return at;
}

function startOfLine(bytes: Uint8Array, position: number): number {
  return bytes.lastIndexOf(10, position) + 1;
}

/** Every way to read a text that nobody could tell the encoding of, for an operator who gave a label that is none. */
export function possibleEncodings(
  bytes: Uint8Array,
): Extract<EncodingFound, { possible: unknown }>["possible"] {
  const sample = bytes.subarray(0, JUDGED_BYTES);
  return ["utf-8", ...LEGACY_ENCODINGS].map((encoding) => ({
    encoding,
    lines: decoded(sample, encoding)
      .split("\n", SHOWN_LINES)
      .map((line) => line.slice(0, SHOWN_LENGTH)),
  }));
}

/** Tells whether a label names an encoding. */
export function isEncodingLabel(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== "";
  } catch {
    return false;
  }
}

/** Reads bytes as text, piece by piece, so that nobody waits for the whole; a mark at the beginning is dropped. */
export function* decodedChunks(bytes: Uint8Array, encoding: string): Generator<string> {
  const decode = createDecoder(encoding);
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES)
    yield decode(bytes.subarray(start, start + CHUNK_BYTES), start + CHUNK_BYTES >= bytes.length);
}

const END_MARK = 0x1a;

/** Drops the control character with which some old programs end a text. */
export function withoutEndMark(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && isEndMark(bytes, end - 1)) end--;
  return bytes.subarray(0, end);
}

/** In UTF-16 it has a zero byte beside it. */
function isEndMark(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === END_MARK || (bytes[at] === 0 && bytes[at - 1] === END_MARK);
}

/** Whom a line of a journal is about, by its first bytes: `{"r":12,…}` or `{"t":"claim","r":12,…}`. */
import type { Ordinal } from "../../../domain/recipient.ts";

const [FIRST, KIND, THEN] = [`{"r":`, `{"t":"`, `","r":`].map((text) => Buffer.from(text));
const [ZERO, NINE, COMMA, END, QUOTE] = [0x30, 0x39, 0x2c, 0x7d, 0x22];

/** Undefined where the line must be read to know: it is about everybody, or is none that was written by this version. */
export function ordinalInLine(bytes: Uint8Array, start: number, end: number): Ordinal | undefined {
  if (bytes[end - 1] !== END) return undefined;
  let at = start;
  if (isAt(bytes, at, FIRST)) at += FIRST?.length ?? 0;
  else {
    if (!isAt(bytes, at, KIND)) return undefined;
    at += KIND?.length ?? 0;
    while (at < end && bytes[at] !== QUOTE) at++;
    if (!isAt(bytes, at, THEN)) return undefined;
    at += THEN?.length ?? 0;
  }
  return numberAt(bytes, at);
}

function isAt(bytes: Uint8Array, at: number, text: Uint8Array | undefined): boolean {
  if (!text) return false;
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text[index]) return false;
  return true;
}

/** A whole number with a comma behind it. */
function numberAt(bytes: Uint8Array, from: number): number | undefined {
  let [number, at] = [0, from];
  for (; ; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < ZERO || byte > NINE) return byte === COMMA && at > from ? number : undefined;
    number = number * 10 + (byte - ZERO);
  }
}

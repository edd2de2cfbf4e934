export type Utf16Order = "utf-16le" | "utf-16be";

/** How many bytes are looked at. */
const LOOKED_AT = 1 << 14;
/** Share of the letters that must be ordinary ones when a text is read in the right order. */
const ORDINARY_SHARE = 0.95;

/**
 * Finds UTF-16 by its mark or, where there is none, by its zero bytes, which no other text has, and by its letters: in
 * the right order they come from alphabets that people write lists in.
 */
export function utf16Order(bytes: Uint8Array): Utf16Order | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const head = bytes.subarray(0, Math.min(LOOKED_AT, bytes.length) & ~1);
  if (head.length === 0 || !head.includes(0) || isMostlyAscii(head)) return undefined;
  const [little, big] = [ordinaryShare(head, 1), ordinaryShare(head, 0)];
  if (Math.max(little, big) < ORDINARY_SHARE || little === big) return undefined;
  return little > big ? "utf-16le" : "utf-16be";
}

/** Pairs of plain letters would make Chinese ones: in a text of those they are the exception, in a plain one the rule. */
function isMostlyAscii(bytes: Uint8Array): boolean {
  let plain = 0;
  for (let at = 0; at < bytes.length; at += 2)
    if (isPlain(bytes[at] ?? 0) && isPlain(bytes[at + 1] ?? 0)) plain++;
  return 4 * plain > bytes.length;
}

function isPlain(byte: number): boolean {
  return byte >= 32 && byte < 127;
}

function ordinaryShare(bytes: Uint8Array, highAt: 0 | 1): number {
  let [ordinary, latin] = [0, 0];
  for (let at = 0; at < bytes.length; at += 2) {
    const high = bytes[at + highAt] ?? 0;
    if (!isOrdinary(high, bytes[at + 1 - highAt] ?? 0)) continue;
    ordinary++;
    if (high === 0) latin++;
  }
  return latin === 0 ? 0 : (2 * ordinary) / bytes.length; // every list has Latin letters or ends of lines
}

/** Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, punctuation, Chinese and Japanese, and the halves of emoji. */
function isOrdinary(high: number, low: number): boolean {
  if (high === 0) return low === 9 || low === 10 || low === 13 || low === 0x1a || (low >= 32 && low !== 127);
  return (
    high <= 6 || high === 9 || high === 0x20 || high === 0x30 || isCjk(high) || high === 0xfe || high === 0xff
  );
}

function isCjk(high: number): boolean {
  return (high >= 0x4e && high <= 0x9f) || (high >= 0xac && high <= 0xdf);
}

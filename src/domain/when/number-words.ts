/** Numbers as people write them with times: in digits, or as words of English and Persian up to ninety-nine; text is folded. */

const units: readonly (readonly string[])[] = [
  ["one", "یک", "یه"],
  ["two", "دو"],
  ["three", "سه"],
  ["four", "چهار"],
  ["five", "پنج"],
  ["six", "شش", "شیش"],
  ["seven", "هفت"],
  ["eight", "هشت"],
  ["nine", "نه"],
  ["ten", "ده"],
  ["eleven", "یازده"],
  ["twelve", "دوازده"],
  ["thirteen", "سیزده"],
  ["fourteen", "چهارده"],
  ["fifteen", "پانزده", "پونزده"],
  ["sixteen", "شانزده", "شونزده"],
  ["seventeen", "هفده", "هیفده"],
  ["eighteen", "هجده", "هیجده", "هژده"],
  ["nineteen", "نوزده"],
];
const tens: readonly (readonly string[])[] = [
  ["twenty", "بیست"],
  ["thirty", "سی"],
  ["forty", "چهل"],
  ["fifty", "پنجاه"],
  ["sixty", "شصت"],
  ["seventy", "هفتاد"],
  ["eighty", "هشتاد"],
  ["ninety", "نود"],
];
const ordinals: readonly (readonly string[])[] = [
  ["first", "اول", "یکم"],
  ["second", "دوم"],
  ["third", "سوم"],
  ["fourth"],
  ["fifth"],
  ["sixth"],
  ["seventh"],
  ["eighth"],
  ["ninth"],
  ["tenth"],
  ["eleventh"],
  ["twelfth"],
  ["thirteenth"],
  ["fourteenth"],
  ["fifteenth"],
  ["sixteenth"],
  ["seventeenth"],
  ["eighteenth"],
  ["nineteenth"],
];

/** Longer ones first, because some begin like others. */
function anyOf(words: readonly (readonly string[])[]): string {
  return words
    .flat()
    .toSorted((a, b) => b.length - a.length)
    .join("|");
}

const AND = "[- ]| و ";
const TENS = `(?:${anyOf(tens)})`;

/** Matches a number as words. */
export const NUMBER_WORDS = `(?:${TENS}(?:${AND})(?:${anyOf(units.slice(0, 9))})|${TENS}|${anyOf(units)})`;

/** Matches a number from 1 in digits or as words; `a` and `an` are one. */
export const NUMBER = `(?:\\d{1,4}|an?|${NUMBER_WORDS})`;

/** Matches the number of a day as words, like `twenty-first`, «چهاردهم» and «سی‌ام». */
export const ORDINAL_WORDS = `(?:${TENS}(?:${AND})(?:${anyOf(ordinals.slice(0, 9))})|twentieth|thirtieth|${anyOf(ordinals)}|${NUMBER_WORDS} ?ا?م)`;

/** The number of a text that {@link NUMBER} or {@link ORDINAL_WORDS} matches. */
export function numberOf(text: string): number {
  if (/^\d/.test(text)) return Number.parseInt(text, 10);
  if (/^an?$/.test(text)) return 1;
  if (text === "twentieth" || text === "thirtieth") return text === "twentieth" ? 20 : 30;
  const known = placeOf(text) ?? placeOf(text.replace(/ ?ا?م$/u, ""));
  if (known !== undefined) return known;
  const [, first = "", second = ""] = /^(\p{L}+)(?:[- ]| و )(.+)$/u.exec(text) ?? [];
  return (placeOf(first) ?? 0) + (second === "" ? 0 : numberOf(second));
}

function placeOf(word: string): number | undefined {
  for (const [words, first, step] of [
    [units, 1, 1],
    [ordinals, 1, 1],
    [tens, 20, 10],
  ] as const) {
    const at = words.findIndex((same) => same.includes(word));
    if (at >= 0) return first + at * step;
  }
  return undefined;
}

/** A text with the numbers that are words in digits. */
export function inDigits(text: string): string {
  const word = new RegExp(`(?<![\\p{L}\\p{N}])${NUMBER_WORDS}(?![\\p{L}\\p{N}])`, "gu");
  return text.replaceAll(word, (found) => String(numberOf(found)));
}

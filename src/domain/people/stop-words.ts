/**
 * What counts as "write to me no more". Errs on the side of whoever wrote: a message that begins with such a word, after
 * a greeting and a please, and is short counts, because one message too few harms nobody.
 */

/** In English and Persian. */
export const defaultStopWords: readonly string[] = [
  "stop",
  "stopall",
  "unsubscribe",
  "opt out",
  "optout",
  "لغو",
  "لغو اشتراک",
  "لغو عضویت",
  "انصراف",
  "توقف",
  "قطع",
  "نفرست",
  "نفرستید",
  "نفرستین",
  "پیام نده",
  "پیام ندهید",
  "پیام ندید",
  "پیام ندین",
  "پیام نفرست",
  "پیام نفرستید",
];

/** What people put before it to be polite: "please stop", «سلام، لطفاً دیگر پیام ندهید». */
const POLITE = /^(?:(?:hi|hello|hey|please|pls|plz|kindly|سلام|لطفا|لطفن|خواهشا|خواهش می ?کنم|دیگر|دیگه) )+/u;

/** A longer text that begins with a stop word says something else: "stop by our shop on your way home tomorrow". */
const MOST_WORDS = 5;

/** Makes the test for a set of stop words; spelling, punctuation and invisible marks make no difference. */
export function createStopTest(words: readonly string[]): (text: string) => boolean {
  const stops = words.map(plainWords).filter((one) => one !== "");
  return (text) => {
    const said = plainWords(text);
    return [said, said.replace(POLITE, "")].some((part) => begins(part, stops));
  };
}

function begins(said: string, stops: readonly string[]): boolean {
  const isShort = said.split(" ").length <= MOST_WORDS;
  return stops.some((stop) => said === stop || (isShort && said.startsWith(`${stop} `)));
}

/**
 * The words of a text and nothing else: lower case, one blank between, Persian letters for their Arabic twins, no vowel
 * signs. A half-space parts words as a blank does.
 */
function plainWords(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("\u200C", " ")
    .replaceAll(/[\u0640\p{Cf}\p{Mn}]/gu, "")
    .replaceAll(/[\u064A\u0649]/g, "\u06CC")
    .replaceAll("\u0643", "\u06A9")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** How much a text reads like one that people wrote, in the alphabets that older programs write with one byte a letter. */

/** The encodings told apart; of two that read alike the first counts. */
export const LEGACY_ENCODINGS = [
  "windows-1252",
  "windows-1256",
  "windows-1254",
  "windows-1251",
  "windows-1250",
] as const;
export type LegacyEncoding = (typeof LEGACY_ENCODINGS)[number];

/** Signs in the middle of a word show that it is none. */
const WORD = /[\p{L}\p{M}\p{S}\p{No}]*\p{L}[\p{L}\p{M}\p{S}\p{No}]*/gu;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const NOT_ASCII = /[^\0-\x7F]/;
/** Bytes without a meaning come out as control characters. */
const MEANINGLESS = /[\x80-\x9F\uFFFD]/g;
const WELL_CASED = /^(?:\p{Lu}?[\p{Ll}\p{M}]*|\p{Lu}+)$/u;

interface Alphabet {
  readonly letters: RegExp;
  readonly common: RegExp;
  readonly usual: RegExp;
}

const ALPHABETS: Readonly<Record<LegacyEncoding, Alphabet>> = {
  "windows-1256": {
    letters: /^[\p{Script=Arabic}\u064B-\u0652]+$/u,
    common: /[اآيیرندمهوتبلسشكک]/,
    usual: /[خفقگپجعحزچغطصأإةىئ\u064B-\u0652]/,
  },
  "windows-1251": {
    letters: /^\p{Script=Cyrillic}+$/u,
    common: /[оеаинтсрвлкмдпуяы]/i,
    usual: /[ьгзбчйхжшюцщэіїєё]/i,
  },
  "windows-1252": {
    letters: /^\p{Script=Latin}+$/u,
    common: /[a-zäöüßéèêàâçîïôûñáíóúãõåæø]/i,
    usual: /[ëùìòœý]/i,
  },
  "windows-1254": {
    letters: /^\p{Script=Latin}+$/u,
    common: /[a-zçğıöşüİ]/i,
    usual: /[âîûéèäßêàô]/i,
  },
  "windows-1250": {
    letters: /^\p{Script=Latin}+$/u,
    common: /[a-ząćęłńóśźżáčéěíňřšťúůžőűäöüß]/i,
    usual: /[ďľýăîâ]/i,
  },
};

/** Encodings of Latin letters, in which most letters of a word are plain. */
const LATIN: ReadonlySet<LegacyEncoding> = new Set(["windows-1250", "windows-1252", "windows-1254"]);

/** Letters of the North that share their bytes with Turkish ones; they stand beside others that Turkish lacks. */
const NORTHERN = /[ðþ]/i;
const NORTHERN_COMPANY = /[áíóúæ]/i;

/**
 * Tells how likely a text was written in an encoding, going by the words that it gives.
 * @param text As it reads in the encoding
 * @returns From 0 to 1
 */
export function likeness(text: string, encoding: LegacyEncoding): number {
  const words = [...text.matchAll(WORD)].map(([word]) => word).filter((word) => NOT_ASCII.test(word));
  const meaningless = text.match(MEANINGLESS)?.length ?? 0;
  const sum = words.reduce((all, word) => all + wordLikeness(word, encoding, text), 0);
  const count = words.length + meaningless;
  return count === 0 ? NO_WORD : sum / count;
}

/** A text whose only letters beyond ASCII are signs is as likely as not. */
const NO_WORD = 0.6;
const RARE = 0.1;
const USUAL = 0.8;
/** Few words are shouted, and few have one letter. */
const SHOUTED = 0.8;

function wordLikeness(word: string, encoding: LegacyEncoding, text: string): number {
  const { letters, common, usual } = ALPHABETS[encoding];
  if (!letters.test(word) || !WELL_CASED.test(word.replace(/\p{Lo}/gu, ""))) return 0;
  const isNorthern = encoding === "windows-1252" && NORTHERN_COMPANY.test(text);
  let sum = 0;
  let foreign = 0;
  for (const letter of word) {
    if (!NOT_ASCII.test(letter)) continue; // the same in every encoding
    foreign++;
    if (common.test(letter) || (isNorthern && NORTHERN.test(letter))) sum++;
    else sum += usual.test(letter) ? USUAL : RARE;
  }
  if (LATIN.has(encoding) && foreign > 1 && 2 * foreign > word.length) return 0;
  const isShouted = word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
  const share = sum / foreign;
  return share * share * (isShouted || word.length === 1 ? SHOUTED : 1);
}

/** Letters that only Persian has, or that Persian keyboards write. */
const PERSIAN = /[پچژگیک]/g;
/** Letters and forms that Arabic has and Persian hardly uses, and its article at the head of words. */
const ARABIC = /[ةىأإ]|(?<![\u0600-\u06FF])ال(?=[\u0600-\u06FF]{2})/g;
/** Words of lists and greetings that are Persian whatever the letters they are typed with. */
const PERSIAN_WORDS =
  /(?<![\u0600-\u06FF])(?:نام|شهر|تهران|شيراز|شماره|تلفن|سلام|عزيز|خانم|آقاي?|است|اين|براي|كنيد|شما|با|رضايي|محمدي|احمدي|حسيني|کد|تاريخ|رديف)(?![\u0600-\u06FF])/g;

/**
 * Tells whether a text in Arabic letters is Persian rather than Arabic.
 * @param otherwise What it is taken for when nothing in it tells
 */
export function isPersian(text: string, otherwise: boolean): boolean {
  const persian = count(text, PERSIAN) + count(text, PERSIAN_WORDS);
  const arabic = count(text, ARABIC);
  return persian === arabic ? otherwise : persian > arabic;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Writes the letters that older programs and Arabic keyboards give for ی and ک as Persian ones. */
export function withPersianLetters(text: string): string {
  return /[يك]/.test(text) ? text.replaceAll("ي", "ی").replaceAll("ك", "ک") : text;
}

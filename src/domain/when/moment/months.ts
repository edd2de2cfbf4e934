/** Names of months in both calendars, folded; Solar Hijri ones as Iran and as Afghanistan say them. */

const gregorian = [
  "jan(?:uary)?|ژانویه",
  "feb(?:ruary)?|فوریه",
  "mar(?:ch)?|مارس",
  "apr(?:il)?|اوریل",
  "may|مه",
  "june?|ژوین|جون",
  "july?|ژوییه|جولای",
  "aug(?:ust)?|اوت|اگوست",
  "sept?(?:ember)?|سپتامبر",
  "oct(?:ober)?|اکتبر",
  "nov(?:ember)?|نوامبر",
  "dec(?:ember)?|دسامبر",
];

const solarHijri = [
  "فروردین|حمل|farvardin",
  "اردیبهشت|ثور|ordibehesht",
  "خرداد|جوزا|khordad",
  "تیر|سرطان|tir",
  "ا?مرداد|اسد|mordad",
  "شهریور|سنبله|shahrivar",
  "مهر|میزان|mehr",
  "ابان|عقرب|aban",
  "اذر|قوس|azar",
  "دی|جدی|dey",
  "بهمن|دلو|bahman",
  "اسفند|حوت|esfand",
];

/** Matches the name of any month. */
export const MONTH = [...gregorian, ...solarHijri].join("|");

/** The month of a text that {@link MONTH} matches, from 1. */
export function monthOf(name: string): { readonly month: number; readonly isSolar: boolean } {
  const at = (sources: readonly string[]): number =>
    sources.findIndex((source) => new RegExp(`^(?:${source})$`, "u").test(name)) + 1;
  const solar = at(solarHijri);
  return solar > 0 ? { month: solar, isSolar: true } : { month: at(gregorian), isSolar: false };
}

/** Words that people write times with, in English and in Persian; what is read is folded first. */
import type { Weekday } from "./wall-clock.ts";

const INVISIBLE = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;
/** Vowel signs, and the hamza over the ه of «جمعهٔ». */
const MARKS = /[\u064B-\u0655\u0670]/g;

/** Brings spellings of one text together: Latin digits, Persian letters, lower case, one kind of blank, dash and comma. */
export function folded(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(INVISIBLE, "")
    .replaceAll(/[ۀة]/g, "ه")
    .normalize("NFD")
    .replaceAll(MARKS, "")
    .normalize("NFC")
    .replaceAll(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replaceAll("ي", "ی")
    .replaceAll("ك", "ک")
    .replaceAll(/[‐-―−]/g, "-")
    .replaceAll(/[،؛;]/g, ",")
    .toLowerCase()
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** A text between what is neither a letter nor a digit. */
export function whole(source: string): string {
  return `(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`;
}

const dayNames: readonly [Weekday, string][] = [
  [1, "mon(?:days?)?|(?:دو|2) ?شنبه(?: ?ها)?"],
  [2, "tue(?:s(?:days?)?)?|(?:سه|3) ?شنبه(?: ?ها)?"],
  [3, "wed(?:nesdays?)?|(?:چهار|4) ?شنبه(?: ?ها)?"],
  [4, "thu(?:r?s(?:days?)?|r)?|(?:پن[جچ]|5) ?شنبه(?: ?ها)?"],
  [5, "fri(?:days?)?|جمعه(?: ?ها)?|ادینه"],
  [6, "sat(?:urdays?)?|شنبه(?: ?ها)?"],
  [7, "sun(?:days?)?|(?:یک|1) ?شنبه(?: ?ها)?"],
];

/** Matches any day of the week; longer names first, because «شنبه» is the end of others. */
export const DAY = [1, 2, 3, 4, 5, 7, 6].map((day) => dayNames[day - 1]?.[1]).join("|");

/** The day of a text that {@link DAY} matches. */
export function weekdayOf(name: string): Weekday | undefined {
  return dayNames.find(([, source]) => new RegExp(`^(?:${source})$`, "u").test(name))?.[0];
}

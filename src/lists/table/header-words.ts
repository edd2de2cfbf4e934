/** The words that people put at the head of columns, in the languages that people write lists in. */
import { columnKey } from "../../domain/template.ts";
import {
  ACCOUNT_WORDS,
  ALL_WORDS,
  OTHER_WORDS,
  PLATFORM_WORDS,
  POSSIBLE_WORDS,
  SURE_WORDS,
  withoutMarks,
} from "./header-vocabulary.ts";
import { isOptOutTitle } from "./opt-out-marks.ts";

/**
 * What a column is by what it is called: `sure` holds usernames; `possible` may hold them; `name` holds what people are
 * called elsewhere; `other` something else; `unknown`: not a word that is known.
 */
export type HeaderWord = "sure" | "possible" | "name" | "other" | "unknown";

/** No heading is longer. */
const LONGEST = 64;

/** Signs around a heading that change nothing, and what is explained in brackets behind it. */
const DECORATION = /^[\s#*:=>«"'“”\-–]+|[\s:*=<»"'“”\-–؟?]+$/g;
const EXPLANATION = /\s*[([（].*[)\]）]\s*$/;

/** Knows what a column is called, whatever the language. Of a path such as `user.username` the last word counts. */
export function headerWord(cell: string): HeaderWord {
  if (cell.length > LONGEST) return "unknown";
  if (/^\s*@/.test(cell)) return /^\s*@user_?names?\s*$/i.test(cell) ? "sure" : "unknown";
  if (/^\s*(?:#|№|nº|n°)\s*$/i.test(cell)) return "other";
  const whole = wordsOf(cell);
  if (whole === "") return "unknown";
  const known = kindOf(/\s\d{1,2}\s*$/.test(cell) ? whole.replace(/ \d+$/, "") : whole);
  if (known !== "unknown") return known;
  const explained = EXPLANATION.test(cell) ? wordsOf(cell.replace(EXPLANATION, "")) : whole;
  if (explained !== whole) return kindOf(explained);
  return cell.includes(".") ? kindOf(wordsOf(cell.slice(cell.lastIndexOf(".") + 1))) : "unknown";
}

function wordsOf(cell: string): string {
  // `screenName` is two words; a word of capitals is one.
  const apart = cell.replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2").replace(DECORATION, "");
  return withoutMarks(columnKey(apart))
    .replace(/[-'’./@&+\s]+/g, " ")
    .trim();
}

function kindOf(words: string): HeaderWord {
  if (isOptOutTitle(words)) return "other";
  if (SURE_WORDS.test(words)) return "sure";
  if (POSSIBLE_WORDS.test(words)) return "possible";
  const other = OTHER_WORDS.get(words);
  if (other) return other;
  return OTHER_ENDING.test(words) ? "other" : "unknown";
}

/** Whatever is counted, dated, numbered or addressed is no name. */
const OTHER_ENDING =
  /^(?:is|has|num|count|total|date|time|شماره|تاریخ|تعداد|کد) .+| (?:id|ids|count|date|time|at|number|no|num|code|url|address|city|phone|mobile|email|mail|status|type|rate|price|amount|score|name [12]|شماره|تاریخ)$/;

/** Tells whether a cell only names a platform, which as often stands below a heading as in one. */
export function isPlatformWord(cell: string): boolean {
  return cell.length <= LONGEST && PLATFORM_WORDS.test(wordsOf(cell));
}

/** Tells at once whether a cell may be one of the words: for millions of cells that are none. */
export function isHeadingWord(cell: string): boolean {
  return ALL_WORDS.has(cell.trim().toLowerCase().replaceAll("_", " "));
}

/** Tells whether a cell says `account`, which may be a person's or a customer's. */
export function isAccountWord(cell: string): boolean {
  return cell.length <= LONGEST && ACCOUNT_WORDS.test(wordsOf(cell));
}

/**
 * What posts are searched by: hashtags, words and phrases in quotes, all of which a post must have. Owns the one
 * spelling by which two ways of writing the same search are one target.
 */

export interface SearchTerm {
  readonly kind: "hashtag" | "word" | "phrase";
  /** A hashtag without its `#`, a phrase without its quotes. */
  readonly text: string;
}

export type ParsedSearch =
  | { readonly ok: true; readonly query: string }
  | { readonly ok: false; readonly problem: "empty" | "notASearch" | "tooLong" };

/** With every word in quotes of its own it still fits into the 512 signs that X takes of a self-serve project. */
const LONGEST = 200;

const TERM = /"([^"]*)"|“([^”]*)”|«([^»]*)»|(\S+)/g;
const HASH = /^[#＃]/;
/** As platforms read them: letters of any script with their marks, digits, `_` and half-spaces; digits alone are none. */
const HASHTAG = /^(?=.*[\p{L}\p{M}])[\p{L}\p{M}\p{N}_\u200C\u200D]+$/u;
/** Something that can be found: no signs alone. */
const SEARCHABLE = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** Reads what a person typed; answers it in its one spelling, e.g. `#coffee "flat white" filter`. */
export function parseSearch(text: string): ParsedSearch {
  if (text.trim() === "") return { ok: false, problem: "empty" };
  if (text.length > 4 * LONGEST) return { ok: false, problem: "tooLong" };
  const terms = termsOf(text);
  if (!terms.every(isUsable)) return { ok: false, problem: "notASearch" };
  const query = [...new Set(terms.map(spelled))].join(" ");
  return query.length > LONGEST ? { ok: false, problem: "tooLong" } : { ok: true, query };
}

/** The terms of a search, in the order they stand. */
export function termsOf(query: string): readonly SearchTerm[] {
  return [...query.normalize("NFC").matchAll(TERM)].map(
    ([whole, straight, curly, angled, word]): SearchTerm => {
      const phrase = straight ?? curly ?? angled;
      if (phrase !== undefined) return { kind: "phrase", text: tidy(phrase) };
      const text = tidy(word ?? whole);
      return HASH.test(text) ? { kind: "hashtag", text: text.slice(1) } : { kind: "word", text };
    },
  );
}

/** Only letters that have one small form everywhere are made small: in Turkish the others would become another word. */
function tidy(text: string): string {
  return text
    .replaceAll(/["\\“”«»]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function isUsable({ kind, text }: SearchTerm): boolean {
  return kind === "hashtag" ? HASHTAG.test(text) : SEARCHABLE.test(text);
}

function spelled({ kind, text }: SearchTerm): string {
  if (kind === "hashtag") return `#${text}`;
  return kind === "phrase" && text.includes(" ") ? `"${text}"` : text;
}

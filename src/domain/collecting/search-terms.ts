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

/** What people copy from the address bar; a search for such words would find nothing, and may be paid for. */
const LINK = /^(?:https?:\/\/)?(?:(?:www|m|mobile)\.)?(?:x\.com|twitter\.com|bsky\.app)\/(\S*)$/i;
const HASHTAG_PAGE = /^hashtag\/([^/?#]+)/i;
const SEARCH_PAGE = /^search\/?\?(?:[^#]*&)?q=([^&#]*)/i;

/** Reads what a person typed, or a link to a hashtag or a search; answers its one spelling: `#coffee "flat white" filter`. */
export function parseSearch(given: string): ParsedSearch {
  if (given.trim() === "") return { ok: false, problem: "empty" };
  if (given.length > 4 * LONGEST) return { ok: false, problem: "tooLong" };
  const text = linked(given.trim());
  const terms = termsOf(text);
  if (text.trim() === "" || !terms.every(isUsable)) return { ok: false, problem: "notASearch" };
  const query = [...new Set(terms.map(spelled))].join(" ");
  return query.length > LONGEST ? { ok: false, problem: "tooLong" } : { ok: true, query };
}

/** What a link to one of the platforms searches for; nothing where it leads elsewhere. Any other text is itself. */
function linked(text: string): string {
  const place = LINK.exec(text)?.[1];
  if (place === undefined) return text;
  const hashtag = HASHTAG_PAGE.exec(place)?.[1];
  const encoded =
    hashtag === undefined ? SEARCH_PAGE.exec(place)?.[1]?.replaceAll("+", " ") : `%23${hashtag}`;
  try {
    return decodeURIComponent(encoded ?? "");
  } catch {
    return "";
  }
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

/** Large letters are made small one by one; İ is not: its small form is two signs, and in Turkish another letter. */
function tidy(text: string): string {
  return text
    .replaceAll(/["\\“”«»]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll(/(?!İ)\p{Lu}/gu, (letter) => letter.toLowerCase());
}

function isUsable({ kind, text }: SearchTerm): boolean {
  return kind === "hashtag" ? HASHTAG.test(text) : SEARCHABLE.test(text);
}

function spelled({ kind, text }: SearchTerm): string {
  if (kind === "hashtag") return `#${text}`;
  return kind === "phrase" && text.includes(" ") ? `"${text}"` : text;
}

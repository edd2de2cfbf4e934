import { isolate } from "../lib/text/direction.ts";
import type { Words } from "./words.ts";

/** Several things in a row, as the language parts them. */
export function joined(texts: readonly string[], words: Pick<Words, "locale">, separator = ", "): string {
  if (words.locale === "en") return texts.join(separator);
  return texts.join(separator === "; " ? "؛ " : "، ");
}

/** Names in a row, in Persian each kept apart: bare ones would stand there in the wrong order. */
export function joinedNames(names: readonly string[], words: Pick<Words, "locale">): string {
  return joined(words.locale === "fa" ? names.map(isolate) : names, words);
}

import type { Words } from "../words/words.ts";

/** Several things in a row, as the language parts them. */
export function joined(texts: readonly string[], words: Pick<Words, "locale">, separator = ", "): string {
  if (words.locale === "en") return texts.join(separator);
  return texts.join(separator === "; " ? "؛ " : "، ");
}

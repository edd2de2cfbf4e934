import { languageName } from "../domain/languages/language-tag.ts";
import type { Words } from "./words.ts";

/** What a language is called in the reader's. */
export function languageWord(tag: string, { locale }: Pick<Words, "locale">): string {
  return languageName(tag, locale);
}

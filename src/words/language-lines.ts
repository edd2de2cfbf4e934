import type { Plan } from "../app/drafts/draft.ts";
import { joined } from "./joined.ts";
import { languageWord } from "./language-word.ts";
import type { Words } from "./words.ts";

/** How many get the text in each language, and how many the main one; no line where there is one text. */
export function languageLines({ languages = [] }: Pick<Plan, "languages">, words: Words): string[] {
  if (languages.length === 0) return [];
  const counted = languages.flatMap(({ language, count }) =>
    language === undefined
      ? []
      : words.plain("plan-language", { language: languageWord(language, words), count }),
  );
  const count = languages.find(({ language }) => language === undefined)?.count ?? 0;
  return [words.plain("plan-languages", { counted: joined(counted, words), count })];
}

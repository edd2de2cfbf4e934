import type { Preview } from "../../../app/drafts/draft.ts";
import { languageWord } from "../../../words/language-word.ts";
import type { Words } from "../../../words/words.ts";

/** Whose text stands below, and in which language; of one that nobody gets, that. @param whom Of the list, or of it those who are left */
export function previewHeading(
  { username, language, isForNobody }: Preview,
  words: Words,
  whom: "nobody" | "left" = "nobody",
): string {
  if (language === undefined)
    return words.say(isForNobody ? `preview-main-${whom}` : "preview-for", { username });
  const told = { username, language: languageWord(language, words) };
  return words.say(isForNobody ? `preview-language-${whom}` : "preview-for-in", told);
}

/** `--message-file-for fa=FILE`: the message in other languages, a file each. */
import type { DraftExtras } from "../../app/drafts/draft-extras.ts";
import { messageTextOf } from "../../app/drafts/message-file.ts";
import { languageMeant } from "../../domain/languages/language-tag.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { LanguageOptions } from "./send-request.ts";
import { fileBytes } from "./send-request.ts";

type Translations = NonNullable<DraftExtras["translations"]>;

const OPTION = "--message-file-for";

/** Reads them all; empty where none is given. @throws {SaidError} naming the one that is wrong */
export async function translationsIn(
  { messageFileFor = [] }: LanguageOptions,
  words: Words,
): Promise<Translations> {
  const texts = new Map<string, string>();
  for (const given of messageFileFor) {
    const [, name = "", path = ""] = /^([^=]+)=(.+)$/s.exec(given) ?? [];
    const language = languageMeant(name);
    if (language === undefined || path === "")
      throw new SaidError(words.plain("cli-language-unknown", { text: given }));
    if (texts.has(language)) throw new SaidError(words.plain("cli-language-twice", { text: given }));
    const bytes = await fileBytes({ option: OPTION, path }, words);
    texts.set(language, messageTextOf(bytes, `${OPTION} ${given}`));
  }
  return [...texts].map(([language, message]) => ({ language, message }));
}

/** `/language`: the language that a subscriber wants to be written to in, which binds every claim from then on. */
import { languageMeant } from "../../domain/languages/language-tag.ts";
import { languageWord } from "../../words/language-word.ts";
import { typed } from "../../words/markup.ts";
import type { Words } from "../../words/words.ts";
import type { BotParts } from "../bot-parts.ts";

/** What is written behind the command; undefined: the text is another one. */
export function languageWish(text: string): string | undefined {
  const [whole, wish = ""] = /^\/language(?:@\w+)?(?:[\s_]+(.*?))?\s*$/is.exec(text) ?? [];
  return whole === undefined ? undefined : typed(wish);
}

interface Wish {
  readonly id: number;
  readonly wish: string;
  /** Telegram's word on the language, as far as the answer goes by it. */
  readonly words: Words;
}

/** Takes the choice and says so, in the language that was chosen where Peyk speaks it. */
export async function chooseOwn(
  { app, operators }: Pick<BotParts, "app" | "operators">,
  { id, wish, words }: Wish,
): Promise<string> {
  const { subscribers } = app;
  const offered = { fa: languageWord("fa", { locale: "fa" }), en: languageWord("en", { locale: "en" }) };
  if (!(await subscribers.isSubscribed(id))) return words.say("language-not-subscribed");
  const language = languageMeant(wish);
  if (language === undefined) return words.say("language-own-ask", offered);
  await subscribers.choose(id, language);
  const own = operators.wordsForStranger(language);
  return own.say("language-own-set", { language: languageWord(language, own) });
}

/**
 * Languages as people and programs name them: `fa`, `pt-BR`, `Persian`, `فارسی`. Kept as the tag that Telegram gives a person
 * (IETF, e.g. `pt-br`), in lower case.
 */

/** Reads a tag such as `fa` or `pt_BR`; undefined when it is none. */
export function languageTag(text: string): string | undefined {
  const tag = text.trim().toLowerCase().replaceAll("_", "-");
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/.test(tag) ? tag : undefined;
}

/** The languages whose names are understood, besides every tag. */
const NAMED =
  "fa|en|ar|tr|ru|de|fr|es|it|pt|nl|pl|uk|az|ku|ps|ur|hi|bn|id|ms|zh|ja|ko|sv|da|no|fi|el|he|hy|ka|kk|uz|tg|tk|ro|hu|cs|bg|sr|vi|th|sw";

let tagsByName: ReadonlyMap<string, string> | undefined;

/** Reads a language that people wrote, by its tag or by its name in English, in Persian or in itself. */
export function languageMeant(text: string): string | undefined {
  tagsByName ??= new Map(
    NAMED.split("|").flatMap((tag) => namesOf(tag).map((name) => [keyOf(name), tag] as const)),
  );
  return tagsByName.get(keyOf(text)) ?? languageTag(text);
}

function namesOf(tag: string): readonly string[] {
  const names = ["en", "fa", tag].map((locale) => languageName(tag, locale));
  // What it is called on forms.
  return tag === "fa" ? [...names, "farsi"] : names;
}

function keyOf(name: string): string {
  return name.trim().toLowerCase().replaceAll("ي", "ی").replaceAll("ك", "ک");
}

/** What a language is called in another one. */
export function languageName(tag: string, locale: string): string {
  return new Intl.DisplayNames([locale], { type: "language" }).of(tag) ?? tag;
}

/** The languages that Peyk speaks. */
export const locales = ["en", "fa"] as const;
export type Locale = (typeof locales)[number];

/** Reads the language a Telegram client says it has; undefined when Peyk doesn't speak it. */
export function localeOfCode(languageCode: string | undefined): Locale | undefined {
  const language = languageCode?.toLowerCase().split("-")[0];
  return locales.find((locale) => locale === language);
}

/** The languages that Peyk speaks. */
export const locales = ["en", "fa"] as const;
export type Locale = (typeof locales)[number];

/** Reads the language that a Telegram client or a system says it has; undefined when Peyk doesn't speak it. */
export function localeOfCode(languageCode: string | undefined): Locale | undefined {
  const language = languageCode?.toLowerCase().split(/[-_.@]/)[0];
  return locales.find((locale) => locale === language);
}

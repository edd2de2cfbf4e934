import type { LoadedConfig } from "../config.ts";
import { systemClock } from "../lib/clock.ts";
import { localeOfCode } from "../words/locale.ts";
import type { Words } from "../words/words.ts";
import { createLexicon } from "../words/words.ts";

/**
 * The words of who sits at the terminal, with moments in the time zone of the settings, or in UTC where they can't be used.
 * @param language As a system names languages; one that Peyk doesn't speak, or none: English
 */
export function terminalWords(loaded: LoadedConfig, language: string | undefined): Words {
  const timeZone = loaded.ok ? loaded.config.timeZone : "UTC";
  return createLexicon({ clock: systemClock, timeZone })[localeOfCode(language) ?? "en"];
}

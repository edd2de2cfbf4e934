/** What the button to leave is called, in the language of the person's own Telegram where Peyk speaks it. */
import { systemClock } from "../lib/clock.ts";
import type { Locale } from "../words/locale.ts";
import { localeOfCode } from "../words/locale.ts";
import type { Lexicon } from "../words/words.ts";
import { createLexicon } from "../words/words.ts";
import type { TelegramAccess } from "./open-channels.ts";

interface LeaveSettings {
  readonly telegramLeaveButton: boolean;
  readonly defaultLocale: Locale;
  readonly timeZone: string;
}

/** Nothing where the button is switched off. The words are read when the first message goes out. */
export function leaveLabelOf({
  telegramLeaveButton,
  defaultLocale,
  timeZone,
}: LeaveSettings): Pick<TelegramAccess, "leaveLabel"> {
  if (!telegramLeaveButton) return {};
  let lexicon: Lexicon | undefined;
  return {
    leaveLabel(languageCode) {
      lexicon ??= createLexicon({ clock: systemClock, timeZone });
      return lexicon[localeOfCode(languageCode) ?? defaultLocale].plain("button-leave");
    },
  };
}

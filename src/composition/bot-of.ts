import type { TelegramAccess } from "./open-channels.ts";
import { leaveLabelOf } from "./leave-label.ts";
import type { Locale } from "../words/locale.ts";

/** The setting for a program without a chat of its own: the bot of the configuration, if there is one. */
export function botOf(config: {
  readonly botToken?: string;
  readonly telegramApiRoot: string;
  readonly telegramPaidBroadcast: boolean;
  readonly telegramLeaveButton: boolean;
  readonly defaultLocale: Locale;
  readonly timeZone: string;
}): { readonly openTelegram?: () => Promise<TelegramAccess> } {
  const { botToken: token, telegramApiRoot: apiRoot, telegramPaidBroadcast: isPaid } = config;
  if (token === undefined) return {};
  return { openTelegram: () => Promise.resolve({ token, apiRoot, isPaid, ...leaveLabelOf(config) }) };
}

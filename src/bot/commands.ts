/** The commands, in the order Telegram's menu lists them. */
import type { Api } from "grammy";
import type { BotCommand } from "grammy/types";
import type { Lexicon, Locale, Words } from "./words.ts";
import { locales } from "./words.ts";

export const commandNames = [
  "new",
  "status",
  "campaigns",
  "pause",
  "resume",
  "cancel",
  "retry",
  "report",
  "suppress",
  "log",
  "language",
  "help",
  "start",
] as const;

function commandsIn(words: Words): BotCommand[] {
  return commandNames.map((command) => ({ command, description: words.plain(`command-${command}`) }));
}

/** Tells Telegram the commands, by the language of each reader's client. */
export async function announceCommands(api: Api, lexicon: Lexicon, defaultLocale: Locale): Promise<void> {
  await api.setMyCommands(commandsIn(lexicon[defaultLocale]));
  for (const locale of locales)
    await api.setMyCommands(commandsIn(lexicon[locale]), { language_code: locale });
}

/** Shows the commands to one operator in the language chosen here, whatever the client speaks. */
export async function announceCommandsTo(api: Api, chatId: number, words: Words): Promise<void> {
  await api.setMyCommands(commandsIn(words), { scope: { type: "chat", chat_id: chatId } });
}

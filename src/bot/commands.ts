/** The commands, in the order Telegram's menu lists them. */
import type { Api } from "grammy";
import type { BotCommand } from "grammy/types";
import type { OperatorBook } from "./operator-book.ts";
import type { Lexicon, Words } from "../words/words.ts";
import { locales } from "../words/locale.ts";

export const commandNames = [
  "new",
  "status",
  "campaigns",
  "who",
  "answers",
  "pause",
  "resume",
  "cancel",
  "retry",
  "change",
  "schedule",
  "report",
  "texts",
  "collect",
  "leads",
  "subscribers",
  "growth",
  "audiences",
  "tag",
  "untag",
  "welcome",
  "suppress",
  "suppressed",
  "history",
  "accounts",
  "sync",
  "backup",
  "tokens",
  "webhooks",
  "alerts",
  "log",
  "language",
  "help",
  "start",
] as const;

function commandsIn(words: Words): BotCommand[] {
  return commandNames.map((command) => ({ command, description: words.plain(`command-${command}`) }));
}

/** What everybody sees who is no operator. */
const publicNames = ["start", "stop"] as const;

function publicCommandsIn(words: Words): BotCommand[] {
  return publicNames.map((command) => ({ command, description: words.plain(`public-command-${command}`) }));
}

/** Tells Telegram the commands: everybody's by the language of their client, and each operator's own. */
export async function announceCommands(api: Api, lexicon: Lexicon, operators: OperatorBook): Promise<void> {
  await api.setMyCommands(publicCommandsIn(operators.wordsForStranger(undefined)));
  for (const locale of locales)
    await api.setMyCommands(publicCommandsIn(lexicon[locale]), { language_code: locale });
  for (const id of operators.ids)
    // An operator who never wrote to the bot has no chat yet; /start announces them then.
    await announceCommandsTo(api, id, operators.wordsFor(id)).catch(() => undefined);
}

/** Shows the commands to one operator in the language chosen here, whatever the client speaks. */
export async function announceCommandsTo(api: Api, chatId: number, words: Words): Promise<void> {
  await api.setMyCommands(commandsIn(words), { scope: { type: "chat", chat_id: chatId } });
}

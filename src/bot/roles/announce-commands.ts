/** Tells Telegram who sees which commands. */
import type { Api } from "grammy";
import type { BotCommand } from "grammy/types";
import { locales } from "../../words/locale.ts";
import type { Lexicon, Words } from "../../words/words.ts";
import type { CommandName } from "../commands.ts";
import { commandNames } from "../commands.ts";
import type { OperatorBook } from "../operator-book.ts";
import { commandRights } from "./command-rights.ts";

/** Those that somebody may use, in the same order. */
export function commandsFor(operators: OperatorBook, id: number): readonly CommandName[] {
  return commandNames.filter((command) => operators.may(id, commandRights[command]));
}

function commandsIn(commands: readonly CommandName[], words: Words): BotCommand[] {
  return commands.map((command) => ({ command, description: words.plain(`command-${command}`) }));
}

/** What everybody sees who is no operator. */
const publicNames = ["start", "stop", "language"] as const;

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
    await announceCommandsTo(api, id, operators).catch(() => undefined);
}

/**
 * Shows somebody the commands that their role allows, in the language chosen here, whatever the client speaks; who has no
 * role any more sees what everybody sees.
 */
export async function announceCommandsTo(api: Api, chatId: number, operators: OperatorBook): Promise<void> {
  const [words, commands] = [operators.wordsFor(chatId), commandsFor(operators, chatId)];
  await api.setMyCommands(commands.length > 0 ? commandsIn(commands, words) : publicCommandsIn(words), {
    scope: { type: "chat", chat_id: chatId },
  });
}

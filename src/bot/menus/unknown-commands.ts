/** Commands that are none: answered with the one that was likely meant, and never taken for a message or a list. */
import { Composer } from "grammy";
import type { OperatorContext } from "../bot-parts.ts";
import { commandNames } from "../commands.ts";
import { commandIn } from "../intake/command.ts";
import { closest } from "../../lib/text/closest.ts";
import { sendText } from "./campaigns/campaign-deeds.ts";

/** All that an operator may type, also what Telegram's menu does not list. */
const known: readonly string[] = [...commandNames, "subscribe", "unsubscribe", "stop", "unsuppress"];

/** As many letters may be wrong. */
const MOST_WRONG = 2;

/** Registered after every command that always works and before the dialogues, which would take it for an answer. */
export function unknownCommandMenu(): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.on("message:text", async (context, next) => {
    const command = commandIn(context.update);
    if (command === undefined || known.includes(command)) return next();
    const meant = closest(command, known, MOST_WRONG);
    const { words } = context;
    const given = command.slice(0, 32);
    await sendText(
      context,
      meant === undefined
        ? words.say("unknown-command", { given })
        : words.say("unknown-command-meant", { given, meant }),
    );
  });
  return menu;
}

/** What nothing else took: a hint for messages, and an end to the spinner for buttons of another age. */
import { Composer } from "grammy";
import type { OperatorContext } from "../bot-parts.ts";
import { answered } from "./begin.ts";
import { sendText } from "./campaigns/campaign-deeds.ts";

/** The last of the menus. */
export function otherwiseMenu(): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.on("callback_query", (context) => answered(context, context.words.plain("gone-button")));
  menu.on("message", (context) => sendText(context, context.words.say("nothing-asked")));
  return menu;
}

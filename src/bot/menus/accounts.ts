/** /accounts: how the accounts fare. The platforms are asked beside everything else, so that no command waits for them. */
import { Composer } from "grammy";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { accountReport } from "../views/account-report.ts";
import { editView, sendView } from "../views/view.ts";

/** Answers at once that it asks, and puts the report in that message's place. */
export function accountsMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("accounts", async (context) => {
    const { words, api } = context;
    const chatId = chatOf(context);
    const messageId = await sendView(api, chatId, { text: words.say("accounts-asking") });
    parts.inBackground(async () => {
      const text = accountReport(await parts.app.accounts(), words);
      await editView(api, { chatId, messageId }, { text });
    });
  });
  return menu;
}

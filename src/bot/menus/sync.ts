/** /sync: the switch of the copy in PostgreSQL. A press on an old card does what its button says and shows what is true now. */
import { Composer } from "grammy";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { syncCard } from "../views/sync-card.ts";
import { keyboardOf, sendView } from "../views/view.ts";
import { answered } from "./begin.ts";

/** Copying every second is called real-time. */
const REAL_TIME_S = 1;

export function syncMenu({ app }: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("sync", async (context) => {
    await sendView(context.api, chatOf(context), syncCard(app.sync.status(), context.words));
  });
  menu.callbackQuery("sync:usual", async (context) => {
    await answered(context);
    await app.sync.start();
    await show(context);
  });
  menu.callbackQuery("sync:real-time", async (context) => {
    await answered(context);
    await app.sync.start(REAL_TIME_S);
    await show(context);
  });
  menu.callbackQuery("sync:off", async (context) => {
    await answered(context);
    await app.sync.stop();
    await show(context);
  });
  menu.callbackQuery("sync:look", async (context) => {
    await answered(context);
    await show(context);
  });

  async function show(context: OperatorContext): Promise<void> {
    const view = syncCard(app.sync.status(), context.words);
    const how = { parse_mode: "HTML", reply_markup: keyboardOf(view) } as const;
    // Nothing new to show is no mistake of whoever looks again.
    await context.editMessageText(view.text, how).catch(() => undefined);
  }
  return menu;
}

/** /backup: everything that is kept in one file, into the chat where it has room there. */
import { Composer } from "grammy";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { sendFile } from "../calls/send-file.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { sendView } from "../views/view.ts";

export function backupMenu({ app, clock, keepFile }: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("backup", async (context) => {
    const { words, api, work } = context;
    const chatId = chatOf(context);
    const file = await app.backup();
    // All of it is read for it; the chat goes on meanwhile.
    work.letOthersPass();
    await sendView(api, chatId, { text: words.say("backup-begun") });
    const caption = words.say("backup-caption", { moment: words.exactMoment(clock.now()) });
    const sent = await sendFile(api, clock, { chatId, file, name: file.name, caption, signal: work.signal });
    if (sent === "sent") return;
    await sendView(api, chatId, { text: words.say("backup-too-big", { path: await keepFile(file) }) });
  });
  return menu;
}

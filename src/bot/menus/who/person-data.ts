/** The two buttons about what is kept of a person: all of it as a file, and all of it erased, after a question. */
import { isFresh } from "../../views/callback-data.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { sendFile } from "../../calls/send-file.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import { sendView } from "../../views/view.ts";
import type { WhoPress } from "../../views/who/who-choice.ts";
import { whoChoice } from "../../views/who/who-choice.ts";
import { answered } from "../begin.ts";
import { replaceCard } from "../campaigns/uncertain.ts";

/** Sends all that is kept of the person. */
export async function sendPerson(
  { app, clock, keepFile }: BotParts,
  context: OperatorContext,
  { name }: WhoPress,
): Promise<void> {
  const { words, api, work } = context;
  await answered(context);
  const file = await app.exportPerson(name);
  if (!file) return;
  work.letOthersPass();
  const chatId = chatOf(context);
  const caption = words.say("who-export-caption");
  const sent = await sendFile(api, clock, { chatId, file, name: file.name, caption, signal: work.signal });
  if (sent === "tooBig")
    await sendView(api, chatId, { text: words.say("backup-too-big", { path: await keepFile(file) }) });
}

/** Asks first: nothing brings it back. */
export async function askErase(
  { clock }: BotParts,
  context: OperatorContext,
  { name }: WhoPress,
): Promise<void> {
  const { words } = context;
  await answered(context);
  await sendView(context.api, chatOf(context), {
    text: words.say("who-erase-ask", { name }),
    rows: [
      [{ label: words.plain("button-who-erase-yes"), choice: whoChoice("erase", name, 0, clock.now()) }],
      [{ label: words.plain("button-who-keep"), choice: whoChoice("keep", name) }],
    ],
  });
}

/** Recorded at once, carried out in the pause that follows; this chat hears of its end. */
export async function erase(
  { app, clock }: BotParts,
  context: OperatorContext,
  { name, askedAt }: WhoPress,
): Promise<void> {
  const { words } = context;
  if (!isFresh(askedAt, clock.now())) return answered(context, words.plain("question-old"));
  await answered(context);
  const by = String(context.operatorId);
  const answer = await app.erase(name, { by, chatId: chatOf(context) });
  await replaceCard(context, { text: words.say(answer.ok ? "who-erasing" : "who-erase-not") });
}

/** Tells the chats that asked for it what was erased in the pause before this start. */
export async function tellErased(
  { app, operators }: Pick<BotParts, "app" | "operators">,
  send: (chatId: number, text: string) => Promise<unknown>,
): Promise<void> {
  for (const chatId of await app.erasedToTell()) {
    await send(chatId, operators.wordsFor(chatId).say("who-erased"));
    await app.toldErased(chatId);
  }
}

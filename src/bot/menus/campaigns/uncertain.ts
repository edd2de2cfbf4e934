/** Uncertain recipients: shown as cards, decided by the operator. */
import { Composer } from "grammy";
import type { RecipientState } from "../../../domain/recipient.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { byKey } from "../../campaign-key.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import { isFresh, readUncertainPress } from "../../views/callback-data.ts";
import type { UncertainPress } from "../../views/callback-data.ts";
import { nextOrAll } from "../../views/campaigns/uncertain-all.ts";
import { againQuestion, uncertainCard } from "../../views/campaigns/uncertain-card.ts";
import { keyboardOf, sendView } from "../../views/view.ts";
import type { View } from "../../views/view.ts";
import { answered } from "../begin.ts";
import { sendText } from "./campaign-deeds.ts";

const MOST_CARDS = 5;

/** The buttons of the cards. */
export function uncertainMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.on("callback_query:data", async (context, next) => {
    const press = readUncertainPress(context.callbackQuery.data);
    if (!press) return next();
    const campaign = byKey(await parts.app.campaigns(), press.campaignKey, (one) => one.id);
    const card =
      campaign && byKey(await parts.app.uncertain(campaign.id), press.usernameKey, (one) => one.username);
    if (campaign && card)
      await decide(parts, context, press, { campaignId: campaign.id, username: card.username });
    else await sayDecided(context);
  });
  return menu;
}

/** Shows some uncertain recipients, each with its buttons, and below them those that come next and all at once. */
export async function showUncertain(
  parts: BotParts,
  context: OperatorContext,
  id: string,
  from = 0,
): Promise<void> {
  const { words, api } = context;
  const cards = await parts.app.uncertain(id);
  if (cards.length === 0) {
    await takeButtonAway(parts, context, id);
    return sendText(context, words.say("uncertain-none", { id }));
  }
  if (from === 0) await sendText(context, words.say("uncertain-title", { id, count: cards.length }));
  const shown = cards.slice(from, from + MOST_CARDS);
  for (const card of shown) await sendView(api, chatOf(context), uncertainCard(id, card, words));
  const last = shown.at(-1)?.username ?? "";
  const more = Math.max(0, cards.length - from - shown.length);
  if (cards.length > 1)
    await sendView(api, chatOf(context), nextOrAll({ campaignId: id, cards, last, more }, words));
}

/** The button that was pressed leads nowhere any more; what else is under the message stays. */
async function takeButtonAway({ reporter }: BotParts, context: OperatorContext, id: string): Promise<void> {
  const { message, data } = context.callbackQuery ?? {};
  reporter.refresh(id);
  if (message === undefined || message.message_id === reporter.liveMessage(chatOf(context), id)) return;
  const rows = "reply_markup" in message ? (message.reply_markup?.inline_keyboard ?? []) : [];
  const left = rows.map((row) =>
    row.filter((one) => !("callback_data" in one) || one.callback_data !== data),
  );
  await context
    .editMessageReplyMarkup({ reply_markup: { inline_keyboard: left.filter((row) => row.length > 0) } })
    .catch(() => undefined); // gone, or without it already
}

interface UncertainOne {
  readonly campaignId: string;
  readonly username: string;
}

async function decide(
  parts: BotParts,
  context: OperatorContext,
  { verb, askedAt }: UncertainPress,
  one: UncertainOne,
): Promise<void> {
  const { campaignId, username } = one;
  const now = parts.clock.now();
  if (verb === "again" && !isFresh(askedAt, now))
    return answered(context, context.words.plain("question-old"));
  await answered(context);
  if (verb === "undecided") return putBack(parts, context, one);
  if (verb === "askAgain")
    return replaceCard(context, againQuestion(campaignId, username, now, context.words));
  if (verb === "check") return check(parts, context, one);
  const state = await parts.app.resolve(campaignId, username, verb);
  if (verb === "again" && state === "planned")
    return replaceCard(context, { text: context.words.say("resolved-again", { username }) });
  await settle(parts, context, one, state);
}

/** The card as it was before the question. */
async function putBack(
  parts: BotParts,
  context: OperatorContext,
  { campaignId, username }: UncertainOne,
): Promise<void> {
  const card = (await parts.app.uncertain(campaignId)).find((one) => one.username === username);
  const { words } = context;
  await replaceCard(
    context,
    card ? uncertainCard(campaignId, card, words) : { text: words.say("resolved-already") },
  );
}

/** Asking the service may take long; the chat goes on meanwhile. */
function check(parts: BotParts, context: OperatorContext, one: UncertainOne): void {
  parts.inBackground(async () => {
    const state = await parts.app.resolve(one.campaignId, one.username, "check");
    await settle(parts, context, one, state);
  });
}

async function settle(
  parts: BotParts,
  context: OperatorContext,
  { campaignId, username }: UncertainOne,
  state: RecipientState | "notUncertain",
): Promise<void> {
  parts.reporter.refresh(campaignId);
  const { words } = context;
  if (state === "notUncertain") return replaceCard(context, { text: words.say("resolved-already") });
  const text = words.say(`resolved-${state}`, { username });
  if (state === "uncertain") await sendText(context, text);
  else await replaceCard(context, { text });
}

async function sayDecided(context: OperatorContext): Promise<void> {
  await answered(context, context.words.plain("resolved-already"));
  await context.editMessageReplyMarkup().catch(() => undefined);
}

/** Puts a view in the place of the card that was pressed. */
export async function replaceCard(context: OperatorContext, view: View): Promise<void> {
  await context
    .editMessageText(view.text, { parse_mode: "HTML", reply_markup: keyboardOf(view) })
    .catch(() => undefined);
}

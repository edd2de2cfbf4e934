/** Recipients in doubt: shown as cards, decided by the operator. */
import { Composer } from "grammy";
import type { RecipientState } from "../../domain/recipient.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { byKey } from "../campaign-key.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { isFresh, readUncertainPress } from "../views/callback-data.ts";
import type { UncertainPress } from "../views/callback-data.ts";
import { againQuestion, uncertainCard } from "../views/uncertain-card.ts";
import { keyboardOf, sendView } from "../views/view.ts";
import type { View } from "../views/view.ts";
import { answered } from "./begin.ts";
import { sendText } from "./campaign-deeds.ts";

const MOST_CARDS = 5;

/** The buttons of the cards. */
export function uncertainMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.on("callback_query:data", async (context, next) => {
    const press = readUncertainPress(context.callbackQuery.data);
    if (!press) return next();
    const campaign = byKey(parts.app.campaigns(), press.campaignKey, (one) => one.id);
    const card =
      campaign && byKey(await parts.app.uncertain(campaign.id), press.usernameKey, (one) => one.username);
    if (campaign && card)
      await decide(parts, context, press, { campaignId: campaign.id, username: card.username });
    else await sayDecided(context);
  });
  return menu;
}

/** Shows the first recipients in doubt, each with its buttons. */
export async function showUncertain(parts: BotParts, context: OperatorContext, id: string): Promise<void> {
  const { words } = context;
  const cards = await parts.app.uncertain(id);
  if (cards.length === 0) return sendText(context, words.say("uncertain-none", { id }));
  const more = cards.length - MOST_CARDS;
  const rest = more > 0 ? `\n${words.say("uncertain-more", { count: more })}` : "";
  await sendText(context, words.say("uncertain-title", { id, count: cards.length }) + rest);
  for (const card of cards.slice(0, MOST_CARDS))
    await sendView(context.api, chatOf(context), uncertainCard(id, card, words));
}

interface Doubt {
  readonly campaignId: string;
  readonly username: string;
}

async function decide(
  parts: BotParts,
  context: OperatorContext,
  { verb, askedAt }: UncertainPress,
  doubt: Doubt,
): Promise<void> {
  const { campaignId, username } = doubt;
  const now = parts.clock.now();
  if (verb === "again" && !isFresh(askedAt, now))
    return answered(context, context.words.plain("question-old"));
  await answered(context);
  if (verb === "askAgain") return show(context, againQuestion(campaignId, username, now, context.words));
  if (verb === "check") return check(parts, context, doubt);
  await settle(parts, context, doubt, await parts.app.resolve(campaignId, username, verb));
}

/** Asking the service may take long; the chat goes on meanwhile. */
function check(parts: BotParts, context: OperatorContext, doubt: Doubt): void {
  parts.inBackground(async () => {
    const state = await parts.app.resolve(doubt.campaignId, doubt.username, "check");
    await settle(parts, context, doubt, state);
  });
}

async function settle(
  parts: BotParts,
  context: OperatorContext,
  { campaignId, username }: Doubt,
  state: RecipientState | "notUncertain",
): Promise<void> {
  parts.reporter.refresh(campaignId);
  const { words } = context;
  if (state === "notUncertain") return show(context, { text: words.say("resolved-already") });
  const text = words.say(`resolved-${state}`, { username });
  if (state === "uncertain") await sendText(context, text);
  else await show(context, { text });
}

async function sayDecided(context: OperatorContext): Promise<void> {
  await answered(context, context.words.plain("resolved-already"));
  await context.editMessageReplyMarkup().catch(() => undefined);
}

/** Puts a view in the place of the card that was pressed. */
async function show(context: OperatorContext, view: View): Promise<void> {
  await context
    .editMessageText(view.text, { parse_mode: "HTML", reply_markup: keyboardOf(view) })
    .catch(() => undefined);
}

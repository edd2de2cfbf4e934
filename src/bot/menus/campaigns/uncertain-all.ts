/** Uncertain recipients, many at once: the next cards, a look at all of them, and one decision for all that were seen. */
import { Composer } from "grammy";
import type { UncertainCard } from "../../../app/app.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { byKey } from "../../campaign-key.ts";
import type { UncertainAllPress } from "../../views/callback-data.ts";
import { isFresh, readUncertainAllPress } from "../../views/callback-data.ts";
import { allAgainQuestion, keyOfAll, lookAtAll } from "../../views/campaigns/uncertain-all.ts";
import { answered } from "../begin.ts";
import { replaceCard, showUncertain } from "./uncertain.ts";

/** The buttons that concern all of them. */
export function uncertainAllMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.on("callback_query:data", async (context, next) => {
    const press = readUncertainAllPress(context.callbackQuery.data);
    if (!press) return next();
    const campaign = byKey(await parts.app.campaigns(), press.campaignKey, (one) => one.id);
    if (!campaign) return answered(context, context.words.plain("unknown-campaign"));
    const cards = await parts.app.uncertain(campaign.id);
    await answer(parts, context, press, { campaignId: campaign.id, cards });
  });
  return menu;
}

interface UncertainMany {
  readonly campaignId: string;
  readonly cards: readonly UncertainCard[];
}

async function answer(
  parts: BotParts,
  context: OperatorContext,
  { verb, key, askedAt }: UncertainAllPress,
  { campaignId, cards }: UncertainMany,
): Promise<void> {
  const { words } = context;
  const now = parts.clock.now();
  if (verb === "next") {
    await answered(context);
    const last = cards.findIndex(({ username }) => byKey([username], key, (one) => one) !== undefined);
    return showUncertain(parts, context, campaignId, last + 1);
  }
  if (cards.length === 0) return answered(context, words.plain("uncertain-none", { id: campaignId }));
  if (verb === "keep") {
    await answered(context);
    return replaceCard(context, {
      text: words.say("uncertain-kept", { id: campaignId, count: cards.length }),
    });
  }
  if (verb === "look") {
    await answered(context);
    return replaceCard(context, lookAtAll(campaignId, cards, { words, now }));
  }
  if (!isFresh(askedAt, now)) return answered(context, words.plain("question-old"));
  if (keyOfAll(cards) !== key) {
    await answered(context, words.plain("uncertain-others"));
    return replaceCard(context, lookAtAll(campaignId, cards, { words, now }));
  }
  await answered(context);
  if (verb === "askAllAgain")
    return replaceCard(context, allAgainQuestion(campaignId, cards, { words, now }));
  await decide(parts, context, decisions[verb], { campaignId, cards });
}

const decisions = { allSent: "sent", allAgain: "again", allSkip: "skip" } as const;

async function decide(
  parts: BotParts,
  context: OperatorContext,
  decision: "sent" | "again" | "skip",
  { campaignId, cards }: UncertainMany,
): Promise<void> {
  const claims = cards.map(({ claim }) => claim);
  const { decided, left } = await parts.app.resolveAll(campaignId, { decision, claims });
  parts.reporter.refresh(campaignId);
  const { words } = context;
  const rest = left > 0 ? `\n${words.say("resolved-left", { count: left })}` : "";
  await replaceCard(context, { text: words.say(`resolved-all-${decision}`, { count: decided }) + rest });
}

/** The second pair of eyes in the chat: the buttons on a campaign's card, and /sendback with the reason. */
import { Composer } from "grammy";
import { campaignMeant } from "../../../app/campaigns/campaign-id.ts";
import type { ApprovalResult } from "../../../app/campaigns/approving.ts";
import { typed } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { byKey, keyOf } from "../../campaign-key.ts";
import { readApprovalPress } from "../../views/approval/approval.ts";
import { sendView } from "../../views/view.ts";
import { answered } from "../begin.ts";
import { sendText } from "../campaigns/campaign-deeds.ts";

const LONGEST_REASON = 500;

export function approvalMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.on("callback_query:data", async (context, next) => {
    const press = readApprovalPress(context.callbackQuery.data);
    if (!press) return next();
    const { words } = context;
    const campaign = byKey(await parts.app.campaigns(), press.campaignKey, ({ id }) => id);
    if (!campaign) return answered(context, words.plain("unknown-campaign"));
    if (press.what === "ok")
      return answered(context, await approve(parts, context, campaign.id, press.seenKey));
    await answered(context);
    await sendText(context, words.say("approval-how-back", { id: campaign.id }));
  });
  menu.command("sendback", async (context) => {
    const { words, operatorId } = context;
    const [, named = "", reason = ""] = /^(\S+)\s+(.+)$/s.exec(typed(context.match)) ?? [];
    const campaign = campaignMeant(await parts.app.campaigns(), named);
    if (!campaign) return sendText(context, words.say("approval-how-back", { id: "spring" }));
    const why = reason.slice(0, LONGEST_REASON);
    const result = await parts.app.sendBack(campaign.id, String(operatorId), why);
    parts.reporter.refresh(campaign.id);
    if (result.ok) await tellMaker(parts, context, { ...campaign, reason: why });
    await sendText(
      context,
      result.ok ? words.say("approval-did-back", { id: campaign.id }) : refusal(result, words),
    );
  });
  return menu;
}

async function approve(
  { app, reporter }: BotParts,
  { words, operatorId }: OperatorContext,
  id: string,
  seenKey: string,
): Promise<string> {
  const by = String(operatorId);
  const found = await app.toApprove(id, by);
  if (!found) return words.plain("approval-notNow");
  if (keyOf(found.seen) !== seenKey) return words.plain("approval-changed");
  const result = await app.approve(id, by, found.seen);
  reporter.refresh(id);
  return result.ok ? words.plain("approval-did") : refusal(result, words);
}

function refusal(result: Exclude<ApprovalResult, { ok: true }>, words: Words): string {
  return words.plain(
    result.problem === "unknownCampaign" ? "unknown-campaign" : `approval-${result.problem}`,
  );
}

interface SentBack {
  readonly id: string;
  readonly createdBy?: number;
  readonly consent: { readonly by: string };
  readonly reason: string;
}

/** Whoever made it, where that was somebody of the team, else the owner: a program or a terminal hears nothing in the chat. */
async function tellMaker(
  { app, operators }: BotParts,
  { api, operatorId }: OperatorContext,
  { id, createdBy, consent, reason }: SentBack,
): Promise<void> {
  const told = { id, who: operators.nameOf(String(operatorId)), reason };
  const isOurs = operators.isOperator(createdBy);
  const owner = app.team.members().find(({ role }) => role === "owner")?.id;
  const chat = isOurs ? createdBy : owner;
  if (chat === undefined || chat === operatorId) return;
  const words = operators.wordsFor(chat);
  const text = isOurs
    ? words.say("approval-told-back", told)
    : words.say("approval-told-back-outside", { ...told, by: consent.by });
  await sendView(api, chat, { text }).catch(() => undefined);
}

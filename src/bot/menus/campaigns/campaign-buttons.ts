/** The buttons of campaigns. Their messages may be old: each press is looked up against what is true now. */
import type { Deed } from "./campaign-deeds.ts";
import { Composer } from "grammy";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { byKey } from "../../campaign-key.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import { sendPicture, sendReport } from "../../calls/send-report.ts";
import type { ResultsRequest } from "../../calls/send-results.ts";
import { sendResults } from "../../calls/send-results.ts";
import { campaignCard } from "../../views/campaigns/campaign-card.ts";
import { campaignDetails } from "../../views/campaigns/campaign-details.ts";
import { isFresh, readCampaignPress } from "../../views/callback-data.ts";
import type { CampaignPress } from "../../views/callback-data.ts";
import { sendView } from "../../views/view.ts";
import { waitsForApproval } from "../../views/approval/approval.ts";
import { answered } from "../begin.ts";
import { showApproved } from "../approval/show-approved.ts";
import { askBefore, doTo, mustBeAsked } from "./campaign-deeds.ts";
import { offerAgain } from "./again.ts";
import { showChange } from "./change/change-menu.ts";
import { closeOldCopy } from "../old-copy.ts";
import { showUncertain } from "./uncertain.ts";

/** Answers every press on a campaign's button exactly once. */
export function campaignButtonMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.on("callback_query:data", async (context, next) => {
    const press = readCampaignPress(context.callbackQuery.data);
    if (!press) return next();
    const campaign = byKey(await parts.app.campaigns(), press.campaignKey, (one) => one.id);
    if (campaign) {
      await follow(parts, context, press, campaign.id);
      await closeOldCopy(context, parts.reporter.liveMessage(chatOf(context), campaign.id), async () => {
        const view = await parts.app.view(campaign.id);
        return view && campaignCard(view, context.words, parts.clock.now()).text;
      });
    } else await answered(context, context.words.plain("unknown-campaign"));
  });
  return menu;
}

async function follow(
  parts: BotParts,
  context: OperatorContext,
  press: CampaignPress,
  campaignId: string,
): Promise<void> {
  const { verb } = press;
  switch (verb) {
    case "pause":
    case "resume":
    case "more":
    case "first":
    case "startNow":
    case "retry":
      return steer(parts, context, verb, campaignId);
    case "goOn":
    case "cancel":
    case "endFollow":
    case "cleanup":
    case "keep":
      return answerQuestion(parts, context, press, campaignId);
    case "askCancel":
    case "askEndFollow":
    case "askCleanup":
      await answered(context);
      return askBefore(parts, context, questions[verb], campaignId);
    case "open":
      await answered(context);
      return parts.reporter.follow(chatOf(context), campaignId);
    case "change":
      await answered(context);
      return showChange(parts, context, campaignId);
    case "again":
      await answered(context);
      return offerAgain(parts, context, campaignId);
    case "amendPause":
    case "amendResume":
    case "amendStop":
      return steerAmending(parts, context, verb, campaignId);
    case "report":
      await answered(context);
      return sendReportOf(parts, context, campaignId);
    case "details":
      await answered(context);
      return showDetails(parts, context, campaignId);
    case "results":
    case "csv":
    case "json":
      await answered(context);
      return sendFileOf(parts, context, { campaignId, format: verb === "results" ? "xlsx" : verb });
    case "uncertain":
      await answered(context);
      return showUncertain(parts, context, campaignId);
  }
}

async function steer(
  parts: BotParts,
  context: OperatorContext,
  deed: Deed,
  campaignId: string,
): Promise<void> {
  if (await mustBeAsked(parts, deed, campaignId)) {
    await answered(context);
    return askBefore(parts, context, "goOn", campaignId);
  }
  const outcome = await doTo(parts, deed, { campaignId, by: context.operatorId });
  context.work.letOthersPass();
  return answered(context, outcome(context.words));
}

const questions = { askCancel: "cancel", askEndFollow: "endFollow", askCleanup: "cleanup" } as const;

const amendDeeds = { amendPause: "pause", amendResume: "resume", amendStop: "stop" } as const;

/** Pressed twice or late it changes nothing, and the card shows how it stands. */
async function steerAmending(
  { app, reporter }: BotParts,
  context: OperatorContext,
  verb: keyof typeof amendDeeds,
  campaignId: string,
): Promise<void> {
  const deed = amendDeeds[verb];
  const isDone = await app.steerAmending(campaignId, deed);
  reporter.refresh(campaignId);
  await answered(context, context.words.plain(isDone ? `amend-did-${deed}` : "amend-nothing"));
}

/** The question disappears whatever the answer, so that it can't be answered twice. */
async function answerQuestion(
  parts: BotParts,
  context: OperatorContext,
  { verb, askedAt }: CampaignPress,
  campaignId: string,
): Promise<void> {
  const { words } = context;
  const isLate = !isFresh(askedAt, parts.clock.now());
  const text = await (async () => {
    if (verb !== "goOn" && verb !== "cancel" && verb !== "endFollow" && verb !== "cleanup")
      return words.plain("question-kept");
    if (isLate) return words.plain("question-old");
    const outcome = await doTo(parts, verb, { campaignId, by: context.operatorId });
    return outcome(words);
  })();
  context.work.letOthersPass();
  await answered(context, text);
  await context.editMessageText(text).catch(() => undefined);
}

async function showDetails(parts: BotParts, context: OperatorContext, campaignId: string): Promise<void> {
  const view = await parts.app.view(campaignId);
  if (!view) return;
  const { operatorId } = context;
  if (waitsForApproval(view.campaign) && parts.operators.may(operatorId, "approve"))
    return showApproved(parts, context, view);
  const shown = campaignDetails(view, context.words, (by) => parts.operators.nameOf(by));
  await sendView(context.api, chatOf(context), shown);
}

async function sendFileOf(
  parts: BotParts,
  context: OperatorContext,
  what: Pick<ResultsRequest, "campaignId" | "format">,
): Promise<void> {
  // A large file takes its time; the chat goes on meanwhile.
  context.work.letOthersPass();
  await sendResults({ ...parts, ...placeOf(context), ...what });
}

/** The picture, and the spreadsheet for whoever may have it. */
export async function sendReportOf(
  parts: BotParts,
  context: OperatorContext,
  campaignId: string,
): Promise<void> {
  context.work.letOthersPass();
  const request = { ...parts, ...placeOf(context), campaignId };
  // Names go out by a role that may take something out.
  await (parts.operators.may(context.operatorId, "act") ? sendReport(request) : sendPicture(request));
}

function placeOf(context: OperatorContext): Pick<ResultsRequest, "api" | "chatId" | "words" | "signal"> {
  const { api, words, work } = context;
  return { api, words, chatId: chatOf(context), signal: work.signal };
}

/** /campaigns lists them all, /status brings the current ones to the end of the chat. */
import { Composer } from "grammy";
import type { CampaignView } from "../../../app/app.ts";
import { campaignMeant } from "../../../app/campaigns/campaign-id.ts";
import { isUnderWay } from "../../../domain/campaign-status.ts";
import { UnreadableRecordError } from "../../../domain/errors.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import { campaignList } from "../../views/campaigns/campaign-list.ts";
import { sendView } from "../../views/view.ts";
import { answered } from "../begin.ts";

const MOST_LISTED = 20;
/** Live messages brought down by one /status; each is a message of its own. */
const MOST_CARDS = 5;

/** The menu of campaigns. */
export function campaignsMenu(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("campaigns", (context) => showAll(parts, context));
  menu.callbackQuery("go:campaigns", async (context) => {
    await answered(context);
    await showAll(parts, context);
  });
  menu.command("status", async (context) => {
    const given = context.match.trim();
    if (given !== "") return showNamed(parts, context, given);
    const current = (await parts.app.campaigns()).filter(isUnderWay).slice(0, MOST_CARDS);
    if (current.length === 0) await say(context, "status-none");
    for (const { id } of current) await parts.reporter.follow(chatOf(context), id);
  });
  return menu;
}

/** The live message of the one that is named, over or not. */
async function showNamed(
  { app, reporter }: BotParts,
  context: OperatorContext,
  given: string,
): Promise<void> {
  const named = campaignMeant(await app.campaigns(), given);
  if (named) return reporter.follow(chatOf(context), named.id);
  const text = context.words.say("no-such-campaign", { id: given.slice(0, 64) });
  await sendView(context.api, chatOf(context), { text });
}

async function showAll({ app }: BotParts, context: OperatorContext): Promise<void> {
  const campaigns = await app.campaigns();
  const unreadable: string[] = [];
  const views = await Promise.all(
    campaigns.slice(0, MOST_LISTED).map(({ id }) =>
      app.view(id).catch((error: unknown) => {
        if (error instanceof UnreadableRecordError) unreadable.push(id);
        return undefined;
      }),
    ),
  );
  const shown = views.filter((view): view is CampaignView => typeof view === "object");
  if (shown.length + unreadable.length === 0) return say(context, "campaigns-none");
  const older = Math.max(0, campaigns.length - MOST_LISTED);
  await sendView(context.api, chatOf(context), campaignList(shown, { older, unreadable }, context.words));
}

async function say(context: OperatorContext, id: string): Promise<void> {
  await sendView(context.api, chatOf(context), { text: context.words.say(id) });
}

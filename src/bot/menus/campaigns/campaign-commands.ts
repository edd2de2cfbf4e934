/** /pause, /resume, /cancel, /retry, /change, /schedule and /report: on the campaign that is named, the only one it can mean, or one to choose. */
import { Composer } from "grammy";
import type { Campaign } from "../../../domain/campaign.ts";
import { awaitsStart } from "../../../domain/when/schedule.ts";
import { campaignMeant } from "../../../app/campaigns/campaign-id.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import { campaignButtons } from "../../views/campaigns/campaign-list.ts";
import type { CampaignVerb } from "../../views/callback-data.ts";
import { sendView } from "../../views/view.ts";
import { sendReportOf } from "./campaign-buttons.ts";
import { askBefore, doTo, mustBeAsked, sendText } from "./campaign-deeds.ts";
import { offerTypedStart } from "./typed-start.ts";
import { showChange } from "./change/change-menu.ts";

const names = ["pause", "resume", "cancel", "retry", "change", "schedule", "report"] as const;
type CommandName = (typeof names)[number];

const MOST_CANDIDATES = 20;

/** The commands on one campaign. */
export function campaignCommands(parts: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  for (const name of names)
    menu.command(name, async (context, next) => {
      // An open dialogue, whichever it is, reads /cancel itself and throws away what it has collected.
      if (context.work.leaves === "dialogue") return next();
      await run(parts, context, name, context.match.trim());
    });
  return menu;
}

async function run(
  parts: BotParts,
  context: OperatorContext,
  name: CommandName,
  given: string,
): Promise<void> {
  const { words } = context;
  if (given !== "") {
    const campaigns = await parts.app.campaigns();
    const named = campaignMeant(campaigns, given);
    if (named) await carryOut(parts, context, name, named.id);
    else if (name === "schedule" && /\s|\d/.test(given)) await schedule(parts, context, given);
    else await sendText(context, words.say("no-such-campaign", { id: given.slice(0, 64) }));
    return;
  }
  const candidates = await candidatesFor(parts, name);
  const [only, ...others] = candidates;
  if (only === undefined) await sendText(context, words.say(nothingFor(name)));
  else if (others.length === 0) await carryOut(parts, context, name, only);
  else {
    const rows = campaignButtons(candidates, verbOf(name));
    await sendView(context.api, chatOf(context), { text: words.say(`which-${name}`), rows });
  }
}

/** A moment, perhaps after the campaign that is to start then. */
async function schedule(parts: BotParts, context: OperatorContext, given: string): Promise<void> {
  const [, first = "", rest = ""] = /^(\S+)\s+(.*)$/s.exec(given) ?? [];
  const named = rest === "" ? undefined : campaignMeant(await parts.app.campaigns(), first);
  if (named) return offerTypedStart(parts, context, named.id, rest);
  const [only, ...others] = await candidatesFor(parts, "schedule");
  if (only !== undefined && others.length === 0) return offerTypedStart(parts, context, only, given);
  if (only === undefined) return sendText(context, context.words.say("nothing-schedule"));
  await sendText(
    context,
    context.words.say("which-schedule-typed", { id: only, moment: given.slice(0, 64) }),
  );
}

function nothingFor(name: CommandName): string {
  return name === "cancel" ? "nothing-to-cancel" : `nothing-${name}`;
}

function verbOf(name: CommandName): CampaignVerb {
  if (name === "cancel") return "askCancel";
  if (name === "schedule") return "open";
  return name;
}

async function candidatesFor({ app }: BotParts, name: CommandName): Promise<readonly string[]> {
  const fitting = (await app.campaigns())
    .filter((one) => fits(one, name))
    .slice(0, MOST_CANDIDATES)
    .map((one) => one.id);
  if (name !== "retry") return fitting;
  const views = await Promise.all(fitting.map((id) => app.view(id).catch(() => undefined)));
  return views.flatMap((view) => (view && view.counts.failed > 0 ? [view.campaign.id] : []));
}

function fits(campaign: Campaign, name: CommandName): boolean {
  const { status } = campaign;
  switch (name) {
    case "pause":
      return status === "running";
    case "resume":
      return status === "paused";
    case "cancel":
    case "change":
      return status !== "finished" && status !== "cancelled";
    case "schedule":
      return awaitsStart(campaign);
    case "retry":
      return status !== "cancelled";
    case "report":
      return true;
  }
}

async function carryOut(
  parts: BotParts,
  context: OperatorContext,
  name: CommandName,
  campaignId: string,
): Promise<void> {
  if (name === "cancel") return askBefore(parts, context, "cancel", campaignId);
  if (name === "schedule") return parts.reporter.follow(chatOf(context), campaignId);
  if (name === "change") return showChange(parts, context, campaignId);
  if (name === "report") return showReport(parts, context, campaignId);
  if (await mustBeAsked(parts, name, campaignId)) return askBefore(parts, context, "goOn", campaignId);
  const outcome = await doTo(parts, name, { campaignId, by: context.operatorId });
  context.work.letOthersPass();
  await sendText(context, outcome(context.words));
}

/** The report, and the live message at the end of the chat. */
async function showReport(parts: BotParts, context: OperatorContext, campaignId: string): Promise<void> {
  await sendReportOf(parts, context, campaignId);
  await parts.reporter.follow(chatOf(context), campaignId);
}

/** What changes a campaign, and what is said about how it went. */
import type { ActionResult, CampaignView } from "../../../app/app.ts";
import type { BotParts, OperatorContext } from "../../bot-parts.ts";
import { chatOf } from "../../conversations/dialogue.ts";
import { campaignChoice } from "../../views/callback-data.ts";
import { sendView } from "../../views/view.ts";
import type { Words } from "../../../words/words.ts";

export type Deed =
  "pause" | "startNow" | "resume" | "goOn" | "more" | "first" | "retry" | "cancel" | "endFollow" | "cleanup";

/** A sentence without markup, fit for a notice and for a message alike. */
export type Outcome = (words: Words) => string;

/** Does it, if the campaign's present state allows it. */
export async function doTo(
  parts: BotParts,
  deed: Deed,
  { campaignId, by }: { readonly campaignId: string; readonly by: number },
): Promise<Outcome> {
  const waitsUntil = deed === "resume" ? await waitOf(parts, campaignId) : undefined;
  const result = await call(parts, deed, { campaignId, by });
  parts.reporter.refresh(campaignId);
  if (result.ok && waitsUntil !== undefined)
    return (words) => words.plain("did-resume-waits", { moment: words.moment(waitsUntil) });
  if (result.ok) return (words) => words.plain(`did-${deed}`);
  const { status, pause } = (await parts.app.campaigns()).find((one) => one.id === campaignId) ?? {};
  if (result.problem === "unknownCampaign" || status === undefined)
    return (words) => words.plain("unknown-campaign");
  // Pressed twice: it is as was wanted.
  if (deed === "cancel" && status === "cancelled") return (words) => words.plain("did-cancel");
  if (deed === "resume" && pause?.kind === "approval") return (words) => words.plain("pause-approval");
  if (result.problem === "nothingToDo")
    return (words) => words.plain(`nothing-left-${deed}`, { id: campaignId });
  return (words) => words.plain("not-now", { id: campaignId, status: words.plain(`status-${status}`) });
}

/** Shorter waits are over before anybody has read of them, in ms. */
const SHORTEST_WAIT_MS = 60_000;

/** Until when no account of the campaign can send, as far as is known: resumed before, it is paused again at once. */
async function waitOf({ app, clock }: BotParts, campaignId: string): Promise<number | undefined> {
  const view = await app.view(campaignId);
  const waits = (view?.campaign.accounts ?? []).map(
    ({ name }) => view?.resting.find(({ account }) => account === name)?.until ?? 0,
  );
  const first = Math.min(...waits);
  return waits.length > 0 && first - clock.now() >= SHORTEST_WAIT_MS ? first : undefined;
}

function call(
  { app }: BotParts,
  deed: Deed,
  { campaignId: id, by: operatorId }: { readonly campaignId: string; readonly by: number },
): Promise<ActionResult> {
  const by = String(operatorId);
  switch (deed) {
    case "pause":
      return app.pause(id, by);
    case "resume":
      return app.resume(id, by);
    case "goOn":
      return app.confirmRestored(id, by);
    case "more":
      return app.resume(id, by, "more");
    case "first":
      return app.goFirst(id, by);
    case "startNow":
      return app.startNow(id, by);
    case "retry":
      return app.retryFailed(id, by);
    case "cancel":
      return app.cancel(id, by);
    case "endFollow":
      return app.cancelFollowUps(id, by);
    case "cleanup":
      return app.cleanup(id);
  }
}

/** What is asked about before it is done. */
export type Question = "goOn" | "cancel" | "endFollow" | "cleanup";

function questionText(deed: Question, { campaign, counts }: CampaignView, words: Words): string {
  const { id, restored } = campaign;
  const left = counts.planned;
  switch (deed) {
    case "goOn":
      return words.say("confirm-goOn", { id, left, moment: words.exactMoment(restored?.madeAt ?? 0) });
    case "cancel":
      return words.say("confirm-cancel", { id, left });
    case "endFollow":
    case "cleanup":
      return words.say(`confirm-${deed}`, { id });
  }
}

/** Tells whether somebody must be asked before the campaign goes on. */
export async function mustBeAsked({ app }: BotParts, deed: string, id: string): Promise<boolean> {
  if (deed !== "resume") return false;
  return (await app.campaigns()).some((one) => one.id === id && one.pause?.kind === "restored");
}

/** Asks before what can't be undone. The answer counts for a while only, so an old question can't be answered late. */
export async function askBefore(
  parts: BotParts,
  context: OperatorContext,
  deed: Question,
  id: string,
): Promise<void> {
  const { words } = context;
  const view = await parts.app.view(id);
  if (!view) return sendText(context, words.say("unknown-campaign"));
  const now = parts.clock.now();
  const text = questionText(deed, view, words);
  const rows = [
    [{ label: words.plain(`button-confirm-${deed}`), choice: campaignChoice(deed, id, now) }],
    [{ label: words.plain("button-keep-campaign"), choice: campaignChoice("keep", id, now) }],
  ];
  await sendView(context.api, chatOf(context), { text, rows });
}

/** Sends a sentence into the operator's chat. */
export async function sendText(context: OperatorContext, text: string): Promise<void> {
  await sendView(context.api, chatOf(context), { text });
}

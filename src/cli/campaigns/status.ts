import type { CampaignView } from "../../app/app.ts";
import type { Look } from "../../app/look.ts";
import { ValidationError } from "../../domain/errors.ts";
import { countsText, momentText, pauseText, statusWords } from "./campaign-lines.ts";
import type { Ending } from "../command.ts";
import type { Output } from "../output.ts";
import type { LookedAt } from "../program-parts.ts";
import { DONE, FAILED } from "../program-parts.ts";

/** `peyk status`: one line for each campaign. One that can't be opened is named, and the others are still told. */
export async function listCampaigns({ app }: LookedAt, output: Output): Promise<Ending> {
  const campaigns = app.campaigns();
  if (campaigns.length === 0) output.say("There are no campaigns yet. peyk send --help shows how to begin.");
  let unreadable = 0;
  for (const { id } of campaigns) {
    const view = await viewOrProblem(app, id);
    if (view instanceof Error) {
      unreadable++;
      output.complain(`${id}: ${view.message}`);
      output.record({ kind: "campaign", taskId: id, problem: view.message });
    } else {
      output.say(`${id}: ${statusWords[view.campaign.status]}, ${countsText(view.counts) || "nobody"}`);
      output.record(recordOf(view));
    }
  }
  const summary = { campaigns: campaigns.length, unreadable };
  return { exitCode: unreadable > 0 ? FAILED : DONE, summary };
}

async function viewOrProblem(app: Look, id: string): Promise<CampaignView | Error> {
  try {
    return (await app.view(id)) ?? new Error("is gone");
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** `peyk status ID`: everything that is known of one campaign. */
export async function showCampaign({ app, words }: LookedAt, id: string, output: Output): Promise<Ending> {
  const view = await app.view(id);
  if (!view) throw unknownCampaign(app, id);
  const { campaign, counts, imported, oldestUncertainAt } = view;
  output.say(`${id} is ${statusWords[campaign.status]}.`);
  output.say(`  Recipients: ${imported} (${countsText(counts)})`);
  const accounts = campaign.accounts.map(({ name, caps }) =>
    caps.perDay === undefined ? name : `${name} (${caps.perDay} a day)`,
  );
  output.say(`  Through: ${campaign.channel}, ${accounts.join(", ")}`);
  output.say(`  Started: ${momentText(campaign.createdAt, words)}`);
  if (campaign.finishedAt !== undefined) output.say(`  Ended: ${momentText(campaign.finishedAt, words)}`);
  output.say(`  Consent: ${campaign.consent.statement}`);
  const why = pauseText(view, words);
  if (why !== undefined) output.say(`  ${why}`);
  const uncertain = await app.uncertain(id);
  if (oldestUncertainAt !== undefined)
    output.say(`  Uncertain since ${momentText(oldestUncertainAt, words)}: ${namesText(uncertain)}`);
  return {
    exitCode: DONE,
    summary: { ...recordOf(view), kind: "summary", uncertain: uncertain.map(({ username }) => username) },
  };
}

const SHOWN_NAMES = 10;

function namesText(cards: readonly { readonly username: string }[]): string {
  const names = cards.slice(0, SHOWN_NAMES).map(({ username }) => username);
  const more = cards.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function recordOf({ campaign, counts, imported, ratePerSecond }: CampaignView): object {
  const { id, status, channel, createdAt, finishedAt, pause } = campaign;
  return {
    kind: "campaign",
    taskId: id,
    status,
    channel,
    createdAt,
    finishedAt,
    pause,
    imported,
    counts,
    ratePerSecond,
  };
}

/** The error for an id that no campaign has; names the latest ones. */
export function unknownCampaign(app: Pick<Look, "campaigns">, id: string): ValidationError {
  const latest = app.campaigns().slice(0, 5);
  const known =
    latest.length === 0 ? "There are none yet." : `There is: ${latest.map((c) => c.id).join(", ")}.`;
  return new ValidationError(`There is no campaign ${JSON.stringify(id)}. ${known}`);
}

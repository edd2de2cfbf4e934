import type { CampaignView } from "../../app/app.ts";
import type { Look } from "../../app/look.ts";
import { SaidError } from "../../words/said-error.ts";
import { channelText, countsText, pauseText, spentLines, statusText } from "./campaign-lines.ts";
import { momentText } from "../../words/moment-text.ts";
import type { Words } from "../../words/words.ts";
import { isolate } from "../../lib/text/direction.ts";
import { withoutDirectionMarks } from "../../lib/text/direction-marks.ts";
import { errorText } from "../../words/trouble-text.ts";
import { joined, joinedNames } from "../../words/joined.ts";
import type { Ending } from "../command.ts";
import type { Output } from "../output.ts";
import type { LookedAt } from "../program-parts.ts";
import { DONE, FAILED } from "../program-parts.ts";

/** `peyk status`: one line for each campaign. One that can't be opened is named, and the others are still told. */
export async function listCampaigns({ app, words }: LookedAt, output: Output): Promise<Ending> {
  const campaigns = await app.campaigns();
  if (campaigns.length === 0) output.say(words.plain("cli-no-campaigns"));
  let unreadable = 0;
  for (const { id } of campaigns) {
    const view = await viewOrProblem(app, id, words);
    if (view instanceof Error) {
      unreadable++;
      const problem = errorText(view, words);
      output.complain(words.plain("cli-problem-line", { id, problem }));
      output.record({ kind: "campaign", taskId: id, problem: withoutDirectionMarks(problem) });
    } else {
      const counts = countsText(view, words) || words.plain("cli-nobody");
      output.say(
        words.plain("cli-campaign-line", { id, status: statusText(view.campaign.status, words), counts }),
      );
      output.record(recordOf(view));
    }
  }
  const summary = { campaigns: campaigns.length, unreadable };
  return { exitCode: unreadable > 0 ? FAILED : DONE, summary };
}

async function viewOrProblem(app: Look, id: string, words: Words): Promise<CampaignView | Error> {
  try {
    return (await app.view(id)) ?? new SaidError(words.plain("cli-gone"));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** `peyk status ID`: everything that is known of one campaign. */
export async function showCampaign({ app, words }: LookedAt, id: string, output: Output): Promise<Ending> {
  const view = await app.view(id);
  if (!view) throw await unknownCampaign(app, id, words);
  const { campaign, imported, oldestUncertainAt } = view;
  output.say(words.plain("cli-is", { id, status: statusText(campaign.status, words) }));
  output.say(words.plain("cli-show-recipients", { count: imported, counts: countsText(view, words) }));
  const accounts = campaign.accounts.map(({ name, caps }) =>
    caps.perDay === undefined ? isolate(name) : words.plain("cli-a-day", { name, limit: caps.perDay }),
  );
  const channel = channelText(campaign.channel, words);
  output.say(words.plain("cli-show-through", { channel, accounts: joined(accounts, words) }));
  output.say(words.plain("cli-show-started", { moment: momentText(campaign.createdAt, words) }));
  if (campaign.finishedAt !== undefined)
    output.say(words.plain("cli-show-ended", { moment: momentText(campaign.finishedAt, words) }));
  output.say(words.plain("cli-show-consent", { consent: campaign.consent.statement }));
  const why = pauseText(view, words);
  if (why !== undefined) output.say(`  ${why}`);
  if (view.answered !== undefined)
    output.say(`  ${words.plain("cli-show-answered", { count: view.answered })}`);
  for (const line of spentLines(view, words)) output.say(`  ${line}`);
  const uncertain = await app.uncertain(id);
  if (oldestUncertainAt !== undefined)
    output.say(
      words.plain("cli-show-uncertain", {
        moment: momentText(oldestUncertainAt, words),
        names: namesText(
          uncertain.map(({ username }) => username),
          words,
        ),
      }),
    );
  return {
    exitCode: DONE,
    summary: { ...recordOf(view), kind: "summary", uncertain: uncertain.map(({ username }) => username) },
  };
}

const SHOWN_NAMES = 10;

/** The first of many names, and how many more. */
export function namesText(all: readonly string[], words: Words, most = SHOWN_NAMES): string {
  const names = joinedNames(all.slice(0, most), words);
  const count = all.length - most;
  return count > 0 ? words.plain("cli-names-more", { names, count }) : names;
}

function recordOf(view: CampaignView): object {
  const { campaign, counts, imported, answered = 0, amended, ratePerSecond, spent } = view;
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
    answered,
    ...(amended ? { amended } : {}),
    ...(campaign.approval?.sentBack ? { sentBack: campaign.approval.sentBack } : {}),
    ratePerSecond,
    ...(spent ? { spent: { usDollars: spent.dollars, pricesAsOf: spent.asOf, cap: campaign.spendCap } } : {}),
  };
}

/** The error for an id that no campaign has; names the latest ones. */
export async function unknownCampaign(
  app: Pick<Look, "campaigns">,
  id: string,
  words: Words,
): Promise<SaidError> {
  const latest = (await app.campaigns()).slice(0, 5);
  if (latest.length === 0) return new SaidError(words.plain("cli-no-such-campaign-none", { id }));
  const known = joinedNames(
    latest.map((campaign) => campaign.id),
    words,
  );
  return new SaidError(words.plain("cli-no-such-campaign", { id, known }));
}

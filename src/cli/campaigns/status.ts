import type { CampaignView } from "../../app/app.ts";
import { sendersOf } from "../../app/health/workers.ts";
import type { Look } from "../../app/look.ts";
import { SaidError } from "../../words/said-error.ts";
import { channelText, countsText, pauseText, spentLines, statusText } from "./campaign-lines.ts";
import { momentText } from "../../words/moment-text.ts";
import { workerLines } from "../../words/worker-lines.ts";
import type { Words } from "../../words/words.ts";
import { isolate } from "../../lib/text/direction.ts";
import { withoutDirectionMarks } from "../../lib/text/direction-marks.ts";
import { errorText } from "../../words/trouble-text.ts";
import { joined, joinedNames } from "../../words/joined.ts";
import type { Ending } from "../command.ts";
import type { Output } from "../output.ts";
import { DONE, FAILED } from "../program-parts.ts";

export interface Looking {
  readonly app: Pick<Look, "campaigns" | "view" | "uncertain" | "workers">;
  readonly words: Words;
}

/** `peyk status`: one line for each campaign. One that can't be opened is named, and the others are still told. */
export async function listCampaigns({ app, words }: Looking, output: Output): Promise<Ending> {
  const campaigns = await app.campaigns();
  const workers = await app.workers();
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
      const senders = sendersOf(workers, view.campaign);
      const status = statusText(view.campaign.status, words, senders.length > 0);
      output.say(words.plain("cli-campaign-line", { id, status, counts }));
      output.record(recordOf(view, senders));
    }
  }
  for (const one of workers ?? []) output.say(workerText(one, words));
  const summary = { campaigns: campaigns.length, unreadable };
  return { exitCode: unreadable > 0 ? FAILED : DONE, summary };
}

async function viewOrProblem(app: Looking["app"], id: string, words: Words): Promise<CampaignView | Error> {
  try {
    return (await app.view(id)) ?? new SaidError(words.plain("cli-gone"));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** One line: what a process is called, and what it does. */
function workerText(
  view: Parameters<typeof workerLines>[0] & { readonly worker: string },
  words: Words,
): string {
  const does = joined(workerLines(view, words), words, "; ");
  return words.plain("cli-worker-line", { worker: view.worker, does });
}

/** `peyk status ID`: everything that is known of one campaign. */
export async function showCampaign({ app, words }: Looking, id: string, output: Output): Promise<Ending> {
  const view = await app.view(id);
  if (!view) throw await unknownCampaign(app, id, words);
  const { campaign, imported, oldestUncertainAt } = view;
  const senders = sendersOf(await app.workers(), campaign);
  output.say(words.plain("cli-is", { id, status: statusText(campaign.status, words, senders.length > 0) }));
  output.say(words.plain("cli-show-recipients", { count: imported, counts: countsText(view, words) }));
  const accounts = campaign.accounts.map(({ name, caps }) =>
    caps.perDay === undefined ? isolate(name) : words.plain("cli-a-day", { name, limit: caps.perDay }),
  );
  const channel = channelText(campaign.channel, words);
  output.say(words.plain("cli-show-through", { channel, accounts: joined(accounts, words) }));
  for (const sender of senders) output.say(`  ${workerText(sender, words)}`);
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
    summary: {
      ...recordOf(view, senders),
      kind: "summary",
      uncertain: uncertain.map(({ username }) => username),
    },
  };
}

const SHOWN_NAMES = 10;

/** The first of many names, and how many more. */
export function namesText(all: readonly string[], words: Words, most = SHOWN_NAMES): string {
  const names = joinedNames(all.slice(0, most), words);
  const count = all.length - most;
  return count > 0 ? words.plain("cli-names-more", { names, count }) : names;
}

function recordOf(view: CampaignView, senders: ReturnType<typeof sendersOf>): object {
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
    ...(senders.length > 0 ? { senders: senders.map(senderRecord) } : {}),
    ...(spent ? { spent: { usDollars: spent.dollars, pricesAsOf: spent.asOf, cap: campaign.spendCap } } : {}),
  };
}

const senderRecord = ({ worker, accounts }: ReturnType<typeof sendersOf>[number]): object => ({
  worker,
  accounts: accounts.map(({ account }) => account),
});

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

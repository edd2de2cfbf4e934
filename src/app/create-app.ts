/** Puts the use cases together behind the one face that bot, command line and library see. */
import type { CampaignId } from "../domain/campaign.ts";
import { importedTotal } from "../domain/recipient.ts";
import type { AppParts } from "./app-parts.ts";
import type { Results } from "./amending/amended-results.ts";
import { withAmended, withAmendments } from "./amending/amended-results.ts";
import { createAmending } from "./amending/amend-campaign.ts";
import type { App, CampaignView } from "./app.ts";
import { createAddNames } from "./campaigns/add-names.ts";
import { approvingTeam, createApproving } from "./campaigns/approving.ts";
import { createActions } from "./campaigns/campaign-actions.ts";
import { idMeant } from "./campaigns/campaign-id.ts";
import { createChanging } from "./campaigns/change-campaign.ts";
import { campaignView } from "./campaigns/campaign-view.ts";
import { createAccountReports, createAccountHealth } from "./health/check-accounts.ts";
import { createStoreWatch } from "./health/store-watch.ts";
import { createWorkers } from "./health/workers.ts";
import { exportResults } from "./campaigns/export-results.ts";
import { honourCheckpoint } from "./campaigns/import-checkpoint.ts";
import type { Acting } from "./history/history.ts";
import { recordedApp } from "./history/recorded-app.ts";
import { createLeads } from "./leads/create-leads.ts";
import { testSend } from "./drafts/preview-campaign.ts";
import { createStart } from "./campaigns/start-campaign.ts";
import { resolveAll } from "./campaigns/resolve-all.ts";
import { campaignReport, drawnReport } from "./report/campaign-report.ts";
import { withAnswered, withAnswers } from "./people/answered.ts";
import { createAnswers } from "./people/answers.ts";
import { createAskingWho } from "./people/ask-who.ts";
import { createAudiences } from "./audiences/create-audiences.ts";
import { createGrowth } from "./growth/growth.ts";
import { createWelcome } from "./welcome/create-welcome.ts";
import { createErasing } from "./people/erase.ts";
import { createSubscribers } from "./people/subscribers.ts";
import { goFirst } from "./campaigns/go-first.ts";
import { createTokens } from "./hooks/tokens.ts";
import { createWebhooks } from "./hooks/webhooks.ts";
import { createTakingRows } from "./lists/list-of-rows.ts";
import { createPlanner } from "./drafts/planner.ts";
import { createScheduling } from "./when/scheduling.ts";
import { createSuppress } from "./people/suppress.ts";

export function createApp(parts: AppParts): App {
  return recordedApp(createUseCases(parts), parts);
}

/** What does it, and records nothing itself. */
export function createUseCases(parts: AppParts): Omit<App, keyof Acting> {
  const meant = (id: string): Promise<CampaignId> => idMeant(parts.campaigns, id);
  const view = async (id: CampaignId) => amendedView(parts, await meant(id));
  const report = { ...parts, view };
  const changing = createChanging(parts);
  const looking = {
    ...parts,
    answers: async () => parts.answerStore,
    repliesTo: (answer: number) => parts.ownReplies.to(answer),
    isOpen: async (id: CampaignId) => (await parts.engine.opened(id)) !== undefined,
    manifestOf: (channel: string) => parts.channels.get(channel)?.manifest,
    now: () => parts.clock.now(),
  };
  const whoAnswered = (id: CampaignId) => parts.answerStore.answered(id);
  const planner = createPlanner({ ...parts, whoAnswered, view: (id) => amendedView(parts, id) });
  const start = createStart(parts);
  const { notice } = parts.welcoming;
  const { channels, checkMessage } = planner;
  return {
    ...planner,
    testSend: (draft, raw, language) => testSend(parts, draft, { raw, language }),
    start,
    accounts: createAccountReports(parts),
    accountHealth: createAccountHealth(parts),
    workers: createWorkers(parts),
    watchStore: createStoreWatch(parts),
    view,
    report: async (id) => campaignReport(report, await meant(id)),
    drawReport: async (id, words) => drawnReport(report, await meant(id), words),
    exportResults: async (id, words, format) =>
      exportResults({ ...parts, resultsOf: (one) => resultsOf(parts, one) }, await meant(id), words, format),
    results: async (id) => (await resultsOf(parts, await meant(id)))?.rows,
    honourCheckpoint: (checkpoint) => honourCheckpoint(parts, checkpoint),
    suppress: createSuppress(parts),
    subscribers: createSubscribers({ ...parts, joined: notice }),
    growth: createGrowth({ ...parts, now: () => parts.clock.now() }),
    welcome: createWelcome({ ...parts, channels, checkMessage, start, view, notice }),
    audiences: createAudiences({ ...parts, whoAnswered }),
    ...createAskingWho(looking),
    answers: createAnswers({ ...parts, ...looking, heardAnswers: parts.answers, store: parts.answerStore }),
    ...createErasing(parts),
    leads: createLeads(parts),
    ...handedOn(parts),
    ...createApproving(parts),
    backup: () => parts.backup(),
    tokens: createTokens(parts),
    webhooks: createWebhooks(parts),
    feed: parts.feed,
    ...createTakingRows(parts),
    resolveAll: async (id, request) => resolveAll(parts, await meant(id), request),
    watch: (listener, after) => parts.events.watch(listener, after),
    ...createActions(parts),
    ...changing,
    ...createAddNames(parts),
    ...createAmending(parts),
    goFirst: async (id, by) => goFirst({ ...parts, changing }, await meant(id), by),
    ...createScheduling(parts),
  };
}

/** What is asked of the part itself. */
function handedOn(parts: AppParts): Pick<App, "sync" | "team"> {
  return { sync: parts.sync, team: approvingTeam(parts.team, parts) };
}

async function amendedView(parts: AppParts, id: CampaignId): Promise<CampaignView | undefined> {
  const view = await campaignView(parts, id);
  const manifest = view && parts.channels.get(view.campaign.channel)?.manifest;
  const amended = await withAmended(view, () => parts.amendments.read(id), manifest);
  return withAnswered(amended, id, parts.answerStore);
}

/** What memory knows of a campaign that is open, else what its files say. */
export async function resultsOf(
  {
    engine,
    reads,
    amendments,
    answerStore,
  }: Pick<AppParts, "engine" | "reads" | "amendments" | "answerStore">,
  id: CampaignId,
): Promise<Results | undefined> {
  const open = await engine.opened(id);
  const results = open
    ? { count: importedTotal(await open.ledger.counts()), rows: open.ledger.results() }
    : await reads.results(id);
  return withAnswers(await withAmendments(amendments, id, results), id, answerStore);
}

/**
 * What the monitoring page, its JSON and the metrics tell: the answers of the application's use cases, side by side. Nothing
 * is counted here a second time, no platform is asked anything, and what ended long ago is not opened again to be looked at.
 */
import type { App, CampaignView } from "../app/app.ts";
import type { CollectionKpis, LeadListSummary, LeadListView } from "../app/leads/leads.ts";
import type { WorkerView } from "../app/health/workers.ts";
import type { SyncStatus } from "../app/sync-control.ts";
import { isUnderWay } from "../domain/campaign-status.ts";
import type { Campaign, CampaignId } from "../domain/campaign.ts";
import { UnreadableRecordError } from "../domain/errors.ts";
import type { Deliveries } from "../domain/report/attempts.ts";
import type { Reason } from "../domain/reasons/reason.ts";

/** Campaigns that ended within this time are shown, in ms: their records are open anyway, for the accounts' limits. */
const RECENT_MS = 24 * 3_600_000;

/** Lists that are looked at beside those at work, the latest first. */
const LISTS = 6;

/** A list at rest is opened for its figures up to this many people, so that looking costs no memory to speak of. */
const LARGEST_OPENED = 100_000;

/** `capped`: its limits are used up for the moment. */
export type Health = "active" | "capped" | "resting" | "locked" | "loggedOut";

export interface AccountFigures {
  readonly channel: string;
  readonly account: string;
  readonly health: Health;
  /** Until when it does not send, ms since the epoch; absent when it is not by itself back. */
  readonly until?: number;
  readonly why?: Reason;
  readonly usedToday: number;
  /** Messages a day that campaigns under way give it at most; absent: no limit, or no campaign. */
  readonly limit?: number;
  /** The process that sends through it; absent where one does everything, or none does now. */
  readonly worker?: string;
}

export interface ListFigures {
  readonly summary: LeadListSummary;
  /** Absent for a large list at rest. */
  readonly view?: LeadListView;
}

/** A campaign and how its messages went out. */
export type CampaignFigures = CampaignView & { readonly deliveries: Deliveries };

export interface Figures {
  /** When they were gathered, ms since the epoch. */
  readonly at: number;
  /** Those under way and those that ended lately, the newest first. */
  readonly campaigns: readonly CampaignFigures[];
  /** Those of them whose record can't be read. */
  readonly unreadable: readonly CampaignId[];
  /** Campaigns that ended before. */
  readonly older: number;
  readonly accounts: readonly AccountFigures[];
  /** Absent where one process does everything. */
  readonly workers?: readonly WorkerView[];
  /** Those at work and the latest others. */
  readonly lists: readonly ListFigures[];
  readonly olderLists: number;
  /** People delivered, over all lists. */
  readonly leads: number;
  readonly kpis: CollectionKpis;
  readonly sync: SyncStatus;
}

/** Gathers them. @param now ms since the epoch */
export async function gatherFigures(app: App, now: number): Promise<Figures> {
  const all = await app.campaigns();
  const shown = all.filter((one) => overSince(one) > now - RECENT_MS);
  const unreadable: CampaignId[] = [];
  const reports = await Promise.all(
    shown.map(({ id }) =>
      app.report(id).catch((error: unknown) => {
        if (error instanceof UnreadableRecordError) unreadable.push(id);
        return undefined;
      }),
    ),
  );
  const campaigns = reports
    .filter((report) => report !== undefined)
    .map(({ view, deliveries }) => ({ ...view, deliveries }))
    .toSorted((one, other) => other.campaign.createdAt - one.campaign.createdAt);
  const workers = await app.workers();
  const summaries = await app.leads.lists();
  const lists = await Promise.all(listsToShow(summaries).map((summary) => listFigures(app, summary)));
  return {
    at: now,
    campaigns,
    unreadable,
    older: all.length - shown.length,
    accounts: await accountFigures(app, campaigns, now),
    ...(workers ? { workers } : {}),
    lists,
    olderLists: summaries.length - lists.length,
    leads: summaries.reduce((sum, { delivered }) => sum + delivered, 0),
    kpis: await app.leads.kpis(),
    sync: app.sync.status(),
  };
}

/** A cancelled campaign does not say when it was: it counts from its beginning. */
function overSince({ status, finishedAt, createdAt }: Campaign): number {
  return finishedAt ?? (status === "cancelled" ? createdAt : Infinity);
}

function isAtWork({ request }: LeadListSummary): boolean {
  return request !== undefined && request.status.kind !== "ended";
}

function listsToShow(summaries: readonly LeadListSummary[]): readonly LeadListSummary[] {
  const latest = new Set(summaries.slice(0, LISTS));
  return summaries.filter((one) => latest.has(one) || isAtWork(one));
}

async function listFigures(app: App, summary: LeadListSummary): Promise<ListFigures> {
  if (!isAtWork(summary) && summary.size > LARGEST_OPENED) return { summary };
  const view = await app.leads.view(summary.list).catch(() => undefined);
  return view ? { summary, view } : { summary };
}

async function accountFigures(
  app: App,
  campaigns: readonly CampaignView[],
  now: number,
): Promise<readonly AccountFigures[]> {
  return (await app.accountHealth()).map((report): AccountFigures => {
    const { channel, account, health, usedToday, limit, worker } = report;
    const base = {
      channel,
      account,
      usedToday,
      ...(limit === undefined ? {} : { limit }),
      ...(worker === undefined ? {} : { worker }),
    };
    switch (health.kind) {
      case "resting": // a rest that is over ends with the next claim
        if (health.until <= now) return { ...base, ...cappedIn(campaigns, channel, account) };
        return { ...base, health: "resting", until: health.until, why: health.why };
      case "left":
        return { ...base, health: health.trouble, why: health.why };
      case "active":
        return { ...base, ...cappedIn(campaigns, channel, account) };
    }
  });
}

/** Whether an account in good health waits for its own limits: that is known by the campaigns that send through it. */
function cappedIn(
  campaigns: readonly CampaignView[],
  channel: string,
  account: string,
): Pick<AccountFigures, "health" | "until"> {
  const wait = campaigns
    .filter(({ campaign }) => campaign.channel === channel && isUnderWay(campaign))
    .flatMap(({ resting }) => resting)
    .find((one) => one.account === account && one.trouble === "capped");
  if (!wait) return { health: "active" };
  return { health: "capped", ...(wait.until === undefined ? {} : { until: wait.until }) };
}

/** The figures as JSON for other programs: every name as the application has it, times in ms, no texts of messages. */
export function figuresJson({ campaigns, lists, ...others }: Figures): object {
  return {
    ...others,
    campaigns: campaigns.map(({ campaign, ...view }) => ({
      id: campaign.id,
      status: campaign.status,
      channel: campaign.channel,
      createdAt: campaign.createdAt,
      ...(campaign.pause ? { pause: campaign.pause } : {}),
      ...(campaign.finishedAt === undefined ? {} : { finishedAt: campaign.finishedAt }),
      ...view,
    })),
    lists: lists.map(({ summary: { list, targets, size, delivered, request, changedAt }, view }) => ({
      list,
      targets,
      size,
      delivered,
      changedAt,
      ...(request ? { request } : {}),
      ...(view?.figures ? { figures: view.figures } : {}),
      ...(view?.wait ? { wait: view.wait } : {}),
    })),
  };
}

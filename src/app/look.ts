/**
 * What can be looked at by whoever owns nothing: how campaigns and lists stand by what is kept. It works beside a running
 * Peyk and beside others who look, and starts, settles and debits nothing.
 */
import type { Prices } from "../channels/channel.ts";
import type { CampaignId } from "../domain/campaign.ts";
import type { OwnReply } from "../domain/people/own-reply.ts";
import type { Suppression } from "../domain/people/suppression.ts";
import type { ApiToken } from "../domain/hooks/api-token.ts";
import type { Charged } from "../domain/settings/spending.ts";
import { costOf } from "../domain/settings/spending.ts";
import { importedTotal } from "../domain/recipient.ts";
import type { AmendmentStore } from "../storage/ports/amendments.ts";
import type { AudienceReads, TagReads } from "../storage/ports/audiences.ts";
import type { SubscriberStore } from "../storage/ports/people.ts";
import type { CampaignReads, LeadReads } from "../storage/ports/reads.ts";
import type { Duties } from "../storage/ports/duties.ts";
import type { CampaignStore } from "../storage/ports/campaigns.ts";
import type { Webhook } from "../domain/hooks/webhook.ts";
import type { WebhookView } from "./hooks/webhooks.ts";
import { webhookView } from "./hooks/webhooks.ts";
import type { TokenView } from "./hooks/tokens.ts";
import { viewOf } from "./hooks/tokens.ts";
import { amendmentView, withAmended, withAmendments } from "./amending/amended-results.ts";
import { createAudiencesLook } from "./audiences/create-audiences.ts";
import type { DayOf } from "../domain/accounts/calendar-day.ts";
import type { DrawGrowth } from "./growth/growth-picture.ts";
import type { GrowthLook } from "./growth/growth.ts";
import { createGrowth } from "./growth/growth.ts";
import { lookAtWelcome } from "./welcome/create-welcome.ts";
import type { Welcome } from "./welcome/welcome.ts";
import type { AudiencesLook } from "./audiences/audiences.ts";
import type { App, CampaignView, UncertainCard } from "./app.ts";
import { createWorkers } from "./health/workers.ts";
import { idMeant } from "./campaigns/campaign-id.ts";
import { exportResults } from "./campaigns/export-results.ts";
import type { TeamState } from "../domain/roles/role.ts";
import type { TeamMember } from "./team/team.ts";
import { membersOf } from "./team/team.ts";
import type { HistoryReads } from "../storage/ports/history.ts";
import type { HistoryLook } from "./history/history.ts";
import { createHistoryLook } from "./history/look-at-history.ts";
import type { LeadsLook, LeadsLookParts } from "./leads/look-at-leads.ts";
import { createLeadsLook } from "./leads/look-at-leads.ts";
import { campaignReport, drawnReport } from "./report/campaign-report.ts";
import type { DrawReport } from "./report/report-picture.ts";
import type { PersonReads } from "../storage/ports/person-reads.ts";
import { createAskingWho } from "./people/ask-who.ts";
import { withAnswered, withAnswers } from "./people/answered.ts";
import type { Answers, LookingAtAnswers } from "./people/answers.ts";
import { answerChannel, createLookingAtAnswers } from "./people/answers.ts";
import type { AnswerReads } from "../storage/ports/answers.ts";

/** The part of the application that only looks. */
export interface Look extends Pick<
  App,
  | "campaigns"
  | "view"
  | "uncertain"
  | "results"
  | "exportResults"
  | "report"
  | "drawReport"
  | "amendment"
  | "who"
  | "exportPerson"
  | "workers"
> {
  readonly leads: LeadsLook;
  readonly audiences: AudiencesLook;
  readonly growth: GrowthLook;
  welcome(): ReturnType<Welcome["look"]>;
  readonly answers: LookingAtAnswers & Pick<Answers, "channels">;
  readonly history: HistoryLook;
  /** Everyone on the do-not-send list, newest first. */
  suppressed(): Promise<readonly Suppression[]>;
  /** Who may do what in the chat, and whether campaigns are approved. */
  team(): Promise<{ readonly members: readonly TeamMember[]; readonly needsApproval: boolean }>;
  /** What lets other programs in, the oldest first. */
  tokens(): Promise<readonly TokenView[]>;
  /** Where events are posted to, the oldest first. */
  webhooks(): Promise<readonly WebhookView[]>;
}

export interface LookParts extends Omit<LeadsLookParts, "leadStore" | "collector"> {
  readonly campaigns: Pick<CampaignStore, "all" | "get">;
  readonly reads: CampaignReads;
  readonly person: PersonReads;
  readonly pricesOf: StandingParts["pricesOf"];
  readonly amendments: Pick<AmendmentStore, "read">;
  readonly leads: LeadReads;
  readonly subscribers: Pick<SubscriberStore, "all" | "find" | "changes">;
  /** Of the house's time zone. */
  readonly dayOf: DayOf;
  readonly drawGrowth: DrawGrowth;
  /** ms since the epoch */
  readonly now: () => number;
  readonly audiences: AudienceReads;
  readonly tags: TagReads;
  readonly draw: DrawReport;
  readonly history: HistoryReads;
  /** Reads the do-not-send list. */
  readonly suppressed: () => Promise<Iterable<Suppression>>;
  /** Reads what people answered. */
  readonly answers: () => Promise<AnswerReads>;
  /** Channels that people can answer through, set up or not. */
  readonly hearing: readonly string[];
  /** What operators wrote back to an answer, by its number. */
  readonly repliesTo: (answer: number) => Promise<readonly OwnReply[]>;
  readonly team: () => Promise<TeamState>;
  /** Whom the settings name. */
  readonly operatorIds: readonly number[];
  readonly tokens: () => Promise<readonly ApiToken[]>;
  readonly webhooks: () => Promise<readonly Webhook[]>;
  /** Who does what, of several processes; absent where one does everything. */
  readonly duties?: Pick<Duties, "holders">;
}

/** Nobody collects where nobody owns anything. */
const nobody = { haltOf: () => undefined, waitOf: () => undefined };

export function createLook(parts: LookParts): Look {
  const { campaigns, reads } = parts;
  const resultsOf = async (id: CampaignId) => {
    const results = await withAmendments(parts.amendments, id, await reads.results(id));
    return withAnswers(results, id, await parts.answers());
  };
  const meant = (id: string): Promise<CampaignId> => idMeant(campaigns, id);
  const view = async (id: CampaignId) => {
    const named = await meant(id);
    const amended = await withAmended(await standingView(parts, named), () => parts.amendments.read(named));
    return withAnswered(amended, named, await parts.answers());
  };
  const report = { ...parts, view };
  // Nobody takes anything back here, so channels don't matter.
  const nothingHere = { isOpen: async () => false, manifestOf: () => undefined };
  return {
    campaigns: () => campaigns.all(),
    view,
    amendment: async (id, number) => amendmentView(parts.amendments, await meant(id), number),
    ...createAskingWho({ ...parts, ...nothingHere }),
    answers: {
      ...createLookingAtAnswers({ ...parts, ...nothingHere }),
      async channels() {
        const kept = await (await parts.answers()).kept();
        return parts.hearing.map((name) => {
          const prices = parts.pricesOf(name);
          return answerChannel(name, kept.get(name) ?? prices === undefined, prices);
        });
      },
    },
    report: async (id) => campaignReport(report, await meant(id)),
    drawReport: async (id, words) => drawnReport(report, await meant(id), words),
    uncertain: async (id) => uncertainCards(reads, await meant(id)),
    results: async (id) => (await resultsOf(await meant(id)))?.rows,
    exportResults: async (id, words, format) =>
      exportResults({ ...parts, resultsOf }, await meant(id), words, format),
    audiences: createAudiencesLook({
      ...parts,
      whoAnswered: async (id) => (await parts.answers()).answered(id),
    }),
    growth: createGrowth(parts),
    welcome: () => lookAtWelcome({ campaigns, view }),
    suppressed: async () => [...(await parts.suppressed())].toSorted((a, b) => b.at - a.at),
    history: createHistoryLook(parts.history),
    team: async () => {
      const state = await parts.team();
      return { members: membersOf(state, parts.operatorIds), needsApproval: state.needsApproval };
    },
    tokens: async () => (await parts.tokens()).map(viewOf),
    webhooks: async () => (await parts.webhooks()).map(webhookView),
    workers: createWorkers(parts),
    leads: createLeadsLook({ ...parts, leadStore: parts.leads, collector: nobody }),
  };
}

/** What a campaign's standing is read from, and what its channel charges. */
export interface StandingParts {
  readonly reads: CampaignReads;
  /** Undefined: sending is free. */
  readonly pricesOf: (channel: string) => Prices | undefined;
}

/** What it cost so far at most, where the platform charges. */
export function spentSoFar(prices: Prices | undefined, charged: Charged): Pick<CampaignView, "spent"> {
  return prices ? { spent: { dollars: costOf(charged, prices), asOf: prices.asOf } } : {};
}

/** A campaign that is not open here: nothing of it moves, as far as this process knows. */
export async function standingView(
  { reads, pricesOf }: StandingParts,
  id: CampaignId,
): Promise<CampaignView | undefined> {
  const standing = await reads.standing(id);
  if (!standing) return undefined;
  const { sentAgain, tally, ...known } = standing;
  return {
    ...known,
    imported: importedTotal(standing.counts),
    ratePerSecond: 0,
    resting: [],
    ...spentSoFar(pricesOf(standing.campaign.channel), tally.charged),
    ...(sentAgain > 0 ? { sentAgain } : {}),
  };
}

/** @param canCheck Whether the channel can be asked about them now */
export async function uncertainCards(
  claims: Pick<CampaignReads, "uncertain">,
  id: CampaignId,
  canCheck = false,
): Promise<readonly UncertainCard[]> {
  return (await claims.uncertain(id)).map(({ id: claim, recipient, account, at }) => ({
    username: recipient.username,
    account,
    claimedAt: at,
    claim,
    canCheck,
  }));
}

/** Puts the use cases together behind the one face that bot, command line and library see. */
import type { ChannelManifest } from "../channels/channel.ts";
import type { CampaignId } from "../domain/campaign.ts";
import { generatedCampaignId } from "../domain/campaign.ts";
import { importedTotal } from "../domain/recipient.ts";
import type { Results } from "../storage/reads.ts";
import type { AppParts } from "./app-parts.ts";
import type { App } from "./app.ts";
import type { ChannelChoice } from "./drafts/draft.ts";
import { createActions } from "./campaigns/campaign-actions.ts";
import { idMeant, nameCampaign } from "./campaigns/campaign-id.ts";
import { campaignView } from "./campaigns/campaign-view.ts";
import { createAccountReports, createAccountHealth } from "./health/check-accounts.ts";
import { checkMessage } from "./drafts/check-message.ts";
import { existingCampaign } from "./campaigns/existing-campaign.ts";
import { exportResults } from "./campaigns/export-results.ts";
import { importCheckpoint } from "./campaigns/import-checkpoint.ts";
import { createImportList } from "./lists/import-list.ts";
import { createLeads } from "./leads/create-leads.ts";
import { createPlan } from "./drafts/plan-campaign.ts";
import { preview, testSend } from "./drafts/preview-campaign.ts";
import { createStart } from "./campaigns/start-campaign.ts";
import { resolveAll } from "./campaigns/resolve-all.ts";
import { createSubscribers } from "./people/subscribers.ts";
import { createSuppress } from "./people/suppress.ts";

export function createApp(parts: AppParts): App {
  const meant = (id: string): CampaignId => idMeant(parts.campaigns, id);
  return {
    newCampaignId: () => newCampaignId(parts),
    nameCampaign: (given) => nameCampaign(parts.campaigns, given),
    importList: createImportList(parts),
    rejectedRows: (listId, words) => parts.lists.writeRejected(listId, words),
    discardList: (listId) => parts.lists.discard(listId),
    channels: () => channelChoices(parts),
    checkMessage,
    plan: createPlan(parts),
    preview: (draft) => preview(parts, draft),
    testSend: (draft, username) => testSend(parts, draft, username),
    existing: (id) => existingCampaign(parts, meant(id)),
    start: createStart(parts),
    accounts: createAccountReports(parts),
    accountHealth: createAccountHealth(parts),
    campaigns: () => parts.campaigns.all(),
    view: (id) => campaignView(parts, meant(id)),
    exportResults: (id, words, file) =>
      exportResults({ ...parts, resultsOf: (one) => resultsOf(parts, one) }, meant(id), words, file),
    results: async (id) => (await resultsOf(parts, meant(id)))?.rows,
    importCheckpoint: (path) => importCheckpoint(parts, path),
    suppress: createSuppress(parts),
    subscribers: createSubscribers(parts),
    leads: createLeads(parts),
    sync: parts.sync,
    resolveAll: (id, request) => resolveAll(parts, meant(id), request),
    watch: (listener) => parts.events.watch(listener),
    ...createActions(parts),
  };
}

/** What memory knows of a campaign that is open, else what its files say. */
async function resultsOf({ engine, reads }: AppParts, id: CampaignId): Promise<Results | undefined> {
  const open = await engine.opened(id);
  if (!open) return reads.results(id);
  return { count: importedTotal(open.ledger.counts()), rows: open.ledger.results() };
}

/** Two campaigns made in the same second get different ids. */
function newCampaignId({ campaigns, clock, timeZone }: AppParts): string {
  for (let at = clock.now(); ; at += 1000) {
    const id = generatedCampaignId(at, timeZone);
    if (!campaigns.get(id)) return id;
  }
}

function roomFor({ maxCaptionLength, extras }: ChannelManifest): Partial<ChannelChoice> {
  return {
    ...(maxCaptionLength === undefined ? {} : { maxCaptionLength }),
    ...(extras ? { takes: extras } : {}),
  };
}

async function channelChoices({ channels, defaultCaps }: AppParts): Promise<ChannelChoice[]> {
  return Promise.all(
    [...channels.values()].map(async (channel) => ({
      name: channel.manifest.name,
      reachesPeople: channel.manifest.reachesPeople,
      maxMessageLength: channel.manifest.maxMessageLength,
      ...roomFor(channel.manifest),
      accounts: (await channel.accounts()).map(({ name, caps }) => ({
        name,
        caps: { ...(channel.manifest.takesUsualCap === false ? {} : defaultCaps), ...caps },
      })),
    })),
  );
}

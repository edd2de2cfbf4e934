/** Opens what only looks: the files behind the read ports. It takes no lease, so any number may look beside a running Peyk. */
import { join } from "node:path";
import type { Look } from "../app/look.ts";
import { createLook } from "../app/look.ts";
import type { Prices } from "../channels/channel.ts";
import { xManifest } from "../channels/x/x-channel.ts";
import { systemClock } from "../lib/clock.ts";
import { createDayOf } from "../domain/accounts/calendar-day.ts";
import { drawGrowth } from "../pictures/draw-growth.ts";
import { drawReport } from "../pictures/draw-report.ts";
import type { Source } from "../sources/source.ts";
import { ANSWERS_FILE, readAnswers } from "../storage/files/answers/answer-store.ts";
import { OWN_REPLIES_FILE, lookAtOwnReplies } from "../storage/files/answers/own-reply-store.ts";
import { createAmendmentStore } from "../storage/files/amendments/amendment-store.ts";
import { FileCampaignReads } from "../storage/files/campaigns/campaign-reads.ts";
import { campaignsFolder } from "../storage/files/campaigns/campaign-folders.ts";
import { lookAtCampaigns } from "../storage/files/campaigns/campaign-store.ts";
import { lookAtHistory } from "../storage/files/history/history-reads.ts";
import { lookAtLeads } from "../storage/files/leads/lead-reads.ts";
import { createPersonReads } from "../storage/files/person/person-reads.ts";
import { lookAtAudiences } from "../storage/files/audiences/audience-store.ts";
import { TAGS_FILE, lookAtTags } from "../storage/files/audiences/tag-store.ts";
import { SUBSCRIBERS_FILE, lookAtSubscribers } from "../storage/files/people/subscriber-store.ts";
import { SUPPRESSION_FILE, readSuppressions } from "../storage/files/people/suppression-store.ts";
import { checkDataFolder } from "../storage/files/folder/data-folder.ts";
import { TEAM_FILE, readTeam } from "../storage/files/team/team-store.ts";
import { WEBHOOKS_FILE, readWebhooks } from "../storage/files/hooks/webhook-store.ts";
import { API_TOKENS_FILE, readApiTokens } from "../storage/files/hooks/api-token-store.ts";
import { readLease } from "../storage/files/folder/lease.ts";
import type { CollectingSettings } from "./open-collecting.ts";
import { collectingDefaults } from "./open-collecting.ts";
import type { OpenSources, SourceSettings } from "./open-sources.ts";
import { openSources } from "./open-sources.ts";

export type LookSettings = SourceSettings &
  Pick<CollectingSettings, "dataDir" | "collectCycle" | "postsPerHashtag"> & {
    /** IANA name. */
    readonly timeZone: string;
    /** Whom the settings name; absent: nobody. */
    readonly operatorIds?: readonly number[];
  };

export interface OpenLook extends AsyncDisposable {
  readonly look: Look;
}

/** No channel is opened to look; only X charges. */
function pricesOf(channel: string): Prices | undefined {
  return channel === xManifest.name ? xManifest.prices : undefined;
}

/**
 * @param onProblem Told of each thing that can't be read; the others are shown
 * @throws {ForeignFileError} when something in the folder is another user's
 */
export async function openLook(
  { dataDir, timeZone, operatorIds = [], ...settings }: LookSettings,
  onProblem: (error: Error) => void,
): Promise<OpenLook> {
  await checkDataFolder(dataDir);
  const campaigns = await lookAtCampaigns(dataDir, onProblem);
  const opened = await openSources({ settings, clock: systemClock }).catch((error: Error): OpenSources => {
    onProblem(error); // only prices are unknown without them
    return { sources: new Map<string, Source>(), [Symbol.asyncDispose]: () => Promise.resolve() };
  });
  const isOwned = async (): Promise<boolean> => (await readLease(dataDir))?.isHeld ?? false;
  const look = createLook({
    campaigns,
    person: createPersonReads(dataDir, isOwned),
    reads: new FileCampaignReads({
      folder: campaignsFolder(dataDir),
      campaign: (id) => campaigns.get(id),
      isOwned,
    }),
    pricesOf,
    amendments: createAmendmentStore({ folder: campaignsFolder(dataDir) }),
    subscribers: lookAtSubscribers(join(dataDir, SUBSCRIBERS_FILE)),
    audiences: lookAtAudiences(dataDir),
    tags: lookAtTags(join(dataDir, TAGS_FILE)),
    history: lookAtHistory(dataDir),
    leads: await lookAtLeads(join(dataDir, "leads"), onProblem),
    suppressed: () => readSuppressions(join(dataDir, SUPPRESSION_FILE)),
    answers: () => readAnswers(join(dataDir, ANSWERS_FILE)),
    hearing: ["telegram", xManifest.name],
    repliesTo: lookAtOwnReplies(join(dataDir, OWN_REPLIES_FILE)),
    team: () => readTeam(join(dataDir, TEAM_FILE)),
    operatorIds,
    tokens: () => readApiTokens(join(dataDir, API_TOKENS_FILE)),
    webhooks: () => readWebhooks(join(dataDir, WEBHOOKS_FILE)),
    sources: opened.sources,
    ...collectingDefaults(settings),
    draw: drawReport,
    drawGrowth,
    dayOf: createDayOf(timeZone),
    now: () => systemClock.now(),
  });
  return { look, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
}

/**
 * What comes before a Start: a list is read, a message looked over, a plan and a preview made. It asks and writes nothing but
 * lists on their way, so it needs to own nothing that others may be at work with.
 */
import type { ChannelManifest } from "../../channels/channel.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import { generatedCampaignId } from "../../domain/campaign.ts";
import type { AudienceReads, TagReads } from "../../storage/ports/audiences.ts";
import type { CampaignReads, LeadReads } from "../../storage/ports/reads.ts";
import type { LedgerStore } from "../../storage/ports/ledger.ts";
import type { ListStore } from "../../storage/ports/lists.ts";
import type { SubscriberStore, SuppressionStore } from "../../storage/ports/people.ts";
import type { AppParts } from "../app-parts.ts";
import type { App } from "../app.ts";
import { idMeant, nameCampaign } from "../campaigns/campaign-id.ts";
import { listRows, previewNames } from "../campaigns/preview-names.ts";
import { groupCounts } from "../campaigns/former-recipients.ts";
import { existingCampaign } from "../campaigns/existing-campaign.ts";
import type { MeetingParts } from "../audiences/who-meets.ts";
import { audienceList } from "../audiences/audience-list.ts";
import { createAudiencesLook } from "../audiences/create-audiences.ts";
import type { AudiencesLook } from "../audiences/audiences.ts";
import { createImportList } from "../lists/import-list.ts";
import type { Subscribers } from "../people/subscribers.ts";
import { createWhenReading } from "../when/when-reading.ts";
import { countOf } from "../people/subscribers.ts";
import { readOptOuts } from "../people/import-opt-outs.ts";
import type { DoNotSendList } from "../people/suppress.ts";
import { rejectedTable } from "../lists/rejected-table.ts";
import { checkMessage } from "./check-message.ts";
import type { ChannelChoice } from "./draft.ts";
import { draftContent } from "./draft-extras.ts";
import { createPlan } from "./plan-campaign.ts";
import { preview } from "./preview-campaign.ts";

/** The part of the application that leads to a draft and looks at it. */
export type Planner = Pick<
  App,
  | "newCampaignId"
  | "nameCampaign"
  | "importList"
  | "rejectedRows"
  | "hasList"
  | "discardList"
  | "channels"
  | "attachment"
  | "checkMessage"
  | "plan"
  | "preview"
  | "existing"
  | "againGroups"
  | "campaigns"
  | "when"
  | "previewNames"
  | "listRows"
> & {
  readonly subscribers: Pick<Subscribers, "count">;
  readonly audiences: AudiencesLook;
  /** Of opt-outs nothing but the list they come in is read. */
  readonly suppress: Pick<DoNotSendList, "readList">;
};

export interface PlannerParts extends Pick<
  AppParts,
  | "campaigns"
  | "openSent"
  | "reader"
  | "contacts"
  | "channels"
  | "clock"
  | "timeZone"
  | "usualWindow"
  | "windows"
  | "dayOf"
  | "defaultCaps"
> {
  readonly ledgers: Pick<LedgerStore, "sentNames" | "states" | "usedToday">;
  readonly lists: ListStore;
  readonly reads: Pick<CampaignReads, "results">;
  readonly leadStore: Pick<LeadReads, "find">;
  readonly subscribers: Pick<SubscriberStore, "all" | "find">;
  readonly audiences: AudienceReads;
  readonly tags: TagReads;
  readonly whoAnswered: MeetingParts["whoAnswered"];
  readonly suppression: Pick<SuppressionStore, "questions" | "revision">;
  /** How the campaign of an id stands. */
  readonly view: App["view"];
}

export function createPlanner(parts: PlannerParts): Planner {
  const when = createWhenReading(parts);
  return {
    when,
    newCampaignId: () => newCampaignId(parts),
    nameCampaign: (given) => nameCampaign(parts.campaigns, given),
    importList: createImportList({ ...parts, audienceList: (name) => audienceList(parts, name) }),
    rejectedRows: (listId, words) => rejectedTable(parts.lists, listId, words),
    hasList: async (listId) => (await parts.lists.get(listId)) !== undefined,
    discardList: (listId) => parts.lists.discard(listId),
    channels: () => channelChoices(parts),
    attachment: (id, attachment) => draftContent(parts, id, attachment),
    checkMessage,
    plan: createPlan({ ...parts, when }),
    preview: (draft) => preview(parts, draft),
    existing: async (id: CampaignId) => existingCampaign(parts, await idMeant(parts.campaigns, id)),
    againGroups: async (id: CampaignId) => groupCounts(parts, await idMeant(parts.campaigns, id)),
    campaigns: () => parts.campaigns.all(),
    subscribers: { count: (source) => countOf(parts.subscribers, source) },
    audiences: createAudiencesLook(parts),
    previewNames: async (id, listId) => previewNames(parts, await idMeant(parts.campaigns, id), listId),
    listRows: (listId) => listRows(parts.lists, listId),
    suppress: { readList: (optOuts, signal) => readOptOuts(parts, optOuts, signal) },
  };
}

/** Two campaigns made in the same second get different ids. */
async function newCampaignId({ campaigns, clock, timeZone }: PlannerParts): Promise<CampaignId> {
  for (let at = clock.now(); ; at += 1000) {
    const id = generatedCampaignId(at, timeZone);
    if (!(await campaigns.get(id))) return id;
  }
}

function roomFor({
  maxCaptionLength,
  extras,
  hasLeaveButton,
  hearsAnswers,
}: ChannelManifest): Partial<ChannelChoice> {
  return {
    ...(maxCaptionLength === undefined ? {} : { maxCaptionLength }),
    ...(extras ? { takes: extras } : {}),
    ...(hasLeaveButton ? { hasLeaveButton } : {}),
    ...(hearsAnswers ? { hearsAnswers } : {}),
  };
}

async function channelChoices({ channels, defaultCaps }: PlannerParts): Promise<ChannelChoice[]> {
  return Promise.all(
    [...channels.values()].map(async (channel) => ({
      name: channel.manifest.name,
      reachesPeople: channel.manifest.reachesPeople,
      publishedLimits: channel.manifest.publishedLimits,
      ...(channel.manifest.prices ? { isCharged: true as const } : {}),
      maxMessageLength: channel.manifest.maxMessageLength,
      ...roomFor(channel.manifest),
      accounts: (await channel.accounts()).map(({ name, caps }) => ({
        name,
        caps: { ...(channel.manifest.takesUsualCap === false ? {} : defaultCaps), ...caps },
      })),
    })),
  );
}

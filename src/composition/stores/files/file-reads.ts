/** The files behind the read ports: nothing of a folder is opened for writing, and nobody's lease is taken. */
import { join } from "node:path";
import { createAmendmentStore } from "../../../storage/files/amendments/amendment-store.ts";
import { ANSWERS_FILE, readAnswers } from "../../../storage/files/answers/answer-store.ts";
import { OWN_REPLIES_FILE, lookAtOwnReplies } from "../../../storage/files/answers/own-reply-store.ts";
import { lookAtAudiences } from "../../../storage/files/audiences/audience-store.ts";
import { TAGS_FILE, lookAtTags } from "../../../storage/files/audiences/tag-store.ts";
import { campaignsFolder } from "../../../storage/files/campaigns/campaign-folders.ts";
import { FileCampaignReads } from "../../../storage/files/campaigns/campaign-reads.ts";
import { lookAtCampaigns } from "../../../storage/files/campaigns/campaign-store.ts";
import { readLease } from "../../../storage/files/folder/lease.ts";
import { lookAtHistory } from "../../../storage/files/history/history-reads.ts";
import { API_TOKENS_FILE, readApiTokens } from "../../../storage/files/hooks/api-token-store.ts";
import { WEBHOOKS_FILE, readWebhooks } from "../../../storage/files/hooks/webhook-store.ts";
import { lookAtLeads } from "../../../storage/files/leads/lead-reads.ts";
import { SUBSCRIBERS_FILE, lookAtSubscribers } from "../../../storage/files/people/subscriber-store.ts";
import { SUPPRESSION_FILE, readSuppressions } from "../../../storage/files/people/suppression-store.ts";
import { createPersonReads } from "../../../storage/files/person/person-reads.ts";
import { TEAM_FILE, readTeam } from "../../../storage/files/team/team-store.ts";
import type { OpenReads, ReadsParts } from "../stores.ts";

export async function openFileReads(
  dataDir: string,
  { onProblem }: Pick<ReadsParts, "onProblem">,
): Promise<OpenReads> {
  const fileOf = (name: string): string => join(dataDir, name);
  const folder = campaignsFolder(dataDir);
  const isOwned = async (): Promise<boolean> => (await readLease(dataDir))?.isHeld ?? false;
  const campaigns = await lookAtCampaigns(dataDir, onProblem);
  return {
    campaigns,
    person: createPersonReads(dataDir, isOwned),
    reads: new FileCampaignReads({ folder, campaign: (id) => campaigns.get(id), isOwned }),
    amendments: createAmendmentStore({ folder }),
    subscribers: lookAtSubscribers(fileOf(SUBSCRIBERS_FILE)),
    audiences: lookAtAudiences(dataDir),
    tags: lookAtTags(fileOf(TAGS_FILE)),
    history: lookAtHistory(dataDir),
    leads: await lookAtLeads(fileOf("leads"), onProblem),
    suppressed: () => readSuppressions(fileOf(SUPPRESSION_FILE)),
    answers: () => readAnswers(fileOf(ANSWERS_FILE)),
    repliesTo: lookAtOwnReplies(fileOf(OWN_REPLIES_FILE)),
    team: () => readTeam(fileOf(TEAM_FILE)),
    tokens: () => readApiTokens(fileOf(API_TOKENS_FILE)),
    webhooks: () => readWebhooks(fileOf(WEBHOOKS_FILE)),
  };
}

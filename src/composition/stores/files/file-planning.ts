/** The files that a plan is made of. What a plan writes goes to a folder that is thrown away; the data folder is only read. */
import { join } from "node:path";
import { Budgets } from "../../../domain/accounts/budgets.ts";
import { createDayOf } from "../../../domain/accounts/calendar-day.ts";
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import { copyIfThere } from "../../../lib/files/private-files.ts";
import { openTestSends } from "../../../storage/files/accounts/test-sends.ts";
import { createAmendmentStore } from "../../../storage/files/amendments/amendment-store.ts";
import { ANSWERS_FILE, readAnswers } from "../../../storage/files/answers/answer-store.ts";
import { lookAtAudiences } from "../../../storage/files/audiences/audience-store.ts";
import { TAGS_FILE, lookAtTags } from "../../../storage/files/audiences/tag-store.ts";
import { campaignsFolder } from "../../../storage/files/campaigns/campaign-folders.ts";
import { FileCampaignReads } from "../../../storage/files/campaigns/campaign-reads.ts";
import { lookAtCampaigns } from "../../../storage/files/campaigns/campaign-store.ts";
import { openErasedStore } from "../../../storage/files/erasing/erased-store.ts";
import { readLease } from "../../../storage/files/folder/lease.ts";
import { lookAtLeads } from "../../../storage/files/leads/lead-reads.ts";
import { countUse } from "../../../storage/files/ledger/account-use.ts";
import { sentNames, states } from "../../../storage/files/ledger/known-names.ts";
import { openListStore } from "../../../storage/files/lists/list-store.ts";
import { FileContactHistory } from "../../../storage/files/people/contact-history.ts";
import { createIdentities } from "../../../storage/files/people/identities.ts";
import { SUBSCRIBERS_FILE, openSubscriberStore } from "../../../storage/files/people/subscriber-store.ts";
import { SUPPRESSION_FILE, openSuppressionStore } from "../../../storage/files/people/suppression-store.ts";
import { createFileBooks } from "./file-books.ts";
import type { OpenPlanning, PlanningParts, StorageSettings } from "../stores.ts";

const TEST_SENDS_FILE = "test-sends.jsonl";

/** Files that stores open as their own: the plan has copies. */
const COPIED = [
  SUPPRESSION_FILE,
  SUBSCRIBERS_FILE,
  TEST_SENDS_FILE,
  "x-people.jsonl",
  "x-limits.json",
  "simulator.json",
];

/** Nobody else writes to what was copied. */
const beforeWrite = (): void => undefined;

type Settings = Pick<StorageSettings, "dataDir" | "timeZone">;

export async function openFilePlanning(settings: Settings, parts: PlanningParts): Promise<OpenPlanning> {
  const { dataDir } = settings;
  const { scratch, clock, onProblem } = parts;
  for (const name of COPIED) await copyIfThere(join(dataDir, name), join(scratch, name));
  const folder = campaignsFolder(dataDir);
  const campaigns = await lookAtCampaigns(dataDir, onProblem, scratch);
  const campaign = (id: CampaignId) => campaigns.stored(id);
  const budgets = await budgetsNow(settings, parts, await campaigns.all());
  const isOwned = async (): Promise<boolean> => (await readLease(dataDir))?.isHeld ?? false;
  return {
    ...(await peopleIn(settings, parts)),
    books: createFileBooks({ dataDir: scratch, beforeWrite, onProblem }),
    campaigns,
    reads: new FileCampaignReads({ folder, campaign: (id) => campaigns.get(id), isOwned }),
    ledgers: {
      sentNames: (id, known) => sentNames({ folder, campaign }, id, known),
      states: (id) => states({ folder, campaign }, id),
      usedToday: async (channel, account) => budgets.of(channel).usedToday(account, clock.now()),
    },
    contacts: new FileContactHistory({ folder, campaigns: () => campaigns.all() }),
    lists: await openListStore(scratch, { clock }),
    audiences: lookAtAudiences(dataDir),
    whoAnswered: async (id) => (await readAnswers(join(dataDir, ANSWERS_FILE))).answered(id),
    tags: lookAtTags(join(dataDir, TAGS_FILE)),
    leadStore: await lookAtLeads(join(dataDir, "leads"), onProblem),
    amendments: createAmendmentStore({ folder }),
  };
}

/** What the accounts used up, by every journal and by test sends. */
async function budgetsNow(
  { dataDir, timeZone }: Settings,
  { scratch, opened, clock, onProblem }: PlanningParts,
  all: readonly Campaign[],
): Promise<Budgets> {
  const budgets = new Budgets(createDayOf(timeZone));
  const ours = { clock, beforeWrite, onProblem };
  opened.hold(await openTestSends(join(scratch, TEST_SENDS_FILE), budgets, ours));
  await countUse(campaignsFolder(dataDir), all, { budgets, now: clock.now(), onProblem });
  return budgets;
}

/** The do-not-send list, the subscribers, and who is behind names. */
async function peopleIn({ dataDir }: Settings, { scratch, opened, clock, onProblem }: PlanningParts) {
  const erased = await openErasedStore(dataDir, beforeWrite);
  const listPath = join(scratch, SUPPRESSION_FILE);
  const subscribersPath = join(scratch, SUBSCRIBERS_FILE);
  return {
    suppression: opened.hold(await openSuppressionStore(listPath, { clock, beforeWrite, onProblem, erased })),
    subscribers: opened.hold(await openSubscriberStore(subscribersPath, beforeWrite, onProblem)),
    identities: opened.hold(createIdentities(scratch, beforeWrite, onProblem)),
  };
}

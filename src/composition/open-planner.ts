/**
 * Opens what a plan is made of, beside a running Peyk too. What it needs to write (a list on its way, what a channel keeps
 * for itself) goes to a folder of its own that is thrown away; the data folder is only read.
 */
import { openWhen } from "./open-when.ts";
import { join } from "node:path";
import type { Amending } from "../app/amending/amending.ts";
import { withAmended } from "../app/amending/amended-results.ts";
import { planAmendment } from "../app/amending/plan-amendment.ts";
import { idMeant } from "../app/campaigns/campaign-id.ts";
import type { Planner } from "../app/drafts/planner.ts";
import { createPlanner } from "../app/drafts/planner.ts";
import { standingView } from "../app/look.ts";
import { Budgets } from "../domain/accounts/budgets.ts";
import type { DayOf } from "../domain/accounts/calendar-day.ts";
import { createDayOf } from "../domain/accounts/calendar-day.ts";
import type { Campaign, CampaignId } from "../domain/campaign.ts";
import { systemClock } from "../lib/clock.ts";
import { makeMomentaryFolder } from "../lib/files/momentary-folder.ts";
import { copyPrivately } from "../lib/files/private-files.ts";
import { openListReader } from "../lists/reader/open-list-reader.ts";
import { countUse } from "../storage/files/ledger/account-use.ts";
import { campaignsFolder } from "../storage/files/campaigns/campaign-folders.ts";
import { FileCampaignReads } from "../storage/files/campaigns/campaign-reads.ts";
import { lookAtCampaigns } from "../storage/files/campaigns/campaign-store.ts";
import { FileContactHistory } from "../storage/files/people/contact-history.ts";
import { readLease } from "../storage/files/folder/lease.ts";
import { sentNames, states } from "../storage/files/ledger/known-names.ts";
import { openErasedStore } from "../storage/files/erasing/erased-store.ts";
import { checkDataFolder } from "../storage/files/folder/data-folder.ts";
import { lookAtLeads } from "../storage/files/leads/lead-reads.ts";
import { openListStore } from "../storage/files/lists/list-store.ts";
import { SUPPRESSION_FILE, openSuppressionStore } from "../storage/files/people/suppression-store.ts";
import { ANSWERS_FILE, readAnswers } from "../storage/files/answers/answer-store.ts";
import { lookAtAudiences } from "../storage/files/audiences/audience-store.ts";
import { TAGS_FILE, lookAtTags } from "../storage/files/audiences/tag-store.ts";
import { createIdentities } from "../storage/files/people/identities.ts";
import { SUBSCRIBERS_FILE, openSubscriberStore } from "../storage/files/people/subscriber-store.ts";
import { createAmendmentStore } from "../storage/files/amendments/amendment-store.ts";
import { openTestSends } from "../storage/files/accounts/test-sends.ts";
import type { CoreLog, CoreSettings } from "./core.ts";
import { openChannels } from "./open-channels.ts";

export interface OpenPlanner extends AsyncDisposable {
  readonly planner: Planner & Pick<Amending, "planAmendment">;
}

const TEST_SENDS_FILE = "test-sends.jsonl";

/** Files that stores and channels open as their own: the planner gives them copies. */
const COPIED = [
  SUPPRESSION_FILE,
  SUBSCRIBERS_FILE,
  TEST_SENDS_FILE,
  "simulator.json",
  "x-limits.json",
  "x-people.jsonl",
];

interface Scratch {
  readonly path: string;
  /** What is closed with the planner, the last opened first. */
  readonly opened: AsyncDisposable[];
}

/** @throws {Error} with a line for people: a wrong setting, a journal that can't be read */
export async function openPlanner(settings: CoreSettings, log: CoreLog): Promise<OpenPlanner> {
  const { dataDir } = settings;
  await checkDataFolder(dataDir);
  const folder = await makeMomentaryFolder("peyk-plan");
  const { path } = folder;
  const scratch: Scratch = { path, opened: [folder] };
  const close = async (): Promise<void> => {
    for (const one of scratch.opened.toReversed()) await one[Symbol.asyncDispose]();
  };
  try {
    for (const name of COPIED) await copied(join(dataDir, name), join(path, name));
    return { planner: await plannerIn(scratch, settings, log), [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function plannerIn(
  scratch: Scratch,
  settings: CoreSettings,
  log: CoreLog,
): Promise<OpenPlanner["planner"]> {
  const { dataDir, timeZone } = settings;
  const onProblem = (error: Error): void => log.error(error);
  const folder = campaignsFolder(dataDir);
  const dayOf = createDayOf(timeZone);
  const campaigns = await lookAtCampaigns(dataDir, onProblem, scratch.path);
  const campaign = (id: CampaignId) => campaigns.stored(id);
  const budgets = await budgetsNow(scratch, folder, { all: await campaigns.all(), dayOf, onProblem });
  const isOwned = async (): Promise<boolean> => (await readLease(dataDir))?.isHeld ?? false;
  const reads = new FileCampaignReads({ folder, campaign: (id) => campaigns.get(id), isOwned });
  const reader = openListReader();
  scratch.opened.push(reader);
  const people = await peopleIn(scratch, settings, log);
  const amendments = createAmendmentStore({ folder });
  const planner = createPlanner({
    ...people,
    campaigns,
    reads,
    reader,
    ledgers: {
      sentNames: (id, known) => sentNames({ folder, campaign }, id, known),
      states: (id) => states({ folder, campaign }, id),
      usedToday: async (channel, account) => budgets.of(channel).usedToday(account, systemClock.now()),
    },
    contacts: new FileContactHistory({ folder, campaigns: () => campaigns.all() }),
    lists: await openListStore(scratch.path, { clock: systemClock }),
    audiences: lookAtAudiences(dataDir),
    whoAnswered: async (id) => (await readAnswers(join(dataDir, ANSWERS_FILE))).answered(id),
    tags: lookAtTags(join(dataDir, TAGS_FILE)),
    leadStore: await lookAtLeads(join(dataDir, "leads"), onProblem),
    view: async (id) =>
      withAmended(
        await standingView(
          { reads, pricesOf: (channel) => people.channels.get(channel)?.manifest.prices },
          id,
        ),
        () => amendments.read(id),
      ),
    clock: systemClock,
    ...openWhen(settings),
    dayOf,
    defaultCaps: { perDay: settings.maxPerAccount },
  });
  const amending = { ...people, amendments, campaigns, reads, clock: systemClock };
  return {
    ...planner,
    planAmendment: async (id, wanted) => planAmendment(amending, await idMeant(campaigns, id), wanted),
  };
}

interface Using {
  readonly all: readonly Campaign[];
  readonly dayOf: DayOf;
  readonly onProblem: (error: Error) => void;
}

/** What the accounts used up, by every journal and by test sends. */
async function budgetsNow(
  { path, opened }: Scratch,
  folder: string,
  { all, dayOf, onProblem }: Using,
): Promise<Budgets> {
  const budgets = new Budgets(dayOf);
  const ours = { clock: systemClock, beforeWrite, onProblem };
  opened.push(await openTestSends(join(path, TEST_SENDS_FILE), budgets, ours));
  await countUse(folder, all, { budgets, now: systemClock.now(), onProblem });
  return budgets;
}

/** Nobody else writes to what was copied. */
const beforeWrite = (): void => undefined;

/** The do-not-send list, the subscribers, and through what people are reached. */
async function peopleIn({ path, opened }: Scratch, settings: CoreSettings, log: CoreLog) {
  const onProblem = (error: Error): void => log.error(error);
  const erased = await openErasedStore(settings.dataDir, beforeWrite);
  const listPath = join(path, SUPPRESSION_FILE);
  const suppression = await openSuppressionStore(listPath, beforeWrite, onProblem, erased);
  const subscribers = await openSubscriberStore(join(path, SUBSCRIBERS_FILE), beforeWrite, onProblem);
  const identities = createIdentities(path, beforeWrite, onProblem);
  opened.push(suppression, subscribers, identities);
  const { openTelegram, ...others } = settings;
  const channels = await openChannels({
    settings: { ...others, dataDir: path, ...(openTelegram ? { telegram: await openTelegram() } : {}) },
    clock: systemClock,
    log,
    beforeWrite,
    subscribers,
    identities,
  });
  opened.push(channels);
  return { suppression, subscribers, channels: channels.channels };
}

/** What is not there has nothing in it. */
async function copied(from: string, to: string): Promise<void> {
  await copyPrivately(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

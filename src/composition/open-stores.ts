/** Opens the file stores that everything stands on, in an order in which each finds what it needs. */
import { join } from "node:path";
import type { CollectorLog } from "../collector/save-retries.ts";
import { Budgets } from "../domain/accounts/budgets.ts";
import { createDayOf } from "../domain/accounts/calendar-day.ts";
import type { CampaignEvent } from "../domain/campaign-event.ts";
import { isCampaignEvent } from "../domain/campaign-event.ts";
import type { EventLogParts } from "../storage/files/events/event-log.ts";
import { openEventLog } from "../storage/files/events/event-log.ts";
import { knownAs } from "../domain/people/subscriber.ts";
import { systemClock } from "../lib/clock.ts";
import { ANSWERS_FILE, openAnswerStore } from "../storage/files/answers/answer-store.ts";
import { OWN_REPLIES_FILE, openOwnReplyStore } from "../storage/files/answers/own-reply-store.ts";
import { createAmendmentStore } from "../storage/files/amendments/amendment-store.ts";
import { FileCampaignReads } from "../storage/files/campaigns/campaign-reads.ts";
import { campaignsFolder } from "../storage/files/campaigns/campaign-folders.ts";
import { openCampaignStore } from "../storage/files/campaigns/campaign-store.ts";
import { FileContactHistory } from "../storage/files/people/contact-history.ts";
import { createOptedOut } from "./opted-out.ts";
import { createFileLedgerStore } from "../storage/files/ledger/ledger-store.ts";
import type { CampaignStore } from "../storage/ports/campaigns.ts";
import type { Lease } from "../storage/files/folder/lease.ts";
import { openHistoryStore } from "../storage/files/history/history-store.ts";
import { openListStore } from "../storage/files/lists/list-store.ts";
import { openReplyCursorStore } from "../storage/files/people/reply-cursor-store.ts";
import { openAccountStore } from "../storage/files/accounts/account-store.ts";
import { createPersonReads } from "../storage/files/person/person-reads.ts";
import { createIdentities } from "../storage/files/people/identities.ts";
import { WebhookRunner } from "../app/hooks/webhook-runner.ts";
import { WEBHOOKS_FILE, openWebhookStore } from "../storage/files/hooks/webhook-store.ts";
import { API_TOKENS_FILE, openApiTokenStore } from "../storage/files/hooks/api-token-store.ts";
import { createInboxes } from "../storage/files/people/inboxes.ts";
import { SUBSCRIBERS_FILE, openSubscriberStore } from "../storage/files/people/subscriber-store.ts";
import { openAudienceStore } from "../storage/files/audiences/audience-store.ts";
import { TAGS_FILE, openTagStore } from "../storage/files/audiences/tag-store.ts";
import { TEAM_FILE, openTeamStore } from "../storage/files/team/team-store.ts";
import type { ErasedNames } from "../storage/files/people/suppression-store.ts";
import { SUPPRESSION_FILE, openSuppressionStore } from "../storage/files/people/suppression-store.ts";
import { openTestSends } from "../storage/files/accounts/test-sends.ts";

/** Lists that were uploaded and never used are thrown away after a week. */
const KEEP_LISTS_MS = 7 * 24 * 3_600_000;

export interface StoreSettings {
  readonly dataDir: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** What is not open in this process, which has the lease, is open nowhere. */
const isOwned = (): Promise<boolean> => Promise.resolve(false);

/** @param lease Of the folder: it is every claim's lease, and whoever lost it may write no more */
export async function openStores(
  settings: StoreSettings,
  log: Pick<CollectorLog, "error">,
  lease: Pick<Lease, "owner" | "assertHeld">,
  erased?: ErasedNames,
) {
  const dayOf = createDayOf(settings.timeZone);
  const budgets = new Budgets(dayOf);
  const guarded = guardsOf(log, lease);
  const { beforeWrite } = guarded;
  const campaigns = await openCampaignStore(settings.dataDir, guarded);
  const lists = await openListStore(settings.dataDir, { clock: systemClock });
  await lists.prune(systemClock.now() - KEEP_LISTS_MS);
  const fileOf = (name: string): string => join(settings.dataDir, name);
  const counting = { clock: systemClock, ...guarded };
  const testSends = await openTestSends(fileOf("test-sends.jsonl"), budgets, counting);
  const people = await openPeople(settings.dataDir, { ...guarded, erased });
  const { suppression, subscribers, identities, inboxes } = people;
  const accounts = await openAccountStore(fileOf("accounts.json"), guarded);
  const cursors = await openReplyCursorStore(fileOf("reply-cursors.json"), guarded);
  const folder = campaignsFolder(settings.dataDir);
  const contacts = new FileContactHistory({ folder, campaigns: () => campaigns.all() });
  const ledgers = createFileLedgerStore({
    folder,
    budgets,
    clock: systemClock,
    owner: lease.owner,
    beforeWrite,
    testSends,
    joining: { lists, campaigns },
    campaign: (id) => campaigns.stored(id),
    suppression: suppression.binding,
    answers: people.answerStore,
    contacts,
    inboxOf: (channel, account) => inboxes.inboxOf(channel, account),
    known: (channel, username) =>
      channel === "telegram" ? knownAs(subscribers.stored(username)) : identities.known(channel, username),
    optedOut: createOptedOut({ suppression, subscribers }),
    onSnapshotProblem: (problem) => log.error(problem),
  });
  const history = await openHistoryStore(settings.dataDir, guarded);
  const amendments = createAmendmentStore({ folder, beforeWrite });
  const outside = await openOutside(settings.dataDir, guarded);
  return {
    ...outside,
    campaigns,
    amendments,
    history,
    ...readsOf(settings.dataDir, campaigns),
    lists,
    ledgers,
    testSends,
    accounts,
    cursors,
    ...people,
    contacts,
    dayOf,
    /** What is open until everything that writes has stopped. */
    held: [outside.webhookRunner, amendments, history, testSends, ...heldOf(people), outside.events],
  };
}

function guardsOf(log: Pick<CollectorLog, "error">, lease: Pick<Lease, "assertHeld">) {
  const beforeWrite = (): void => lease.assertHeld();
  const onProblem = (error: Error): void => log.error(error);
  return { beforeWrite, onProblem };
}

/** What is known of people whatever the campaign. */
async function openPeople(
  dataDir: string,
  {
    beforeWrite,
    onProblem,
    erased,
  }: {
    readonly beforeWrite: () => void;
    readonly onProblem: (error: Error) => void;
    readonly erased: ErasedNames | undefined;
  },
) {
  const fileOf = (name: string): string => join(dataDir, name);
  return {
    suppression: await openSuppressionStore(fileOf(SUPPRESSION_FILE), beforeWrite, onProblem, erased),
    teamStore: await openTeamStore(fileOf(TEAM_FILE), beforeWrite),
    subscribers: await openSubscriberStore(fileOf(SUBSCRIBERS_FILE), beforeWrite, onProblem),
    identities: createIdentities(dataDir, beforeWrite, onProblem),
    inboxes: createInboxes(systemClock),
    audiences: await openAudienceStore(dataDir, { clock: systemClock, beforeWrite, onProblem }),
    tags: await openTagStore(fileOf(TAGS_FILE), beforeWrite, onProblem),
    ownReplies: await openOwnReplyStore(fileOf(OWN_REPLIES_FILE), beforeWrite),
    answerStore: await openAnswerStore(fileOf(ANSWERS_FILE), { beforeWrite, onProblem }),
  };
}

function readsOf(dataDir: string, campaigns: Pick<CampaignStore, "get">) {
  const folder = campaignsFolder(dataDir);
  return {
    reads: new FileCampaignReads({ folder, campaign: (id) => campaigns.get(id), isOwned }),
    person: createPersonReads(dataDir, isOwned),
  };
}

function heldOf(people: Awaited<ReturnType<typeof openPeople>>): readonly AsyncDisposable[] {
  const { suppression, subscribers, identities, tags, answerStore, ownReplies } = people;
  return [suppression, subscribers, identities, tags, answerStore, ownReplies];
}

/** What is told to others, and whom it lets in. */
async function openOutside(
  dataDir: string,
  guarded: Pick<EventLogParts<CampaignEvent>, "beforeWrite" | "onProblem">,
) {
  const fileOf = (name: string): string => join(dataDir, name);
  const events = await openEvents(fileOf("events"), guarded);
  const webhookStore = await openWebhookStore(fileOf(WEBHOOKS_FILE), guarded);
  const log = { error: (problem: string): void => guarded.onProblem(new Error(problem)) };
  return {
    events,
    feed: events,
    apiTokens: await openApiTokenStore(fileOf(API_TOKENS_FILE), guarded),
    webhookStore,
    webhookRunner: new WebhookRunner({
      webhookStore,
      feed: events,
      clock: systemClock,
      random: Math.random,
      log,
    }),
  };
}

function openEvents(path: string, parts: Pick<EventLogParts<CampaignEvent>, "beforeWrite" | "onProblem">) {
  return openEventLog<CampaignEvent>(path, { isEvent: isCampaignEvent, clock: systemClock, ...parts });
}

/** Opens the file stores that everything stands on, in an order in which each finds what it needs. */
import { join } from "node:path";
import { Budgets } from "../../../domain/accounts/budgets.ts";
import { createDayOf } from "../../../domain/accounts/calendar-day.ts";
import type { CampaignEvent } from "../../../domain/campaign-event.ts";
import { isCampaignEvent } from "../../../domain/campaign-event.ts";
import type { CollectionEvent } from "../../../domain/collecting/collection-event.ts";
import { isCollectionEvent } from "../../../domain/collecting/collection-event.ts";
import { knownAs } from "../../../domain/people/subscriber.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Opened } from "../../../lib/opened.ts";
import { openAccountStore } from "../../../storage/files/accounts/account-store.ts";
import { openTestSends } from "../../../storage/files/accounts/test-sends.ts";
import { createAmendmentStore } from "../../../storage/files/amendments/amendment-store.ts";
import { campaignsFolder } from "../../../storage/files/campaigns/campaign-folders.ts";
import { FileCampaignReads } from "../../../storage/files/campaigns/campaign-reads.ts";
import { openCampaignStore } from "../../../storage/files/campaigns/campaign-store.ts";
import type { FileEventLog } from "../../../storage/files/events/event-log.ts";
import { openEventLog } from "../../../storage/files/events/event-log.ts";
import type { Lease } from "../../../storage/files/folder/lease.ts";
import { openHistoryStore } from "../../../storage/files/history/history-store.ts";
import { API_TOKENS_FILE, openApiTokenStore } from "../../../storage/files/hooks/api-token-store.ts";
import { WEBHOOKS_FILE, openWebhookStore } from "../../../storage/files/hooks/webhook-store.ts";
import { openLeadStore } from "../../../storage/files/leads/lead-store.ts";
import { createFileLedgerStore } from "../../../storage/files/ledger/ledger-store.ts";
import { openListStore } from "../../../storage/files/lists/list-store.ts";
import { FileContactHistory } from "../../../storage/files/people/contact-history.ts";
import type { ErasedNames } from "../../../storage/files/people/suppression-store.ts";
import { createPersonReads } from "../../../storage/files/person/person-reads.ts";
import type { CampaignStore } from "../../../storage/ports/campaigns.ts";
import { createOptedOut } from "../../opted-out.ts";
import { createFileBooks } from "./file-books.ts";
import type { Guards, StorePlace } from "./file-people.ts";
import { openPeople } from "./file-people.ts";
import type { OpenStores, StorageLog } from "../stores.ts";
import { KEEP_LISTS_MS } from "../stores.ts";

export interface FileStoreParts {
  readonly dataDir: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly clock: Clock;
  readonly log: StorageLog;
  /** Of the folder: it is every claim's lease, and whoever lost it may write no more. */
  readonly lease: Pick<Lease, "owner" | "assertHeld">;
  readonly erased: ErasedNames;
  /** Holds what is open until everything that writes has stopped. */
  readonly opened: Opened;
}

export async function openFileStores(parts: FileStoreParts): Promise<OpenStores> {
  const { dataDir, timeZone, clock, log, lease, erased, opened } = parts;
  const guards: Guards = { beforeWrite: () => lease.assertHeld(), onProblem: (error) => log.error(error) };
  const fileOf = (name: string): string => join(dataDir, name);
  const place: StorePlace = { dataDir, fileOf, clock, guards, opened };
  const outside = await openOutside(place);
  const campaigns = await openCampaignStore(dataDir, guards);
  const lists = await openListStore(dataDir, { clock });
  await lists.prune(clock.now() - KEEP_LISTS_MS);
  const { binding, people } = await openBinding(place, erased);
  const budgets = new Budgets(createDayOf(timeZone));
  const counting = { clock, ...guards };
  const testSends = opened.hold(await openTestSends(fileOf("test-sends.jsonl"), budgets, counting));
  const folder = campaignsFolder(dataDir);
  const contacts = new FileContactHistory({ folder, campaigns: () => campaigns.all() });
  return {
    ...outside,
    ...people,
    ...readsOf(dataDir, campaigns),
    ...(await openLeads(place)),
    books: createFileBooks({ dataDir, ...guards }),
    campaigns,
    lists,
    contacts,
    ledgers: createFileLedgerStore({
      folder,
      budgets,
      clock,
      owner: lease.owner,
      beforeWrite: guards.beforeWrite,
      testSends,
      joining: { lists, campaigns },
      campaign: (id) => campaigns.stored(id),
      contacts,
      ...binding,
      onSnapshotProblem: (problem) => log.error(problem),
      ...toldBy(outside.events),
    }),
    accounts: await openAccountStore(fileOf("accounts.json"), guards),
    history: opened.hold(await openHistoryStore(dataDir, guards)),
    amendments: opened.hold(createAmendmentStore({ folder, beforeWrite: guards.beforeWrite })),
  };
}

/** What is told to others, and whom it lets in. */
async function openOutside({ fileOf, clock, guards, opened }: StorePlace) {
  const log = { isEvent: isCampaignEvent, clock, ...guards };
  return {
    events: opened.hold(await openEventLog<CampaignEvent>(fileOf("events"), log)),
    apiTokens: await openApiTokenStore(fileOf(API_TOKENS_FILE), guards),
    webhookStore: await openWebhookStore(fileOf(WEBHOOKS_FILE), guards),
  };
}

async function openLeads({ fileOf, clock, guards, opened }: StorePlace) {
  const log = { isEvent: isCollectionEvent, clock, ...guards };
  return {
    leadLog: opened.hold(await openEventLog<CollectionEvent>(fileOf("lead-events"), log)),
    leadStore: opened.hold(await openLeadStore(fileOf("leads"), guards)),
  };
}

/** Snapshots wait for the feed, and what it may lack is looked for. */
function toldBy(events: Pick<FileEventLog<CampaignEvent>, "wasCut" | "sync">) {
  return { wasCut: events.wasCut, toldForGood: (): Promise<void> => events.sync() };
}

/** What is known of people, and what a claim asks of it. */
async function openBinding(place: StorePlace, erased: ErasedNames) {
  const people = await openPeople(place, erased);
  const { suppression, subscribers, identities, inboxes, answerStore } = people;
  const binding = {
    suppression: suppression.binding,
    answers: answerStore,
    inboxOf: (channel: string, account: string) => inboxes.inboxOf(channel, account),
    known: (channel: string, username: string) =>
      channel === "telegram" ? knownAs(subscribers.stored(username)) : identities.known(channel, username),
    optedOut: createOptedOut({ suppression, subscribers }),
  };
  return { people, binding };
}

/** What is not open in this process, which has the lease, is open nowhere. */
const isOwned = (): Promise<boolean> => Promise.resolve(false);

function readsOf(dataDir: string, campaigns: Pick<CampaignStore, "get">) {
  const folder = campaignsFolder(dataDir);
  return {
    reads: new FileCampaignReads({ folder, campaign: (id) => campaigns.get(id), isOwned }),
    person: createPersonReads(dataDir, isOwned),
  };
}

/** Opens the file stores that everything stands on, in an order in which each finds what it needs. */
import { join } from "node:path";
import type { CollectorLog } from "../collector/save-retries.ts";
import { Budgets } from "../domain/accounts/budgets.ts";
import { createDayOf } from "../domain/accounts/calendar-day.ts";
import type { CampaignEvent } from "../domain/campaign-event.ts";
import { knownAs } from "../domain/people/subscriber.ts";
import { systemClock } from "../lib/clock.ts";
import type { Opened } from "../lib/opened.ts";
import { openAccountStore } from "../storage/files/accounts/account-store.ts";
import { openTestSends } from "../storage/files/accounts/test-sends.ts";
import { createAmendmentStore } from "../storage/files/amendments/amendment-store.ts";
import { campaignsFolder } from "../storage/files/campaigns/campaign-folders.ts";
import { FileCampaignReads } from "../storage/files/campaigns/campaign-reads.ts";
import { openCampaignStore } from "../storage/files/campaigns/campaign-store.ts";
import type { Lease } from "../storage/files/folder/lease.ts";
import { openHistoryStore } from "../storage/files/history/history-store.ts";
import type { FileEventLog } from "../storage/files/events/event-log.ts";
import { createFileLedgerStore } from "../storage/files/ledger/ledger-store.ts";
import { openListStore } from "../storage/files/lists/list-store.ts";
import { FileContactHistory } from "../storage/files/people/contact-history.ts";
import type { ErasedNames } from "../storage/files/people/suppression-store.ts";
import { createPersonReads } from "../storage/files/person/person-reads.ts";
import type { CampaignStore } from "../storage/ports/campaigns.ts";
import { openOutside } from "./open-outside.ts";
import type { Guards } from "./open-people.ts";
import { openPeople } from "./open-people.ts";
import { createOptedOut } from "./opted-out.ts";

/** Lists that were uploaded and never used are thrown away after a week. */
const KEEP_LISTS_MS = 7 * 24 * 3_600_000;

export interface StoreSettings {
  readonly dataDir: string;
  /** IANA name. */
  readonly timeZone: string;
}

export interface StoreParts {
  readonly log: Pick<CollectorLog, "error">;
  /** Of the folder: it is every claim's lease, and whoever lost it may write no more. */
  readonly lease: Pick<Lease, "owner" | "assertHeld">;
  readonly erased?: ErasedNames;
  /** Holds what is open until everything that writes has stopped. */
  readonly opened: Opened;
}

export type OpenStores = Awaited<ReturnType<typeof openStores>>;

export async function openStores(
  { dataDir, timeZone }: StoreSettings,
  { log, lease, erased, opened }: StoreParts,
) {
  const guards = guardsOf(log, lease);
  const dayOf = createDayOf(timeZone);
  const budgets = new Budgets(dayOf);
  const fileOf = (name: string): string => join(dataDir, name);
  const place = { dataDir, fileOf, clock: systemClock, guards, opened };
  const outside = await openOutside(place);
  const campaigns = await openCampaignStore(dataDir, guards);
  const lists = await openListStore(dataDir, { clock: systemClock });
  await lists.prune(systemClock.now() - KEEP_LISTS_MS);
  const people = await openPeople(place, erased);
  const counting = { clock: systemClock, ...guards };
  const testSends = opened.hold(await openTestSends(fileOf("test-sends.jsonl"), budgets, counting));
  const folder = campaignsFolder(dataDir);
  const contacts = new FileContactHistory({ folder, campaigns: () => campaigns.all() });
  return {
    ...outside,
    ...people,
    ...readsOf(dataDir, campaigns),
    campaigns,
    lists,
    contacts,
    dayOf,
    testSends,
    ledgers: createFileLedgerStore({
      folder,
      budgets,
      clock: systemClock,
      owner: lease.owner,
      beforeWrite: guards.beforeWrite,
      testSends,
      joining: { lists, campaigns },
      campaign: (id) => campaigns.stored(id),
      contacts,
      ...bindingOf(people),
      onSnapshotProblem: (problem) => log.error(problem),
      ...toldBy(outside.events),
    }),
    accounts: await openAccountStore(fileOf("accounts.json"), guards),
    history: opened.hold(await openHistoryStore(dataDir, guards)),
    amendments: opened.hold(createAmendmentStore({ folder, beforeWrite: guards.beforeWrite })),
  };
}

function guardsOf(log: StoreParts["log"], lease: StoreParts["lease"]): Guards {
  return { beforeWrite: () => lease.assertHeld(), onProblem: (error) => log.error(error) };
}

/** Snapshots wait for the feed, and what it may lack is looked for. */
function toldBy(events: Pick<FileEventLog<CampaignEvent>, "wasCut" | "sync">) {
  return { wasCut: events.wasCut, toldForGood: (): Promise<void> => events.sync() };
}

/** What a claim asks of people. */
function bindingOf({
  suppression,
  subscribers,
  identities,
  inboxes,
  answerStore,
}: Awaited<ReturnType<typeof openPeople>>) {
  return {
    suppression: suppression.binding,
    answers: answerStore,
    inboxOf: (channel: string, account: string) => inboxes.inboxOf(channel, account),
    known: (channel: string, username: string) =>
      channel === "telegram" ? knownAs(subscribers.stored(username)) : identities.known(channel, username),
    optedOut: createOptedOut({ suppression, subscribers }),
  };
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

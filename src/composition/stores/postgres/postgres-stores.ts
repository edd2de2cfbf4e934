/** Makes the stores in PostgreSQL that everything stands on. None of them keeps anything of its own: all is in the database. */
import { createDayOf } from "../../../domain/accounts/calendar-day.ts";
import type { CampaignEvent } from "../../../domain/campaign-event.ts";
import { isCampaignEvent } from "../../../domain/campaign-event.ts";
import type { CollectionEvent } from "../../../domain/collecting/collection-event.ts";
import { isCollectionEvent } from "../../../domain/collecting/collection-event.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Opened } from "../../../lib/opened.ts";
import { createAccountStore } from "../../../storage/postgres/accounts/account-store.ts";
import { createAmendmentStore } from "../../../storage/postgres/amendments/amendment-store.ts";
import { createAnswerStore } from "../../../storage/postgres/answers/answer-store.ts";
import { createOwnReplyStore } from "../../../storage/postgres/answers/own-reply-store.ts";
import { createAudienceStore } from "../../../storage/postgres/audiences/audience-store.ts";
import { createTagStore } from "../../../storage/postgres/audiences/tag-store.ts";
import { createCampaignReads } from "../../../storage/postgres/campaigns/campaign-reads.ts";
import { createCampaignStore } from "../../../storage/postgres/campaigns/campaign-store.ts";
import type { Database } from "../../../storage/postgres/database.ts";
import {
  createApiTokenStore,
  createTeamStore,
  createWebhookStore,
} from "../../../storage/postgres/documents/kept-stores.ts";
import { createEventLog } from "../../../storage/postgres/events/event-log.ts";
import { createHistoryStore } from "../../../storage/postgres/history/history-store.ts";
import { createLeadStore } from "../../../storage/postgres/leads/lead-store.ts";
import { createPostgresLedgerStore } from "../../../storage/postgres/ledger/ledger-store.ts";
import type { Owner } from "../../../storage/postgres/ledger/owner.ts";
import { createListStore } from "../../../storage/postgres/lists/list-store.ts";
import { createContactHistory } from "../../../storage/postgres/people/contact-history.ts";
import { createIdentities } from "../../../storage/postgres/people/identity-store.ts";
import { createInboxStore } from "../../../storage/postgres/people/inbox-store.ts";
import { createReplyCursorStore } from "../../../storage/postgres/people/reply-cursor-store.ts";
import { createSubscriberStore } from "../../../storage/postgres/people/subscriber-store.ts";
import { createSuppressionStore } from "../../../storage/postgres/people/suppression-store.ts";
import { createPersonReads } from "../../../storage/postgres/person/person-reads.ts";
import type { Wakes } from "../../../storage/postgres/wakes.ts";
import type { Erasing } from "../../../storage/ports/erasing.ts";
import { createOptedOut } from "../../opted-out.ts";
import type { OpenStores } from "../stores.ts";
import { createPostgresBooks } from "./postgres-books.ts";

export interface PostgresStoreParts {
  readonly database: Database;
  /** The same for whoever only looks; absent: over the same connections. */
  readonly looking?: Database;
  readonly wakes: Pick<Wakes, "on">;
  /** The owner of this process's claims; whoever is none claims nothing. */
  readonly owner: Pick<Owner, "id">;
  readonly clock: Pick<Clock, "now">;
  /** IANA name. */
  readonly timeZone: string;
  readonly erased: Pick<Erasing, "has">;
  /** As of {@link PostgresBooksParts}. */
  readonly dataDir: string;
  /** Holds what is open until everything that writes has stopped. */
  readonly opened: Opened;
  readonly onProblem: (error: Error) => void;
}

export function openPostgresStores(parts: PostgresStoreParts): OpenStores {
  const { database, looking = database, opened, owner, clock, timeZone } = parts;
  const people = openPeople(parts);
  const optedOut = createOptedOut(people);
  return {
    ...people,
    ...openTold(parts),
    books: createPostgresBooks(parts),
    campaigns: createCampaignStore(database),
    lists: createListStore(database),
    ledgers: createPostgresLedgerStore({
      database,
      looking,
      owner,
      clock,
      dayOf: createDayOf(timeZone),
      optedOut,
    }),
    accounts: createAccountStore(database),
    amendments: createAmendmentStore(database),
    reads: createCampaignReads(looking),
    history: createHistoryStore(database),
    leadStore: opened.hold(createLeadStore(database)),
    teamStore: createTeamStore(database),
    apiTokens: createApiTokenStore(database),
    webhookStore: createWebhookStore(database),
  };
}

function openPeople({ database, looking = database, erased, opened }: PostgresStoreParts) {
  return {
    person: createPersonReads(looking),
    suppression: opened.hold(createSuppressionStore(database, erased)),
    subscribers: opened.hold(createSubscriberStore(database)),
    identities: createIdentities(database),
    inboxes: createInboxStore(database),
    cursors: createReplyCursorStore(database),
    contacts: createContactHistory(database),
    audiences: createAudienceStore(database),
    tags: opened.hold(createTagStore(database)),
    answerStore: opened.hold(createAnswerStore(database)),
    ownReplies: opened.hold(createOwnReplyStore(database)),
  };
}

function openTold({ database, wakes, opened }: PostgresStoreParts) {
  const campaigns = { name: "campaigns", wakes, isEvent: isCampaignEvent };
  const leads = { name: "leads", wakes, isEvent: isCollectionEvent };
  return {
    events: opened.hold(createEventLog<CampaignEvent>(database, campaigns)),
    leadLog: opened.hold(createEventLog<CollectionEvent>(database, leads)),
  };
}

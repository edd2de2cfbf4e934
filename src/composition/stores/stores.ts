/**
 * What is kept, as the core works with it: ports alone, so that a folder of files and a database do equally well. Owns no
 * decision: `open-storage.ts` beside it chooses.
 */
import type { ServedPart } from "../../app/serving.ts";
import type { OpenSent } from "../../app/drafts/draft-extras.ts";
import type { LookParts } from "../../app/look.ts";
import type { SyncAtWork } from "../../app/sync-control.ts";
import type { Update } from "grammy/types";
import type { Document, DocumentDescription } from "../../bot/documents.ts";
import type { UpdateSpool } from "../../bot/intake/update-spool.ts";
import type { UploadPlace } from "../../bot/uploads.ts";
import type { SimulatorOptions } from "../../channels/simulator/simulator.ts";
import type { KeptXLimits } from "../../channels/x/limit-book.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import type { CollectionEvent } from "../../domain/collecting/collection-event.ts";
import type { PutBackFolder } from "../../domain/restored-mark.ts";
import type { StoreAway } from "../../engine/store-away.ts";
import type { Clock } from "../../lib/clock.ts";
import type { KeepFile, MadeFile } from "../../lib/files/made-file.ts";
import type { Opened } from "../../lib/opened.ts";
import type { PlaceSource } from "../../lib/pace/shared-places.ts";
import type { WindowLimit } from "../../lib/pace/sliding-window.ts";
import type { RequestBox } from "../../storage/files/folder/request-box.ts";
import type { AccountStore } from "../../storage/ports/accounts.ts";
import type { AmendmentStore } from "../../storage/ports/amendments.ts";
import type { AnswerStore } from "../../storage/ports/answers.ts";
import type { ApiTokenStore } from "../../storage/ports/api-tokens.ts";
import type { AudienceStore, TagStore } from "../../storage/ports/audiences.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { Erasing } from "../../storage/ports/erasing.ts";
import type { Duties } from "../../storage/ports/duties.ts";
import type { EventLog, OutcomeLog } from "../../storage/ports/events.ts";
import type { HistoryStore } from "../../storage/ports/history.ts";
import type { Identities } from "../../storage/ports/identities.ts";
import type { InboxStore } from "../../storage/ports/inboxes.ts";
import type { LeadStore } from "../../storage/ports/leads.ts";
import type { LedgerStore } from "../../storage/ports/ledger.ts";
import type { ListStore } from "../../storage/ports/lists.ts";
import type { OwnReplyStore } from "../../storage/ports/own-replies.ts";
import type {
  ContactHistory,
  ReplyCursorStore,
  SubscriberStore,
  SuppressionStore,
} from "../../storage/ports/people.ts";
import type { PersonReads } from "../../storage/ports/person-reads.ts";
import type { CampaignReads } from "../../storage/ports/reads.ts";
import type { TeamStore } from "../../storage/ports/team.ts";
import type { WebhookStore } from "../../storage/ports/webhooks.ts";

/** Lists that were uploaded and never used are thrown away after a week, in ms. */
export const KEEP_LISTS_MS = 7 * 24 * 3_600_000;

/** What channels keep for themselves. */
export interface ChannelBooks {
  /** What X's answers say of limits. */
  xLimits(): Promise<KeptXLimits>;
  /** Who the simulated people are, and their record. @param accounts Kept beside those that are theirs */
  simulated(accounts: readonly string[]): Promise<Omit<SimulatorOptions, "clock">>;
}

export interface OpenStores {
  readonly books: ChannelBooks;
  /** What happens to campaigns, for the chat and for those outside. */
  readonly events: OutcomeLog<CampaignEvent>;
  readonly campaigns: CampaignStore;
  readonly lists: ListStore;
  readonly ledgers: LedgerStore;
  readonly accounts: AccountStore;
  readonly amendments: AmendmentStore;
  readonly reads: CampaignReads;
  readonly person: PersonReads;
  readonly history: HistoryStore;
  readonly suppression: SuppressionStore;
  readonly subscribers: SubscriberStore;
  readonly identities: Identities;
  readonly inboxes: InboxStore;
  readonly cursors: ReplyCursorStore;
  readonly contacts: ContactHistory;
  readonly audiences: AudienceStore;
  readonly tags: TagStore;
  readonly answerStore: AnswerStore;
  readonly ownReplies: OwnReplyStore;
  readonly teamStore: TeamStore;
  readonly apiTokens: ApiTokenStore;
  readonly webhookStore: WebhookStore;
  readonly leadStore: LeadStore;
  readonly leadLog: EventLog<CollectionEvent>;
}

/** Who was erased, and the taking out of their names. */
export interface OpenErasing {
  readonly store: Erasing;
  /** Takes out what is to be taken out. What can't be now is told, and done the next time. */
  carryOut(): Promise<void>;
}

/**
 * What the bot keeps, for the one process at a time that talks with Telegram. It is opened when that begins, for another one
 * may have written there until then.
 */
export interface OpenChat extends AsyncDisposable {
  /** One that can't be understood is set aside and begun anew: none of them decides who is written to. */
  document<T>(description: DocumentDescription<T>): Promise<Document<T>>;
  /** @param handled Ids of updates that an earlier version remembered in a document of its own */
  openSpool(handled: readonly number[]): Promise<UpdateSpool>;
  /** Keeps an update that is not handled any more; answers where. */
  keepAside(update: Update): Promise<string>;
  /** What operators send. */
  readonly uploads: UploadPlace;
  /** Resolves when whatever was opened here may be written no more, and is to be opened anew by whoever talks then. */
  readonly lost: Promise<void>;
}

/** Tells by what it is known by whether something lies on no disk, and reads it. */
export interface SentElsewhere {
  readonly isThere: (path: string) => boolean;
  readonly open: OpenSent;
}

/** What stands in front of the core, as far as it is kept. */
export interface FrontStore {
  openChat(): Promise<OpenChat>;
  /** Opens the pages; it outlives a restart, and bookmarks with it. */
  pageKey(): Promise<string>;
  /** What operators sent, where that lies on no disk; absent: it always does. */
  readonly sent?: SentElsewhere;
  /** For what no chat can take. */
  readonly keepFile: KeepFile;
}

/** All that is kept, open for this process to write to. */
export interface Storage extends AsyncDisposable {
  /** Throws when this process may write no more. */
  readonly beforeWrite: () => void;
  readonly stores: OpenStores;
  readonly front: FrontStore;
  /** What of the stores is open: closed before the storage is, and after all that writes. */
  readonly held: Opened;
  readonly erasing: OpenErasing;
  /** What this data was put back from; absent: it never was. */
  readonly putBack?: PutBackFolder;
  /** Resolves when all of it is to be closed and opened again. */
  readonly mustReopen: Promise<void>;
  /** Absent: all of it is this process's alone. */
  readonly sharing?: Sharing;
  /** The copy elsewhere. */
  readonly sync: SyncAtWork;
  readonly backup: () => Promise<MadeFile>;
  /** Where others ask whoever has all this; absent: each does it itself. */
  readonly requests?: RequestBox;
}

/** What there is where other processes work on the same. */
export interface Sharing {
  /** What this process is called among those that share all this. */
  readonly worker: string;
  /** Who does what. */
  readonly duties: Duties;
  /** The store while it is away. */
  readonly away: StoreAway;
  /** Gives out the places of a lane that all of them share. */
  readonly places: (lane: string, limit: WindowLimit) => PlaceSource;
  /** Calls the listener with every campaign that somebody made or changed, until the returned function is called. */
  watchCampaigns(listener: (id: CampaignId) => void): () => void;
}

export interface StorageSettings {
  readonly dataDir: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Where everything is kept; default `files`. */
  readonly store?: "files" | "postgres";
  readonly databaseUrl?: string;
  /** What this process is called among those that share the database. */
  readonly worker?: { readonly wanted: string; readonly isNumbered: boolean };
  /** What this process does of all there is to do; absent: what nobody else does, for it came for something else. */
  readonly part?: ServedPart;
  readonly syncIntervalS?: number;
  readonly retryDelaysMs?: readonly number[];
}

/** What is looked at, by whoever writes nothing. */
export type OpenReads = Pick<
  LookParts,
  | "campaigns"
  | "person"
  | "reads"
  | "amendments"
  | "subscribers"
  | "audiences"
  | "tags"
  | "history"
  | "leads"
  | "suppressed"
  | "answers"
  | "repliesTo"
  | "team"
  | "tokens"
  | "webhooks"
  | "duties"
>;

/** What a plan is made of: nothing that anybody else can see is changed by it. */
export interface OpenPlanning extends Pick<OpenReads, "campaigns" | "reads" | "audiences" | "tags"> {
  /** Lists on their way to nowhere but the plan. */
  readonly lists: ListStore;
  readonly campaigns: CampaignStore;
  readonly ledgers: Pick<LedgerStore, "sentNames" | "states" | "usedToday">;
  readonly contacts: ContactHistory;
  readonly suppression: SuppressionStore;
  readonly subscribers: SubscriberStore;
  readonly identities: Identities;
  readonly books: ChannelBooks;
  readonly amendments: Pick<AmendmentStore, "read">;
  readonly leadStore: OpenReads["leads"];
  readonly whoAnswered: AnswerStore["answered"];
}

export interface PlanningParts extends ReadsParts {
  /** A folder that is thrown away. */
  readonly scratch: string;
}

export interface ReadsParts {
  /** Told of each thing that can't be read. */
  readonly onProblem: (error: Error) => void;
  /** Holds what is open to look. */
  readonly opened: Opened;
  readonly clock: Clock;
}

export interface StorageParts {
  readonly clock: Clock;
  readonly log: StorageLog;
}

export interface StorageLog {
  error(problem: string | Error): void;
  warn?(text: string): void;
  info?(text: string): void;
}

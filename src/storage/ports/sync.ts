/**
 * The ports of keeping an external database in step with the embedded store. The embedded store is the truth and is only
 * read here; the external one is a copy that says itself how far it has come. What it says of opt-outs comes back.
 */
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import type { ErrorTraits } from "../../domain/errors.ts";
import { PeykError } from "../../domain/errors.ts";
import type { Entry } from "../../domain/journal.ts";
import type { Lead } from "../../domain/collecting/lead.ts";
import type { Ordinal, RecipientState, SkipReason } from "../../domain/recipient.ts";
import type { Suppression, SuppressionChange, SuppressionReason } from "../../domain/people/suppression.ts";
import type { Reason } from "../../domain/reasons/reason.ts";

/** A log of the embedded store whose lines travel in order. `key` names its position in the external database. */
export type Feed = { readonly key: string } & (
  | {
      readonly kind: "recipients";
      readonly campaignId: CampaignId;
      readonly file: string;
      /** Of the file's first line. */
      readonly firstOrdinal: Ordinal;
      /** The log of what became of these recipients. */
      readonly journalKey: string;
    }
  | { readonly kind: "journal"; readonly campaignId: CampaignId }
  | { readonly kind: "suppressions" }
  | { readonly kind: "leads"; readonly list: string }
);

/** Between two lines of a log. */
export interface FeedPosition {
  /** What the embedded store calls the place: kept, compared and given back, and understood by nobody else. */
  readonly cursor: string;
  /** Lines before it. */
  readonly lines: number;
}

/** Where every log begins, one that is not there yet too. */
export const FEED_START: FeedPosition = Object.freeze({ cursor: "", lines: 0 });

/** What the lines of a part say: one element a line, but that not every line of a lead list holds somebody. */
export type FeedLines =
  | { readonly kind: "recipients"; readonly usernames: readonly string[] }
  | { readonly kind: "journal"; readonly entries: readonly Entry[] }
  | { readonly kind: "suppressions"; readonly changes: readonly SuppressionChange[] }
  | {
      readonly kind: "leads";
      readonly leads: readonly CopiedLead[];
      /** People of these lines or of earlier ones who are delivered by these lines. */
      readonly delivered: readonly CopiedDelivery[];
    };

/** A lead as it is copied. */
export interface CopiedLead extends Lead {
  /** ms since the epoch */
  readonly at: number;
  /** Name of the source that showed the person. */
  readonly source: string;
}

/** Somebody of a list was handed to a request. */
export interface CopiedDelivery {
  readonly source: string;
  readonly id: string;
  /** Number of the request in its list, from 1. */
  readonly request: number;
  /** ms since the epoch */
  readonly at: number;
}

/** A lead as the copy has it: kept for later, or delivered. */
export interface KeptLead extends CopiedLead {
  readonly delivery?: Pick<CopiedDelivery, "request" | "at">;
}

export type FeedPart =
  | {
      readonly kind: "part";
      readonly read: FeedLines;
      readonly to: FeedPosition;
      readonly isAtEnd: boolean;
    }
  | { readonly kind: "diverged" };

/** A campaign's document and the hash of its content. */
export interface StoredCampaign {
  readonly campaign: Campaign;
  readonly hash: string;
}

/** The embedded store as a sync reads it, also while a Peyk is at work there. Changes nothing. */
export interface SyncSource {
  /** The id of this data; undefined when nothing was ever started on it. */
  identity(): Promise<string | undefined>;
  /** Every campaign that can be read; what hinders the others is told by `peyk doctor`. */
  campaigns(): Promise<readonly StoredCampaign[]>;
  /** The logs of these campaigns and all others, in the order in which they must travel. */
  feeds(campaigns: readonly StoredCampaign[]): Promise<readonly Feed[]>;
  /** At most so many lines after a position. */
  read(feed: Feed, from: FeedPosition, maxLines: number): Promise<FeedPart>;
  /** What the first `lines` lines of a campaign's journal made of its recipients, in list order. */
  recipients(campaign: Campaign, lines: number): AsyncIterable<CopiedRecipient>;
}

/** What became of a recipient in the end of a stretch of journal. */
export interface Outcome {
  readonly ordinal: Ordinal;
  readonly state: RecipientState;
  /** Of the last claim in the stretch; absent: as before. */
  readonly account?: string;
  /** Attempts in the stretch. */
  readonly claims: number;
  /** ms since the epoch */
  readonly at: number;
  readonly messageId?: string;
  readonly why?: string;
  readonly skipReason?: SkipReason;
  /** Where the stretch begins with an ending: in which states it can; in any other it came late and changes nothing. */
  readonly ends?: readonly RecipientState[];
  /** Number of the last line about this recipient, from 1: what is older changes nothing any more. */
  readonly line: number;
}

/** What a stretch of lines changes in the external database, as statements that may be repeated. */
export type Step =
  | {
      readonly kind: "recipients";
      readonly campaignId: CampaignId;
      readonly firstOrdinal: Ordinal;
      readonly usernames: readonly string[];
    }
  | { readonly kind: "outcomes"; readonly campaignId: CampaignId; readonly outcomes: readonly Outcome[] }
  /** Everybody of a campaign in one of these states goes to another; `cancelAll` gives the reason with it. */
  | {
      readonly kind: "cancelAll" | "retryAll";
      readonly campaignId: CampaignId;
      readonly from: readonly RecipientState[];
      readonly to: RecipientState;
    }
  | {
      readonly kind: "suppressions";
      readonly added: readonly Suppression[];
      readonly removed: readonly string[];
    }
  | { readonly kind: "leads"; readonly list: string; readonly leads: readonly CopiedLead[] }
  | { readonly kind: "deliveries"; readonly list: string; readonly delivered: readonly CopiedDelivery[] };

/** A recipient as the external database has it; compared field by field. */
export interface CopiedRecipient {
  readonly ordinal: Ordinal;
  readonly username: string;
  readonly state: RecipientState;
  readonly attempts: number;
  readonly account: string | null;
  /** ms since the epoch */
  readonly at: number | null;
  readonly messageId: string | null;
  readonly why: string | null;
  readonly skipReason: string | null;
}

/** Somebody who was removed or opted out on the database's side, to be taken into the do-not-send list. */
export interface OptOut {
  readonly id: number;
  /** As it was written there. */
  readonly username: string;
  readonly reason: SuppressionReason;
  readonly note: string | null;
  /** ms since the epoch */
  readonly at: number;
}

/** One connection to the external database. After an error it is of no more use. */
export interface ExternalStore extends AsyncDisposable {
  /**
   * Tells whether this connection is the one that may copy: takes the place when it is free. At that moment it reads
   * how far the copy has come.
   */
  lead(): Promise<boolean>;
  /** How far a log has travelled; the start for one that never did. */
  position(feedKey: string): FeedPosition;
  campaignHash(id: CampaignId): string | undefined;
  saveCampaigns(campaigns: readonly StoredCampaign[]): Promise<void>;
  /** Makes the steps and moves the log's position, in one transaction, if it still is where it was. */
  apply(feed: Feed, steps: readonly Step[], to: FeedPosition): Promise<void>;
  /** Takes back what a log said, and what another said of the same people, in one transaction: both begin anew. */
  restart(feed: Feed): Promise<void>;
  /** Opt-outs nobody took in yet, oldest first. */
  optOuts(max: number): Promise<readonly OptOut[]>;
  countOptOuts(): Promise<number>;
  /** Marks opt-outs as taken in; those with a problem can't be, and the problem is kept beside them. */
  answerOptOuts(answers: readonly { readonly id: number; readonly problem?: string }[]): Promise<void>;
  /** The whole copy as it is at one moment, whatever is written meanwhile. */
  snapshot<T>(look: (copy: ExternalCopy) => Promise<T>): Promise<T>;
}

/** The copy, for the comparison. */
export interface ExternalCopy {
  position(feedKey: string): FeedPosition;
  campaigns(): Promise<ReadonlyMap<CampaignId, string>>;
  recipients(id: CampaignId): AsyncIterable<CopiedRecipient>;
  suppressions(): Promise<readonly Suppression[]>;
  leadLists(): Promise<readonly string[]>;
  leads(list: string): AsyncIterable<KeptLead>;
}

export interface ExternalTraits extends ErrorTraits {
  readonly reason: Reason;
  readonly isShut?: boolean;
}

/** The external database did not do what was asked. The message is one line for people and holds no secret. */
export class ExternalStoreError extends PeykError {
  override readonly name = "ExternalStoreError";
  override readonly reason: Reason;
  /** It lets nobody in until somebody has mended that: whoever is to start says so, and whoever is at work waits. */
  readonly isShut: boolean;

  constructor(message: string, { reason, isShut = false, ...traits }: ExternalTraits) {
    super(message, traits);
    this.reason = reason;
    this.isShut = isShut;
  }
}

/** Connects to the external database of a data folder and brings its tables up to date. */
export type ConnectExternal = (identity: string) => Promise<ExternalStore>;

/** A text as the external database can keep it: without NUL, which it refuses, and without halves of characters. */
export function keepable(text: string): string {
  return Buffer.from(text.replaceAll("\0", "\ufffd")).toString();
}

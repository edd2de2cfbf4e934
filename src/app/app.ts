/**
 * What an operator can ask for, whatever they ask with: the bot, the command line and the library call only this.
 * Each use case is a file beside this one; here is their common face. Expected refusals are values with a `problem`,
 * which the caller turns into a sentence in the operator's language.
 */
import type { Campaign, CampaignId } from "../domain/campaign.ts";
import type { ChannelManifest, MessageExtras } from "../channels/channel.ts";
import type { CampaignEvent } from "../domain/campaign-event.ts";
import type { Caps } from "../domain/limits.ts";
import type { Counts, RecipientState, SkipReason } from "../domain/recipient.ts";
import type { InvalidReason } from "../domain/username.ts";
import type { AccountReport } from "./check-accounts.ts";
import type { CheckpointImport } from "./import-checkpoint.ts";
import type { LeadsDesk } from "./leads/leads-desk.ts";
import type { SubscriberDesk } from "./subscribers.ts";
import type { SuppressionDesk } from "./suppress.ts";
import type { SyncDesk } from "./sync-desk.ts";
import type { ResultRow } from "../storage/stores.ts";

/** Where a list comes from: an uploaded file already on this disk, or text pasted into the chat. */
export type ListSource =
  | {
      readonly kind: "file";
      readonly path: string;
      readonly name: string;
      readonly mimeType?: string;
    }
  | { readonly kind: "text"; readonly text: string }
  /** Everybody who is subscribed now, or those who came through one link. */
  | { readonly kind: "subscribers"; readonly source?: string }
  /** Everybody delivered to a list of leads. */
  | { readonly kind: "leads"; readonly list: string };

export interface ImportRequest {
  readonly source: ListSource;
  /** Task id the list is for: names its checkpoint marks as sent are counted. */
  readonly campaignId: CampaignId;
  /** The campaign's rule; absent: that of the campaign with this id, if there is one. */
  readonly rule?: { readonly channel: string; readonly notWithinDays: number };
  /** Name of the username column, when the operator had to be asked. */
  readonly usernameColumn?: string;
}

export type { InvalidReason };

export interface InvalidRow {
  /** Line in the file or pasted text, from 1. */
  readonly line: number;
  /** The cell as given, at most 64 characters of it. */
  readonly text: string;
  readonly reason: InvalidReason;
}

/** What cleaning a list found; `read = valid + duplicates + invalid`. the valid ones that will be skipped are counted once each. */
export interface ListReport {
  readonly kind: "report";
  readonly listId: string;
  /** The file's name, "pasted", "subscribers" or "subscribers:" with their source. */
  readonly origin: string;
  readonly read: number;
  readonly valid: number;
  readonly duplicates: number;
  readonly invalid: number;
  readonly alreadySent: number;
  /** On the do-not-send list. */
  readonly suppressed: number;
  /** Written to by another campaign within the days of the rule; absent without one. */
  readonly contactedLately?: number;
  /** Columns a message may use as `{{variables}}`, without the username column. */
  readonly columns: readonly string[];
  /** The first ten. */
  readonly firstInvalid: readonly InvalidRow[];
  readonly rejectedFile?: string;
}

/** Why a source gave no list. The dialogue says so and waits for another one. */
export type ListProblem =
  | { readonly kind: "problem"; readonly problem: "picture" | "pdf" | "video" | "otherFile" | "empty" }
  | { readonly kind: "problem"; readonly problem: "tooBig"; readonly maxBytes: number }
  /** Unpacks to far more than a list could be. */
  | { readonly kind: "problem"; readonly problem: "zipBomb" }
  /** Says it is .xlsx or .json and can't be read as one. `line` where the format has lines. */
  | {
      readonly kind: "problem";
      readonly problem: "broken";
      readonly format: "xlsx" | "json" | "csv";
      readonly line?: number;
    }
  | {
      readonly kind: "problem";
      readonly problem: "noUsableName";
      readonly read: number;
      readonly firstInvalid: readonly InvalidRow[];
    }
  /** Several columns could hold the usernames: ask which. `columns` with up to three sample cells each. */
  | {
      readonly kind: "problem";
      readonly problem: "chooseColumn";
      readonly columns: readonly { readonly name: string; readonly samples: readonly string[] }[];
    };

/** A campaign in the making, as the dialogue collects it. Plain data: it survives storing as JSON. */
export interface Draft {
  readonly campaignId: CampaignId;
  readonly listId: string;
  readonly origin: string;
  readonly message: string;
  /** What the message has beside its text; the attachment lies on this disk until the start copies it. */
  readonly extras?: MessageExtras;
  readonly channel: string;
  readonly accounts: readonly { readonly name: string; readonly caps: Caps }[];
  /** From 1; see {@link Campaign.notWithinDays}. */
  readonly notWithinDays?: number;
}

export interface ChannelChoice {
  readonly name: string;
  readonly reachesPeople: boolean;
  readonly maxMessageLength: number;
  /** The same beside an attachment, where that is less. */
  readonly maxCaptionLength?: number;
  /** What a message can be beside plain text; absent: plain text only. */
  readonly takes?: NonNullable<ChannelManifest["extras"]>;
  readonly accounts: readonly { readonly name: string; readonly caps: Caps }[];
}

export type { MessageExtras } from "../channels/channel.ts";

/** What a message must fit into, and what it has beside its text. */
export interface MessageForm {
  readonly channel: Pick<ChannelChoice, "maxMessageLength" | "maxCaptionLength" | "takes">;
  readonly extras?: MessageExtras;
}

export type MessageProblem =
  | { readonly problem: "empty" }
  | { readonly problem: "tooLong"; readonly length: number; readonly max: number }
  /** Variables that no column of the list fills. */
  | {
      readonly problem: "unknownVariables";
      readonly unknown: readonly string[];
      readonly known: readonly string[];
    }
  | { readonly problem: "brokenVariable"; readonly text: string }
  /** The channel can't send this. */
  | { readonly problem: "notTaken"; readonly extra: keyof NonNullable<ChannelManifest["extras"]> };

/** How many, through what, until when. */
export interface Plan {
  readonly toSend: number;
  readonly alreadySent: number;
  /** On the do-not-send list, or written to too lately for the draft's rule. */
  readonly suppressed: number;
  readonly accounts: readonly { readonly name: string; readonly caps: Caps; readonly usedToday: number }[];
  /** Expected moment of the last send, ms since the epoch; absent when no limit says anything about it. */
  readonly finishesAt?: number;
  /** Days on which something is sent, from 1. */
  readonly days: number;
  /** What the platform charges at most, in US dollars, by its prices of that day (YYYY-MM-DD); absent where it is free. */
  readonly cost?: { readonly dollars: number; readonly asOf: string };
}

export interface Preview {
  readonly username: string;
  /** As it is sent: HTML where the draft's extras say so. */
  readonly text: string;
}

export type TestSendResult =
  | { readonly kind: "sent"; readonly username: string; readonly messageId: string }
  | { readonly kind: "notSent"; readonly username: string; readonly why: string }
  | { readonly kind: "uncertain"; readonly username: string; readonly why: string }
  | { readonly kind: "badName"; readonly reason: InvalidReason };

export type ActionResult =
  | { readonly ok: true }
  /** The campaign's state does not allow it (pressed late or twice); `status` is how it stands. */
  | { readonly ok: false; readonly problem: "unknownCampaign" | "notNow" | "nothingToDo" };

/** How a campaign stands; every front end shows these very numbers. */
export interface CampaignView {
  readonly campaign: Campaign;
  readonly counts: Counts;
  /** Sum of the counts. */
  readonly imported: number;
  /** Settled recipients a second over the last while; 0 when nothing moves. */
  readonly ratePerSecond: number;
  /** Expected moment of the end, ms since the epoch; absent when unknown. */
  readonly finishesAt?: number;
  readonly resting: readonly {
    readonly account: string;
    readonly trouble: "capped" | "resting" | "locked" | "loggedOut";
    readonly until?: number;
  }[];
  readonly lastError?: { readonly username?: string; readonly why: string; readonly at: number };
  readonly oldestUncertainAt?: number;
  /** Uncertain ones whom the channel is being asked about; absent when there are none. */
  readonly checking?: number;
}

/** One recipient in doubt, as a card shows it. */
export interface UncertainCard {
  readonly username: string;
  readonly account: string;
  /** ms since the epoch */
  readonly claimedAt: number;
  /** The channel can be asked whether it arrived. */
  readonly canCheck: boolean;
}

export type { ResultRow };

export type { CampaignEvent } from "../domain/campaign-event.ts";

export type { AccountReport } from "./check-accounts.ts";
export type { CheckpointImport, CheckpointProblem } from "./import-checkpoint.ts";
export type { SourceCount, SubscriberDesk } from "./subscribers.ts";
export type { InvalidName, SuppressionDesk, SuppressionResult } from "./suppress.ts";

export interface App {
  /** A task id for a campaign that was given none; not in use yet. */
  newCampaignId(): CampaignId;
  importList(request: ImportRequest): Promise<ListReport | ListProblem>;
  discardList(listId: string): Promise<void>;
  channels(): Promise<readonly ChannelChoice[]>;
  /** Looks a message over before anything else is asked. @param room Longest text, or the channel and the extras */
  checkMessage(
    message: string,
    columns: readonly string[],
    room: number | MessageForm,
  ): readonly MessageProblem[];
  plan(draft: Draft): Promise<Plan>;
  /** The exact texts for up to three real recipients. */
  preview(draft: Draft): Promise<readonly Preview[]>;
  /** Sends the draft's message to one name now, outside the campaign. */
  testSend(draft: Draft, username: string): Promise<TestSendResult>;
  /** Starts the campaign; a campaign with this id that exists already gains the new names and goes on. */
  start(
    draft: Draft,
    consent: { readonly statement: string; readonly by: string; readonly operatorId?: number },
  ): Promise<ActionResult>;
  /** How every account of every channel fares; asks the platforms, so it may take some seconds. */
  accounts(): Promise<readonly AccountReport[]>;
  /** The same by what is known here, at once and without `check`. */
  standings(): Promise<readonly AccountReport[]>;
  campaigns(): readonly Campaign[];
  view(id: CampaignId): Promise<CampaignView | undefined>;
  pause(id: CampaignId): Promise<ActionResult>;
  resume(id: CampaignId): Promise<ActionResult>;
  cancel(id: CampaignId): Promise<ActionResult>;
  retryFailed(id: CampaignId): Promise<ActionResult>;
  uncertain(id: CampaignId): Promise<readonly UncertainCard[]>;
  /** Settles one recipient in doubt. `check` asks the channel; answers the state afterwards. */
  resolve(
    id: CampaignId,
    username: string,
    decision: "check" | "sent" | "again" | "skip",
  ): Promise<RecipientState | "notUncertain">;
  /**
   * Writes the results with headings in the given words, as CSV unless another format is asked for, and answers the
   * file's path; undefined for an unknown id. No cell starts a formula. Columns: username, state, account, time,
   * attempts, message id, reason. JSON has the same under fixed names and takes no words.
   */
  exportResults(id: CampaignId, words: ResultWords, file?: ResultsFile): Promise<string | undefined>;
  /** What became of every recipient, in list order; undefined for an unknown id. */
  results(id: CampaignId): Promise<AsyncIterable<ResultRow> | undefined>;
  /** Takes in a checkpoint file that another tool or a person wrote; its names are written to no more. */
  importCheckpoint(path: string): Promise<CheckpointImport>;
  /** The do-not-send list. */
  readonly suppress: SuppressionDesk;
  /** Who pressed Start on the bot. */
  readonly subscribers: SubscriberDesk;
  /** Collecting leads, and what becomes of them. */
  readonly leads: LeadsDesk;
  /** The copy in PostgreSQL. */
  readonly sync: SyncDesk;
  /** Removes a finished campaign's checkpoint. */
  cleanup(id: CampaignId): Promise<ActionResult>;
  /** Calls the listener for every event until the returned function is called. */
  watch(listener: (event: CampaignEvent) => void): () => void;
}

/** The words of the results file in the operator's language. */
export interface ResultWords {
  readonly headings: readonly [string, string, string, string, string, string, string];
  state(state: RecipientState, skipReason?: SkipReason): string;
  time(at: number): string;
  reason(why: string): string;
}

export const resultFormats = ["csv", "xlsx", "json"] as const;

/** What the results are written as. */
export interface ResultsFile {
  readonly format: (typeof resultFormats)[number];
  /** Where to; a file that is there is replaced. Absent: a file of its own among the exports. */
  readonly path?: string;
}

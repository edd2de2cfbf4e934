/**
 * What an operator can ask for, whatever they ask with: the bot, the command line and the library call only this.
 * Each use case is a file beside this one; here is their common face. Expected refusals are values with a `problem`,
 * which the caller turns into a sentence in the operator's language.
 */
import type { AgainGroup } from "../domain/again.ts";
import type { AccountWait, Campaign, CampaignId } from "../domain/campaign.ts";
import type { CampaignEvent } from "../domain/campaign-event.ts";
import type { WayOn } from "../domain/settings/after-look.ts";
import type { Counts, RecipientState } from "../domain/recipient.ts";
import type { AmendedView, Amending } from "./amending/amending.ts";
import type { NamedCampaign } from "./campaigns/campaign-id.ts";
import type { AddingNames } from "./campaigns/adding-names.ts";
import type { Changing } from "./campaigns/changing.ts";
import type { ReportPicture } from "./report/report-picture.ts";
import type { Deliveries } from "../domain/report/attempts.ts";
import type { StoreWord } from "./health/store-watch.ts";
import type { WorkerView } from "./health/workers.ts";
import type { AccountReport } from "./health/check-accounts.ts";
import type { Reason } from "../domain/reasons/reason.ts";
import type {
  DraftAttachment,
  ChannelChoice,
  Draft,
  MessageForm,
  MessageProblem,
  Plan,
  Preview,
  StartResult,
  TestSendResult,
  ExistingCampaign,
} from "./drafts/draft.ts";
import type { Team } from "./team/team.ts";
import type { Approving } from "./campaigns/approving.ts";
import type { Acting } from "./history/history.ts";
import type { Checkpoint, CheckpointImport } from "./campaigns/import-checkpoint.ts";
import type { Leads } from "./leads/leads.ts";
import type { ImportRequest, ListProblem, ListReport, RejectedWords } from "./lists/list-report.ts";
import type { DecisionOnAll, ResolvedAll } from "./campaigns/resolve-all.ts";
import type { MadeFile } from "../lib/files/made-file.ts";
import type { ResultFormat, ResultRow, ResultWords } from "./campaigns/results-file.ts";
import type { Audiences } from "./audiences/audiences.ts";
import type { GrowthLook } from "./growth/growth.ts";
import type { Welcome } from "./welcome/welcome.ts";
import type { Subscribers } from "./people/subscribers.ts";
import type { AnsweredView } from "./people/answered.ts";
import type { Answers } from "./people/answers.ts";
import type { ErasingPeople } from "./people/erase.ts";
import type { AskingWho } from "./people/who.ts";
import type { DoNotSendList } from "./people/suppress.ts";
import type { Scheduling } from "./when/scheduling.ts";
import type { WhenReading } from "./when/when-reading.ts";
import type { EventFeed } from "./event-hub.ts";
import type { Tokens } from "./hooks/tokens.ts";
import type { Webhooks } from "./hooks/webhooks.ts";
import type { TakingRows } from "./lists/list-of-rows.ts";
import type { SyncControl } from "./sync-control.ts";

export type ActionResult =
  | { readonly ok: true }
  /** The campaign's state does not allow it (pressed late or twice); `status` is how it stands. */
  | { readonly ok: false; readonly problem: "unknownCampaign" | "notNow" | "nothingToDo" };

/** How a campaign stands; every front end shows these very numbers. */
export interface CampaignView extends AmendedView, AnsweredView {
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
    readonly trouble: AccountWait["trouble"];
    readonly until?: number;
  }[];
  readonly lastError?: { readonly username?: string; readonly why: Reason; readonly at: number };
  readonly oldestUncertainAt?: number;
  /** Recipients sent to again by the operator's choice, who may have the message twice; absent when there are none. */
  readonly sentAgain?: number;
  /** What it cost so far at most, in US dollars by the prices of that day (YYYY-MM-DD); absent where sending is free. */
  readonly spent?: { readonly dollars: number; readonly asOf: string };
  /** Running campaigns that go first through accounts they share with it; absent when there are none. */
  readonly behind?: readonly CampaignId[];
  /** There are campaigns under way that share its accounts, and it does not go before all of them. */
  readonly canGoFirst?: true;
  /** Uncertain ones whom the channel is being asked about; absent when there are none. */
  readonly checking?: number;
}

/** A campaign's report: where everybody stands, and how the messages went out. */
export interface CampaignReport {
  readonly view: CampaignView;
  readonly deliveries: Deliveries;
}

/** Says a report in the words of one language. */
export type ReportWords = (report: CampaignReport) => ReportPicture;

/** One uncertain recipient, as a card shows it. */
export interface UncertainCard {
  readonly username: string;
  readonly account: string;
  /** ms since the epoch */
  readonly claimedAt: number;
  /** Id of the claim, by which this uncertainty is told from any later one of the same name. */
  readonly claim: string;
  /** The channel can be asked whether it arrived. */
  readonly canCheck: boolean;
}

export interface App
  extends
    AddingNames,
    Changing,
    Amending,
    Scheduling,
    AskingWho,
    ErasingPeople,
    Acting,
    Approving,
    TakingRows {
  /** Reads what operators type about time. */
  readonly when: WhenReading;
  /** A task id for a campaign that was given none; not in use yet. */
  newCampaignId(): Promise<CampaignId>;
  /** Which campaign, there already or to come, a task id means. All that takes an id below takes any spelling of it. */
  nameCampaign(given: string): Promise<NamedCampaign>;
  /** @param signal Ends the reading; it rejects with the signal's reason and leaves nothing behind */
  importList(request: ImportRequest, signal?: AbortSignal): Promise<ListReport | ListProblem>;
  /** The rows of an imported list that name nobody as a CSV file in the given words; undefined when there are none. */
  rejectedRows(listId: string, words: RejectedWords): Promise<MadeFile | undefined>;
  /** Tells whether an imported list is still there; asked about, it is kept for another while. */
  hasList(listId: string): Promise<boolean>;
  discardList(listId: string): Promise<void>;
  channels(): Promise<readonly ChannelChoice[]>;
  /** Reads a draft's attachment from its start, one of the campaign's own by its name there; fails when it can't be read. */
  attachment(id: CampaignId, attachment: DraftAttachment): AsyncIterable<Uint8Array>;
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
  testSend(draft: Draft, username: string, language?: string): Promise<TestSendResult>;
  /** The campaign of an id as whoever adds to it must know it; undefined when there is none. */
  existing(id: CampaignId): Promise<ExistingCampaign | undefined>;
  /** How many of a campaign's people a new one can be made for, by what became of them; undefined for an unknown id. */
  againGroups(id: CampaignId): Promise<Readonly<Record<AgainGroup, number>> | undefined>;
  /**
   * Starts the campaign. One with this id that exists already gains the new names, takes corrected values for whoever is
   * still to be written to, and goes on, as the draft's terms allow; a person's pause stays.
   * @param consent Without a statement the campaign's own stays
   */
  start(
    draft: Draft,
    consent: { readonly statement?: string; readonly by: string; readonly operatorId?: number },
  ): Promise<StartResult>;
  /** How every account of every channel fares; asks the platforms, so it may take some seconds. */
  accounts(): Promise<readonly AccountReport[]>;
  /** The same by what is known here, at once and without `check`. */
  accountHealth(): Promise<readonly AccountReport[]>;
  /** Which process does what, of those that share the work; undefined where one does everything. */
  workers(): Promise<readonly WorkerView[] | undefined>;
  campaigns(): Promise<readonly Campaign[]>;
  view(id: CampaignId): Promise<CampaignView | undefined>;
  /** @param by Whose word it is, as in the three below: the id of an operator, or the name of a program */
  pause(id: CampaignId, by?: string): Promise<ActionResult>;
  /** @param way Where it waits for a person's word: with everybody (absent), or with as many or as much again */
  resume(id: CampaignId, by?: string, way?: WayOn): Promise<ActionResult>;
  /** Lets one go on that was put back from a backup, whoever may have been written to since; `notNow`: it was not, or may already. */
  confirmRestored(id: CampaignId, by?: string): Promise<ActionResult>;
  /** It goes before all campaigns that share its accounts, from the next send on. `nothingToDo`: it does already. */
  goFirst(id: CampaignId, by?: string): Promise<ActionResult>;
  cancel(id: CampaignId, by?: string): Promise<ActionResult>;
  /** Nobody else is followed up. `nothingToDo`: no follow-up is planned or under way, or they were ended already. */
  cancelFollowUps(id: CampaignId, by: string): Promise<ActionResult>;
  retryFailed(id: CampaignId, by?: string): Promise<ActionResult>;
  uncertain(id: CampaignId): Promise<readonly UncertainCard[]>;
  /** Settles one uncertain recipient. `check` asks the channel; answers the state afterwards. */
  resolve(
    id: CampaignId,
    username: string,
    decision: "check" | "sent" | "again" | "skip",
  ): Promise<RecipientState | "notUncertain">;
  /** Decides on all of these claims that are still uncertain, and on nobody else. */
  resolveAll(id: CampaignId, request: DecisionOnAll): Promise<ResolvedAll>;
  /**
   * The results as a file with headings in the given words, as CSV unless another format is asked for; undefined for an
   * unknown id. No cell starts a formula. Columns: username, state, account, time,
   * attempts, message id, reason, reason code, revision, when they were added, when they answered. JSON has the same under fixed names and takes no words.
   */
  exportResults(id: CampaignId, words: ResultWords, format?: ResultFormat): Promise<MadeFile | undefined>;
  /** What became of every recipient, in list order; undefined for an unknown id. */
  results(id: CampaignId): Promise<AsyncIterable<ResultRow> | undefined>;
  /** Where everybody stands, and how the messages went out; undefined for an unknown id. */
  report(id: CampaignId): Promise<CampaignReport | undefined>;
  /** The report as a picture in the given words, PNG; undefined for an unknown id. */
  drawReport(id: CampaignId, words: ReportWords): Promise<Uint8Array | undefined>;
  /** Takes in a checkpoint that another tool or a person wrote; its names are written to no more. */
  honourCheckpoint(checkpoint: Checkpoint): Promise<CheckpointImport>;
  /** The do-not-send list. */
  readonly suppress: DoNotSendList;
  /** Who pressed Start on the bot. */
  readonly subscribers: Subscribers;
  /** How the subscribers grow. */
  readonly growth: GrowthLook;
  /** The campaign that writes once to each new subscriber. */
  readonly welcome: Welcome;
  /** People kept under a name, and tags. */
  readonly audiences: Audiences;
  /** Everything that is kept, in one file. */
  backup(): Promise<MadeFile>;
  /** Who has which role. */
  readonly team: Team;
  /** What people answer. */
  readonly answers: Answers;
  /** Collecting leads, and what becomes of them. */
  readonly leads: Leads;
  /** The copy in PostgreSQL. */
  readonly sync: SyncControl;
  /** What lets other programs in. */
  readonly tokens: Tokens;
  /** Where events are posted to. */
  readonly webhooks: Webhooks;
  /** What happens, by number, for other programs. */
  readonly feed: EventFeed;
  /** Removes a finished campaign's checkpoint. */
  cleanup(id: CampaignId): Promise<ActionResult>;
  /**
   * Calls the listener for every event behind a number, by default behind the last one there is, until the returned function
   * is called; that one resolves when all that happened before the call was heard.
   */
  watch(listener: (event: CampaignEvent, number: number) => void, after?: number): () => Promise<void>;
  /** Calls the listener when what is kept can't be reached for some seconds, and when it can again, until the returned function is called. */
  watchStore(listener: (word: StoreWord) => void): () => void;
}

/**
 * The port to who is written to: claiming and settling every recipient of a campaign. Written in the verbs of those who use
 * it and free of any file, connection or single process; tests/contracts/ holds every implementation to it. What writes
 * resolves when the change is durable.
 *
 * All of it goes by the store's time: whoever asks has a clock of its own, so moments are neither taken from it nor given
 * for it to go by. A wait is answered as its length.
 *
 * A claim has an owner, the process that made it, and a lease. As long as the lease lasts nobody else settles the claim or
 * takes it for abandoned, whoever opens the campaign beside. Once it is gone, its owner calls for nobody by it any more
 * ({@link Ledger.leave}) and whatever it still asks to have written is refused; {@link Ledger.sweep} settles the claim for
 * it: as uncertain, or as planned where the call surely never left. In files the data folder's lease is every claim's.
 */
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import type { Claim, Ending } from "../../domain/journal.ts";
import type { Limit } from "../../domain/accounts/limits.ts";
import type { Closed } from "../../domain/may-send.ts";
import type { ClaimTotals } from "../../domain/claim-tally.ts";
import type { Hold } from "../../domain/settings/holds.ts";
import type { SendPrices } from "../../domain/settings/spending.ts";
import type { Counts, Ordinal, RecipientState, SkipReason, Variables } from "../../domain/recipient.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { RecordedEnding, ToldEndings } from "./told-endings.ts";

/** Asks for the next due recipient on behalf of one account. */
export interface ClaimRequest {
  readonly account: string;
  /** Limits on messages, checked against every claim of this account in any campaign through the same channel in the step that debits it. */
  readonly caps: readonly Limit[];
  /** Limits on calls: as the caps, but a call stays counted even when it surely delivered nothing. */
  readonly rates: readonly Limit[];
  /**
   * Whoever was written to through this channel before is claimed only when what they may have answered is known by a
   * reading that began within so many ms ({@link InboxStore}); until then they stay planned and others are looked at.
   * Absent: nobody reads answers.
   */
  readonly heardWithinMs?: number;
  /** What the platform charges for a send; absent where it is free, and then no spend cap holds. */
  readonly prices?: SendPrices;
  /** The call comes after a wait, and {@link Ledger.leave} before it. */
  readonly waits?: boolean;
}

/** An account, and the limits that a claim for it goes by. */
export type LimitedAccount = Pick<ClaimRequest, "account" | "caps" | "rates">;

/**
 * Limits keep an account from a claim for so long; infinity: one allows nothing at all. `isPaced`: the speed that is set for the
 * campaign as a whole is used up for longer than the account's limits.
 */
export interface LimitWait {
  readonly freeInMs: number;
  readonly isPaced?: true;
}

/** Asks to send one message outside any claim. */
export type TestSendRequest = Omit<ClaimRequest, "heardWithinMs" | "waits" | "prices"> &
  Record<"channel" | "username", string>;

/** Somebody who was due and may not be written to: journaled as skipped, never claimed. */
export interface PassedOver {
  readonly ordinal: Ordinal;
  readonly username: string;
  readonly reason: SkipReason;
  /** For `otherCampaign`: which. */
  readonly by?: CampaignId;
}

/**
 * What a claim came to. `skipped`: who was passed over on the way, `unread`: accounts whose inboxes must be read before somebody
 * is claimed who was left out; absent when there are none.
 */
export type ClaimAnswer = {
  readonly skipped?: readonly PassedOver[];
  readonly unread?: readonly string[];
} & ClaimOutcome;

type ClaimOutcome =
  /** On disk: the send may begin. */
  | { readonly kind: "claimed"; readonly claim: Claim }
  /**
   * Nobody is due now; `dueInMs` until somebody will be, absent when nobody is planned. `unheard`: somebody is left out until
   * it is known what they answered. `others`: accounts that alone may write to somebody else who is planned, absent when
   * there are none; none of the rest is about those.
   */
  | {
      readonly kind: "noneDue";
      readonly dueInMs?: number;
      readonly unheard?: true;
      readonly others?: readonly string[];
    }
  /**
   * The campaign as it is stored may not send now; `opensInMs` until it may by itself or is to be asked again, absent when
   * somebody must change it. `by`: the campaign, as it is stored, that holds this one, which follows it up.
   */
  | {
      readonly kind: "closed";
      readonly why: Closed["why"];
      readonly by?: CampaignId;
      readonly opensInMs?: number;
    }
  /** Nobody more may be claimed until a person has looked; the campaign pauses once nothing of it is in flight. */
  | { readonly kind: "held"; readonly hold: Hold }
  /** The account has used its limits up. */
  | ({ readonly kind: "capped" } & LimitWait);

/** People who are to join a campaign that is there already. */
export interface NewNames {
  /** Of a stored list; it stays stored. Given once more after they joined, it changes nothing. */
  readonly listId: string;
  /** What the operator gave: the file's name, or "pasted". */
  readonly origin: string;
  /** Whose word it is: Telegram id of the operator, or the name of a program or login. */
  readonly by: string;
  /** Where the permission to write to them comes from; absent: the campaign's own statement stays. */
  readonly statement?: string;
  /** They are whom an approval of the campaign was given for, so that it stays approved as it was. */
  readonly asApproved?: true;
  /** The account that alone may write to them, whichever others the campaign goes through; absent: each of them may. */
  readonly through?: string;
}

export type AddedNames =
  /** They are planned from now on. `known`: how many of the list's names were there already, or came twice. */
  | { readonly kind: "added"; readonly added: number; readonly known: number }
  /** Nobody joined: the campaign is finished or cancelled, or there is no such list. */
  | { readonly kind: "over" | "noList" };

/** How a campaign's recipients stand. */
export interface LedgerStanding {
  readonly counts: Counts;
  /** Claim moment of the oldest uncertain recipient, ms since the epoch. */
  readonly oldestUncertainAt?: number;
  /** Recipients sent to again by the operator's choice: they may have the message twice. */
  readonly sentAgain: number;
  /** How many claims there were, and what the platform may have charged for them. */
  readonly tally: ClaimTotals;
}

/** One recipient as the report shows it. */
export interface ResultRow {
  readonly ordinal: Ordinal;
  readonly username: string;
  readonly variables: Variables;
  readonly state: RecipientState;
  readonly attempts: number;
  /** The campaign's revision of the last attempt, whose text and values it had; absent where nobody was tried. */
  readonly revision?: number;
  /** Language of that text; absent: the main one. */
  readonly language?: string;
  /** Account of the last attempt. */
  readonly account?: string;
  /** Moment of the last entry, ms since the epoch. */
  readonly at?: number;
  readonly messageId?: string;
  readonly why?: Reason;
  readonly skipReason?: SkipReason;
  /** The other campaign that is the reason. */
  readonly skippedFor?: CampaignId;
}

/**
 * The record of one campaign's recipients. Decides who may be written to: a recipient is claimed by one caller at most,
 * and a recipient that is sent, not found, refused or skipped is never claimed again.
 */
export interface Ledger extends AsyncDisposable {
  readonly campaignId: CampaignId;
  counts(): Promise<Counts>;
  standing(): Promise<LedgerStanding>;
  /** Messages of this campaign through all its accounts, in the day that it is in the store's time zone. */
  usedToday(): Promise<number>;
  /**
   * Claims the next one due who may be written to, if the campaign may send at all: as it and those that it follows up are
   * stored then, whoever changed them. Asked right before of each person: the do-not-send list, the campaign's `notWithinDays`,
   * the names other tools wrote to, and who is known to be behind the name ({@link IdentityStore}, subscribers): who left is skipped as `optedOut`, who was claimed under
   * another name as `duplicate`, and the next is looked at. Who joined for another account alone stays planned for that
   * one, and costs this one nothing.
   */
  claim(request: ClaimRequest): Promise<ClaimAnswer>;
  /** For each of these accounts how long its limits keep it from a claim, 0 where they don't. Debits nothing. */
  limitWaits(accounts: readonly LimitedAccount[]): Promise<readonly LimitWait[]>;
  /** What people answered is known now: those who were left out for it are due. */
  recall(): Promise<void>;
  /**
   * Says that the call of a claim leaves now, and puts it on disk where the claim waited. False: it must not leave, because
   * the claim is not open any more, or its person or the whole campaign may not be written to or for any more. Answers at
   * once where nothing has to be asked or written for it.
   */
  leave(claim: Claim): boolean | Promise<boolean>;
  /** Tells whether an uncertain claim is still open and may be called for once more, by all that {@link leave} asks. */
  mayRepeat(claim: Claim): Promise<boolean>;
  /** Settles claims whose lease is gone; answers how many are uncertain by it. */
  sweep(): Promise<number>;
  /**
   * Ends a claim, or settles somebody uncertain. Answers false and changes nothing when it is not open any more: somebody
   * else settled it. A claim whose call may be under way can't be skipped either.
   * @param telling Where the record tells of endings: `untold` for somebody for whom nothing was tried
   */
  settle(claim: Claim, ending: Ending, telling?: "told" | "untold"): Promise<boolean>;
  /** Uncertain recipients, oldest claim first; each can be settled with {@link settle}. */
  uncertain(): Promise<readonly Claim[]>;
  /**
   * Takes on the asking of the channel about somebody uncertain. True for one asker at a time, who has it until it gives it
   * up or its lease is gone; false while another has it, and once they are settled.
   */
  pursue(claim: Claim): Promise<boolean>;
  /** How many uncertain ones somebody asks the channel about, whichever process it is. */
  pursued(): Promise<number>;
  /** Gives the asking up: another may take it on. */
  giveUp(claim: Claim): Promise<void>;
  /**
   * Puts names behind all others of a campaign that is not over: all of a list at once or nobody, and nobody whose name is
   * there already. Whether a person is there under another name, and whatever else is asked of somebody before they are
   * written to, the claim asks as for everybody.
   */
  addNames(names: NewNames): Promise<AddedNames>;
  /** Everyone still planned is skipped as `cancelled`. */
  cancelAll(): Promise<void>;
  /** Everyone failed is planned again, with fresh attempts. */
  retryAll(): Promise<void>;
  /** Every recipient in list order with what became of it. */
  results(): AsyncIterable<ResultRow>;
  /**
   * The first `count` recipients in list order that are still planned and may be written to by all that is known of their
   * names; those before the ordinal `from` don't count.
   */
  firstWritable(count: number, from?: Ordinal): Promise<readonly ResultRow[]>;
  /** Rewrites the checkpoint file, which names whoever has the message; answers how many names it holds. */
  saveCheckpoint(): Promise<number>;
}

/** What opening a ledger found: what the log says of a beginning is told from it. */
export interface Opening {
  readonly ledger: Ledger;
  /** Names in the checkpoint file; absent when there was none. */
  readonly checkpointNames?: number;
  /** Recipients that were sent before, by the journal or the checkpoint. */
  readonly alreadySent: number;
  /** Claims found without a settlement whose call may have left: they are uncertain now. */
  readonly cutOff: number;
  /**
   * Endings of which nobody was told, oldest first: those that the opening itself wrote, and before them, where `told` says
   * what is known of it, those of the record that it has not. Asked once. Absent where endings are told in the same step
   * that records them.
   */
  readonly untold?: (told?: ToldEndings) => Promise<readonly RecordedEnding[]>;
}

/** The account's limits are used up for the moment. */
export interface Capped {
  /** When they allow it again, ms since the epoch. */
  readonly cappedUntil: number;
}

export interface LedgerStore {
  /**
   * Opens a campaign's ledger: sweeps what owners who are gone left claimed, honours its checkpoint file. A store that has
   * one owner at a time rejects, and changes nothing, while that is another process.
   * @throws {UnreadableRecordError} what is there can't be read; none of it is counted in the accounts' limits then
   */
  open(campaign: Campaign): Promise<Opening>;
  /**
   * Names a checkpoint or journal of this task id marks as sent; empty for an unknown id.
   * @param known What {@link states} answered, for whoever asked that before
   */
  sentNames(id: CampaignId, known?: ReadonlyMap<string, RecipientState>): Promise<ReadonlySet<string>>;
  /** Every name in a campaign's lists with what became of it, by the journal; empty for an unknown id. */
  states(id: CampaignId): Promise<ReadonlyMap<string, RecipientState>>;
  /** Messages of this channel's account, in all campaigns, in the day that it is in the store's time zone. */
  usedToday(channel: string, account: string): Promise<number>;
  /**
   * Debits a message outside any claim as durably as a claim: a test send, or an uncertain send that is made again.
   * Otherwise the account may not send now.
   */
  debitTestSend(request: TestSendRequest): Promise<"debited" | Capped>;
  /**
   * Keeps names that another tool marks as sent for this task id, whether or not there is such a campaign yet, and for
   * good: `cleanup` leaves them. A campaign that is open writes to none of them from now on. Answers how many were new.
   */
  honour(id: CampaignId, names: ReadonlySet<string>): Promise<number>;
  /** Removes a finished campaign's checkpoint file; false when there was none. */
  removeCheckpoint(id: CampaignId): Promise<boolean>;
}

/**
 * The ports to what is collected: lists of leads, each with the pages it came from. As free of any file or single process
 * as the other stores; every method that writes resolves when the change is durable.
 */
import type {
  FinishedRequest,
  LeadListState,
  LeadListSummary,
  ListName,
} from "../../domain/collecting/collection.ts";
import type { ExactCountTracking } from "../../domain/collecting/exact-count-tracking.ts";
import type { DeliveredLead } from "../../domain/collecting/delivered-leads.ts";
import type { Lead, Target, TargetEnd } from "../../domain/collecting/lead.ts";
import type { LeadEntry } from "../../domain/collecting/lead-entry.ts";
import type { Reason } from "../../domain/reasons/reason.ts";

/** One page on its way into a list. */
export interface PageTaking {
  /** Position of the target in the list. */
  readonly target: number;
  /** Asked with; absent for the first page. */
  readonly cursor?: string;
  readonly next?: string;
  readonly leads: readonly Lead[];
  readonly rows: number;
  /** What the target is by the platform's own id: another target of the list that is the same takes its place. */
  readonly identity?: string;
  /** Times that the source itself left out somebody who came again. */
  readonly again?: number;
  /** Rows whose author could not be read, and the first of them. */
  readonly unreadable?: number;
  readonly sample?: string;
  /** The answer could not be relied on, for this reason: its people are taken, and the target stays where it is. */
  readonly trouble?: Reason;
  readonly declaredTotal?: number;
  readonly creditsLeft?: number;
  /** ms since the epoch */
  readonly at: number;
}

/** What a page came to: how many were new to the list, how often somebody came again, and whether the target ended. */
export type PageTaken =
  | { readonly kind: "taken"; readonly added: number; readonly duplicates: number; readonly end?: TargetEnd }
  /** The target stands at another cursor by now: this page, or a reset, was recorded before. Nothing changed. */
  | { readonly kind: "outdated" };

/** What a collector writes down beside pages. */
export type LeadNote = Exclude<LeadEntry, { t: "page" | "target" | "saved" | "reset" }>;

/**
 * The record of one list of leads. Decides who is new: a person is in the list once, whoever brings them and however
 * often, and a page's people and the cursor behind them become durable together.
 */
export interface LeadLedger extends AsyncDisposable {
  readonly list: ListName;
  /** As it stands now; it may go on changing in the hands of whoever asked. */
  state(): Promise<LeadListState>;
  /** Names of the details that leads have. */
  details(): Promise<readonly string[]>;
  /** Moments of the latest calls to a source, ms since the epoch, oldest first. */
  callsTo(source: string): Promise<readonly number[]>;
  /** Leads that came from these targets and were delivered to no request, at most so many of each. */
  spareFor(targets: readonly Target[], perTarget?: number): Promise<number>;
  /** Positions of targets in the list; those that are new join it. */
  join(targets: readonly Target[], at: number): Promise<readonly number[]>;
  takePage(taking: PageTaking): Promise<PageTaken>;
  /** Adds one lead without a page; answers false when it was there. */
  save(target: number, lead: Lead, at: number): Promise<boolean>;
  note(entry: LeadNote): Promise<void>;
  /**
   * Lets targets begin anew from their first page.
   * @param ask Id of the asking that it is done for: for the same one a target begins anew once, over restarts too
   */
  reset(targets: readonly number[], at: number, ask?: string): Promise<void>;
  /** Keeps the metadata of the latest request that ended, for whoever looks at the data itself. */
  keepTracking(tracking: ExactCountTracking): Promise<void>;
  /** Everybody who was delivered to a request, in that order. */
  delivered(): AsyncIterable<DeliveredLead>;
  /** Everything that happened, in order. */
  entries(): AsyncIterable<LeadEntry>;
}

/** The lists of leads. */
export interface LeadStore extends AsyncDisposable {
  /** Every list as last written down; a request that is under way is never left out. */
  summaries(): Promise<readonly LeadListSummary[]>;
  /** Opens a list, or answers undefined when there is none of that name. One ledger a list at a time. */
  find(list: ListName): Promise<LeadLedger | undefined>;
  /** Opens a list, and begins it when there is none. */
  open(list: ListName): Promise<LeadLedger>;
  /** Requests that ended, over all lists. */
  finished(): Promise<readonly FinishedRequest[]>;
  /** Keeps how a request ended; the same number of the same list replaces. */
  finish(request: FinishedRequest): Promise<void>;
}

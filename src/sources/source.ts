/**
 * The port to where leads come from: a page of people for a cursor. Small and in the collector's words; a source says in
 * its manifest what it can do, and the shared contract suite (tests/contracts/source.ts) holds it to that.
 */
import type { Lead } from "../domain/collecting/lead.ts";
import type { Reason } from "../domain/reasons/reason.ts";

export interface SourceManifest {
  /**
   * Id in documents and on the command line: `x-followers`, `x-repliers`, `tiktok`, `bluesky-followers` … One that ends
   * in `-posts` gives posts, of which each is a lead; all others give people.
   */
  readonly name: string;
  /** What a target names: an account, a post, keywords, or hashtags and keywords that posts are searched by. */
  readonly targetKind: "account" | "post" | "keywords" | "search";
  /** People or posts in a page at most; pages may hold fewer at any time, none included. */
  readonly pageSize: number;
  /** Calls that are allowed in any stretch of `windowMs`; absent where nothing is published. */
  readonly callLimit?: { readonly count: number; readonly windowMs: number };
  /** In US dollars, with the day they were read off the platform's own page; absent where it is free. */
  readonly prices?: {
    readonly perPage: number;
    /** Everything counted that may be charged for. */
    readonly perLead: number;
    /** What is charged for certainly; as `perLead` where absent. */
    readonly perLeadAtLeast?: number;
    readonly asOf: string;
  };
  /** The platform's usernames are ones that a campaign can be sent to through this channel; absent: none. */
  readonly channel?: string;
}

/** Asks for one page. */
export interface PageRequest {
  /** As {@link Source.parseTarget} answered it. */
  readonly query: string;
  /** As the page before gave it; absent for the first page. */
  readonly cursor?: string;
  /** People still wanted: a hint for sources that may ask for less than a full page. */
  readonly wanted?: number;
}

/** One page; the same person may come again, on the same page or on another. */
export interface Page {
  readonly kind: "page";
  readonly leads: readonly Lead[];
  /** Rows the answer held, whatever became of them: videos, replies, people. */
  readonly rows: number;
  /**
   * Rows that should have shown somebody and whose author could not be read, and the first of them as it came, cut short.
   */
  readonly unreadable?: number;
  readonly sample?: string;
  /** Times that somebody came again whom the source itself left out of `leads`. */
  readonly again?: number;
  /** Where the next page begins; absent only where the source says that this is the last one. */
  readonly next?: string;
  /** What the target is by the platform's own id, however it was named; of a target's first page. */
  readonly identity?: string;
  /** How many people the source says there are; absent where it says nothing. */
  readonly declaredTotal?: number;
  /** Credits left at the source, where it tells. */
  readonly creditsLeft?: number;
}

/** A page of which nobody knows what comes after it. */
export type ShownPage = Omit<Page, "kind" | "next">;

/** Why there is no page. The kind says what the collector does next; `why` is for people and holds no secret. */
export type SourceFault =
  /** Too fast; `retryAt` in ms since the epoch, absent when no time was named. */
  | { readonly kind: "throttled"; readonly retryAt?: number; readonly why: Reason }
  /** The same page is asked for again: network, 5xx, an answer that is no JSON. */
  | { readonly kind: "unavailable"; readonly why: Reason }
  /**
   * It answered, and what it says is no answer or contradicts itself: a failure inside a success, more without a place
   * to go on from. Asked again, then left for the next request. `page`: the people it showed all the same.
   */
  | { readonly kind: "unclear"; readonly why: Reason; readonly page?: ShownPage }
  /** This cursor is refused for good: the target begins anew, which adds nobody twice. */
  | { readonly kind: "badCursor"; readonly why: Reason }
  /** This target can't be collected: no such name, private, deleted. The others go on. */
  | { readonly kind: "targetGone"; readonly why: Reason }
  /** Nothing more from this source until somebody pays. */
  | { readonly kind: "creditsGone"; readonly why: Reason }
  /** Nothing more from this source until its key is mended. */
  | { readonly kind: "accessLost"; readonly why: Reason };

export type ParsedTarget =
  { readonly ok: true; readonly query: string } | { readonly ok: false; readonly problem: TargetProblem };

/** Why a text names no target. */
export type TargetProblem = "empty" | "notAName" | "notAPost" | "notASearch" | "tooLong";

export interface Source extends AsyncDisposable {
  readonly manifest: SourceManifest;
  /** Reads what a person typed: `@name` or a profile link, the link or id of a post, keywords. */
  parseTarget(text: string): ParsedTarget;
  /** Asks once, without repeating anything by itself; faults are values. Throws only when the signal fires. */
  page(request: PageRequest, signal: AbortSignal): Promise<Page | SourceFault>;
}

/**
 * What a collection is: a list of leads, the targets it comes from, and one request after another for an exact number.
 * Everything here is derived from the list's entries (lead-entry.ts) by the fold (lead-fold.ts).
 */
import type { CollectionEnd, Target, TargetEnd } from "./lead.ts";
import { isOfPosts, targetKey } from "./lead.ts";
import type { Reason } from "../reasons/reason.ts";

/** Names a list and its folder. Matches {@link isListName}. */
export type ListName = string;

/**
 * Tells whether a text can name a list: 1 to 64 of letters, digits, `_`, `-`, `.`, starting with a letter or digit. Names
 * that end as logs do are left to the logs that lie beside the lists.
 */
export function isListName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text) && !text.includes("..") && !text.endsWith(".jsonl");
}

/** Standing collections go in cycles: one every so often, with at most so many leads. */
export interface Cycle {
  readonly everyMs: number;
  readonly leads: number;
}

/** Why a request does not go on by itself. Cursors and leads stay; resuming takes up where it stopped. */
export type CollectionPause =
  | { readonly kind: "operator" }
  /** It was put back from a backup. */
  | { readonly kind: "restored" }
  | { readonly kind: "creditsGone"; readonly why: Reason }
  | { readonly kind: "accessLost"; readonly why: Reason }
  | { readonly kind: "storage"; readonly why: Reason };

export type CollectionStatus =
  | { readonly kind: "running" }
  | { readonly kind: "paused"; readonly pause: CollectionPause }
  | { readonly kind: "ended"; readonly end: CollectionEnd; readonly at: number };

/** Calls and what they brought. */
export interface CollectionTally {
  /** Every call that was answered, with people or with a fault. */
  readonly calls: number;
  /** Calls answered with a page, and the rows on them: what is paid for. */
  readonly pages: number;
  readonly rows: number;
  /** People who were new to the list. */
  readonly found: number;
  /** Times that somebody came who was in the list already, on the same page included. */
  readonly duplicates: number;
  /** Rows whose author could not be read: they are in no other number but `rows`. */
  readonly unreadable: number;
}

/** Where one target stands. */
export interface TargetState extends CollectionTally {
  readonly target: Target;
  /** Of the next page; absent: the first. */
  readonly cursor?: string;
  /** Absent while the source has more. */
  readonly end?: TargetEnd;
  /** Moment of that end, ms since the epoch. */
  readonly endedAt?: number;
  /** Different people seen since it began (anew), also those that another target brought first. */
  readonly sighted: number;
  /** Pages in a row with people of whom nobody was new to this target; empty ones in between change nothing. */
  readonly stalePages: number;
  /** Pages in a row without any row. */
  readonly emptyPages: number;
  /** Pages in a row that had rows of which none could be read. */
  readonly unreadablePages: number;
  readonly declaredTotal?: number;
  /** What it is by the platform's own id; absent before its first page and where the source has no word for it. */
  readonly identity?: string;
  /** Number of the target that goes on in its place: the same one under another name. */
  readonly twin?: number;
  /** The first row whose author could not be read, as it came, cut short. */
  readonly sample?: string;
  /** Moment of the last page, ms since the epoch. */
  readonly lastPageAt?: number;
  /** Absent when the latest call brought a page. */
  readonly lastFault?: { readonly kind: string; readonly why: Reason; readonly at: number };
}

/** One request for a number of leads. */
export interface RequestState extends CollectionTally {
  /** From 1, in the order of the list's requests. */
  readonly number: number;
  /** Positions in the list's targets. */
  readonly targets: readonly number[];
  readonly count: number;
  /** From each target at most; absent: whichever brings them. */
  readonly perTarget?: number;
  /** Of the leads delivered, how many came from each target. */
  readonly got: Readonly<Record<number, number>>;
  /** Leads handed to this request and to no other; never more than `count`. */
  readonly delivered: number;
  /** Of them, those that came in the cycle under way. */
  readonly deliveredThisCycle: number;
  readonly maxCalls?: number;
  readonly cycle?: Cycle;
  readonly cycleStartedAt: number;
  readonly startedAt: number;
  readonly status: CollectionStatus;
  /** The operator has been told how it ended. */
  readonly isTold: boolean;
  /** A target of it was reset after it ended: the same request is a new one. */
  readonly isSpent: boolean;
  readonly creditsLeft?: number;
  /** By source: what is paid for. */
  readonly usage: Readonly<Record<string, { readonly pages: number; readonly rows: number }>>;
}

/** How a list stands. */
export interface LeadListState {
  readonly targets: readonly TargetState[];
  /** The latest; undefined before the first. */
  readonly request: RequestState | undefined;
  /** All there were, in order. */
  readonly requests: readonly RequestState[];
  /** Different people in the list. */
  readonly size: number;
  /** Of them, those that were handed to a request. */
  readonly delivered: number;
}

/** Leads that a request still wants from one of its targets. */
export function wantedFrom(
  { count, delivered, perTarget = Infinity, got }: RequestState,
  target: number,
): number {
  return Math.min(count - delivered, perTarget - (got[target] ?? 0));
}

/** Moments at which targets had been exhausted before the request began: what it says of them is as of then. */
export function earlierEnds(
  { targets, startedAt }: Pick<RequestState, "targets" | "startedAt">,
  states: readonly TargetState[],
): readonly number[] {
  return targets.flatMap((number) => {
    const { end, endedAt } = states[number] ?? {};
    return end === "exhausted" && endedAt !== undefined && endedAt < startedAt ? [endedAt] : [];
  });
}

/** How a request that ended turned out: what the KPIs are made of. */
export interface FinishedRequest {
  readonly list: ListName;
  readonly number: number;
  readonly targets: readonly Target[];
  readonly count: number;
  readonly delivered: number;
  readonly calls: number;
  readonly end: CollectionEnd;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** A list as it was last written down, for an overview that opens no list. */
export interface LeadListSummary {
  readonly list: ListName;
  readonly targets: readonly {
    readonly key: string;
    readonly isCompleted: boolean;
    /** As {@link TargetState.identity}. */
    readonly identity?: string;
  }[];
  /** It holds posts; absent: people. */
  readonly isOfPosts?: boolean;
  readonly size: number;
  readonly delivered: number;
  readonly request?: Pick<RequestState, "number" | "count" | "delivered" | "status">;
  /** ms since the epoch */
  readonly changedAt: number;
}

/** Tells whether a list holds posts and not people. */
export function holdsPosts({ targets }: Pick<LeadListState, "targets">): boolean {
  return targets.some(({ target }) => isOfPosts(target.source));
}

/** Sums a list up. */
export function leadListSummary(list: ListName, state: LeadListState, changedAt: number): LeadListSummary {
  const { targets, request, size, delivered } = state;
  return {
    list,
    targets: targets.map(({ target, end, identity }) => ({
      key: targetKey(target),
      isCompleted: end === "exhausted",
      ...(identity === undefined ? {} : { identity }),
    })),
    ...(holdsPosts(state) ? { isOfPosts: true } : {}),
    size,
    delivered,
    ...(request === undefined ? {} : { request: requestSummary(request) }),
    changedAt,
  };
}

function requestSummary({ number, count, delivered, status }: RequestState) {
  return { number, count, delivered, status };
}

/**
 * What happens to a list of leads, one entry each: the only truth about it. A page is one entry, so its people and the
 * cursor behind them are kept together or not at all.
 */
import type { CollectionPause, Cycle } from "./collection.ts";
import type { CollectionEnd, Lead, TargetEnd } from "./lead.ts";
import type { Reason } from "../reasons/reason.ts";

export type LeadEntry =
  /** A target joins the list; targets are numbered from 0 in the order they joined. */
  | { readonly t: "target"; readonly source: string; readonly query: string; readonly at: number }
  | RequestEntry
  | PageEntry
  | FaultEntry
  /** Leads that came without a page. */
  | { readonly t: "saved"; readonly k: number; readonly leads: readonly Lead[]; readonly at: number }
  | ResetEntry
  | { readonly t: "cycle"; readonly at: number }
  | { readonly t: "pause"; readonly pause: CollectionPause; readonly at: number }
  /** A request that was paused goes on; one that ended goes on for what it lacks. */
  | { readonly t: "resume"; readonly at: number }
  | { readonly t: "end"; readonly end: CollectionEnd; readonly at: number }
  | { readonly t: "told"; readonly at: number };

/** The target begins anew from its first page. */
export interface ResetEntry {
  readonly t: "reset";
  /** Number of the target. */
  readonly k: number;
  /** Of the asking that it is done for, which is done once however often it comes; absent: it was not asked from outside. */
  readonly ask?: string;
  readonly at: number;
}

/** A request for a number of leads begins; the one before has ended. */
export interface RequestEntry {
  readonly t: "request";
  readonly targets: readonly number[];
  readonly count: number;
  /** From each target at most; `count` is as many for all of them. */
  readonly perTarget?: number;
  readonly maxCalls?: number;
  readonly cycle?: Cycle;
  readonly at: number;
}

/** One page that a source gave. */
export interface PageEntry {
  readonly t: "page";
  /** Number of the target. */
  readonly k: number;
  /** Asked with; absent for the first page. */
  readonly cursor?: string;
  readonly next?: string;
  readonly rows: number;
  /** Those who were not in the list yet, in the order of the page. */
  readonly leads: readonly Lead[];
  /** Places in the list of those whom another target brought, and this one for the first time. */
  readonly known: readonly number[];
  /** Times that somebody came again. */
  readonly again: number;
  /** Rows whose author could not be read, and the first of them as it came, cut short. */
  readonly unreadable?: number;
  readonly sample?: string;
  readonly total?: number;
  readonly credits?: number;
  /** What the target is by the platform's own id. */
  readonly identity?: string;
  /** Number of the target that is the same under another name, and goes on in this one's place. */
  readonly twin?: number;
  /** The target gives nothing more after this page. */
  readonly end?: TargetEnd;
  /** Why the answer could not be relied on although it showed people. */
  readonly trouble?: Reason;
  readonly at: number;
}

/** A call that brought no page. */
export interface FaultEntry {
  readonly t: "fault";
  readonly k: number;
  readonly fault: string;
  readonly why: Reason;
  /** The target gives nothing more. */
  readonly end?: TargetEnd;
  readonly at: number;
}

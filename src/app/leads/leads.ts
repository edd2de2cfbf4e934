/**
 * What an operator can ask for about leads: collecting an exact number of people from sources, and what becomes of them.
 * Bot, command line and library see only this. Expected refusals are values with a `problem`.
 */
import type {
  CollectionPause,
  CollectionTally,
  Cycle,
  LeadListState,
  LeadListSummary,
  ListName,
  RequestState,
  TargetState,
} from "../../domain/collecting/collection.ts";
import type { CollectionEvent } from "../../domain/collecting/collection-event.ts";
import type { CollectionFigures } from "../../domain/collecting/collection-figures.ts";
import type { ExactCountTracking } from "../../domain/collecting/exact-count-tracking.ts";
import type { CollectionKpis } from "../../domain/collecting/collection-kpis.ts";
import type { DeliveredLead } from "../../domain/collecting/delivered-leads.ts";
import type { CollectionEnd, Lead, Target } from "../../domain/collecting/lead.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { SheetWords } from "../../lib/files/xlsx-pieces.ts";
import type { ParsedTarget, SourceManifest, TargetProblem } from "../../sources/source.ts";
import type { MadeFile } from "../../lib/files/made-file.ts";
import type { AlsoIn } from "./also-in.ts";
import { resultFormats } from "../campaigns/results-file.ts";

export type {
  AlsoIn,
  CollectionEnd,
  CollectionEvent,
  CollectionFigures,
  CollectionKpis,
  CollectionPause,
  CollectionTally,
  Cycle,
  ExactCountTracking,
  DeliveredLead,
  Lead,
  LeadListSummary,
  ListName,
  ParsedTarget,
  RequestState,
  SourceManifest,
  Target,
  TargetProblem,
  TargetState,
};

export interface CollectRequest {
  /** Absent: a name made from the first target, e.g. `tiktok-coffee`, so that the same request finds its list again. */
  readonly list?: ListName;
  /** As typed: `@name`, a link, keywords; read by the source. At least one. */
  readonly targets: readonly { readonly source: string; readonly text: string }[];
  /** How many different people or posts, from 1. */
  readonly count: number;
  /** `count` is wanted from each target; else it is the number of all together. */
  readonly isEach?: boolean;
  /** Calls to sources at most. */
  readonly maxCalls?: number;
  /** In cycles, on a schedule that survives restarts; absent: one page after another. */
  readonly cycle?: Cycle;
  /**
   * Which of several very same requests is meant, from 1: whoever names the same one again is told how it ended, and
   * nothing is collected once more. `next` (the default): another one, as soon as the one before was told.
   */
  readonly time?: number | "next";
}

export type CollectResult =
  /**
   * `goesOn`: the same request was unfinished, or lacks people that may come now, and goes on. `toldAgain`: it had ended,
   * and nothing was asked for.
   * `fromBefore`: leads that earlier pages brought beyond what was asked for, delivered at once.
   */
  | {
      readonly ok: true;
      readonly list: ListName;
      /** Its number in the list, from 1. */
      readonly request: number;
      readonly begun: "new" | "goesOn" | "toldAgain";
      readonly fromBefore: number;
    }
  | CollectRefusal;

/** Why a request can't begin. */
export type CollectRefusal =
  | { readonly ok: false; readonly problem: "unknownSource"; readonly source: string }
  | {
      readonly ok: false;
      readonly problem: "badTarget";
      readonly source: string;
      readonly text: string;
      readonly reason: TargetProblem;
    }
  | { readonly ok: false; readonly problem: "badCount" | "badListName" }
  /** The list holds people and these are posts, or the other way round: their numbers are not one number. */
  | { readonly ok: false; readonly problem: "otherKind"; readonly list: ListName }
  /** It was asked for fewer times so far: `next` is the time that can be meant. */
  | { readonly ok: false; readonly problem: "badTime"; readonly next: number }
  /** The list is busy with another request, or with this one under other terms. */
  | { readonly ok: false; readonly problem: "busy"; readonly list: ListName; readonly count: number };

export type LeadsActionResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: "unknownList" | "unknownTarget" | "notNow" };

/** Why a running request does nothing for the moment; it goes on by itself. */
export interface CollectionWait {
  readonly kind: "rateLimit" | "callLimit" | "cycle" | "unavailable";
  /** ms since the epoch */
  readonly until: number;
  readonly why?: Reason;
}

/** How a list and its latest request stand; every front end shows these very numbers. */
export interface LeadListView extends Omit<LeadListState, "requests"> {
  readonly list: ListName;
  /** Of the request; absent before the first. */
  readonly figures?: CollectionFigures;
  readonly wait?: CollectionWait;
}

/** What a request would come to, before it starts. */
export interface CollectionEstimate {
  readonly list: ListName;
  /** Leads that are in the list already and in no request. */
  readonly fromBefore: number;
  /** Calls at least, when every page is full of new people. */
  readonly fewestCalls: number;
  /** US dollars at least; absent where nothing costs anything. */
  readonly leastCost?: number;
  /** The same where everything is charged for of which the platform does not say whether it is. */
  readonly cautiousCost?: number;
  readonly pricesAsOf?: string;
}

/** The words of an export in the operator's language: username, display name, id, platform, source, found at. */
export interface LeadWords {
  readonly sheet: SheetWords;
  readonly headings: readonly [string, string, string, string, string, string];
  time(at: number): string;
}

/** What people and posts are written as. */
export const leadFormats = [...resultFormats, "jsonl"] as const;

export type LeadFormat = (typeof leadFormats)[number];

export interface Leads {
  /** What can be collected from, as it is set up here. */
  sources(): readonly SourceManifest[];
  /** How standing collections go unless the operator says otherwise. */
  defaultCycle(): Cycle;
  /** Posts wanted of each hashtag or keyword unless the operator says otherwise. */
  postsPerTarget(): number;
  parseTarget(source: string, text: string): ParsedTarget | undefined;
  /** Every list, the one that changed last first. */
  lists(): Promise<readonly LeadListSummary[]>;
  /** A name for a request that was given none. */
  listNameFor(targets: CollectRequest["targets"]): ListName | undefined;
  /** What it would take, or why it can't begin; whether its list is busy is only known once it begins. */
  estimate(request: CollectRequest): Promise<CollectionEstimate | CollectRefusal>;
  /** Begins a request, goes on with the same one, or answers why not. Resolves when it is on disk, not when it ends. */
  collect(request: CollectRequest): Promise<CollectResult>;
  /** @param request Number of the request that is meant; absent: the latest */
  view(list: ListName, request?: number): Promise<LeadListView | undefined>;
  pause(list: ListName): Promise<LeadsActionResult>;
  resume(list: ListName): Promise<LeadsActionResult>;
  /** Ends the request under way; what it has stays delivered. */
  cancel(list: ListName): Promise<LeadsActionResult>;
  /**
   * Lets a target (by its key, or all of the list) begin anew; nobody becomes a second lead.
   * @param ask Id of the asking; the same one again changes nothing
   */
  reset(list: ListName, targetKey?: string, ask?: string): Promise<LeadsActionResult>;
  /**
   * Says that the operator was told how the latest request ended.
   * @param request Number of the request that was told; an earlier one changes nothing
   */
  told(list: ListName, request?: number): Promise<void>;
  /** Resolves when the request under way ended, paused or waits for longer than `longestWaitMs`. */
  settled(list: ListName, options: { longestWaitMs: number; signal: AbortSignal }): Promise<void>;
  /** @param request Number of the request that is meant; absent: the latest */
  metadata(list: ListName, request?: number): Promise<ExactCountTracking | undefined>;
  /** Targets of a list that other lists have too, under whatever name. */
  alsoIn(list: ListName): Promise<readonly AlsoIn[]>;
  /** Everybody who was delivered, in the order they came; undefined for an unknown list. */
  leads(list: ListName): Promise<AsyncIterable<DeliveredLead> | undefined>;
  /** The same as a file, CSV unless another format is asked for. No cell starts a formula. JSON takes no words. */
  exportLeads(list: ListName, words: LeadWords, format?: LeadFormat): Promise<MadeFile | undefined>;
  /** Puts everybody delivered on the do-not-send list; answers how many were new there and who has no usable name. */
  addToSuppression(list: ListName): Promise<{ added: number; unusable: number } | undefined>;
  kpis(): Promise<CollectionKpis>;
  /** Saves one lead as a collector does: transient failures of the store are tried again. */
  save(list: ListName, target: Target, lead: Lead): Promise<SavedLead>;
  /** Calls the listener for every event until the returned function is called. */
  watch(listener: (event: CollectionEvent) => void): () => Promise<void>;
}

/** What saving a lead came to; that somebody is there already is no error. */
export interface SavedLead {
  /** `platform:id` */
  readonly leadId: string;
  /** False: it was there already. */
  readonly created: boolean;
}

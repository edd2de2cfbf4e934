/** Puts together what collecting stands on: the lists, the sources, and the collector between them. */
import type { EventHub } from "../app/event-hub.ts";
import { createEventHub } from "../app/event-hub.ts";
import type { CollectorPolicy } from "../collector/collector-parts.ts";
import { defaultCollectorPolicy } from "../collector/collector-parts.ts";
import { Collector } from "../collector/collector.ts";
import type { CollectorLog } from "../collector/save-retries.ts";
import type { Cycle } from "../domain/collecting/collection.ts";
import type { CollectionEvent } from "../domain/collecting/collection-event.ts";
import type { StoreAway } from "../engine/store-away.ts";
import type { Clock } from "../lib/clock.ts";
import type { Opened } from "../lib/opened.ts";
import { openTogether } from "../lib/opened.ts";
import type { SourceSettings } from "./open-sources.ts";
import { openSources } from "./open-sources.ts";
import type { Source } from "../sources/source.ts";
import type { EventLog } from "../storage/ports/events.ts";
import type { LeadStore } from "../storage/ports/leads.ts";

export interface CollectingSettings extends SourceSettings {
  /** Waits between attempts to save leads, in ms; default 100, 200, 400. */
  readonly retryDelaysMs?: readonly number[];
  /** How standing collections go unless the operator says otherwise; default every 20 minutes, 1000 leads. */
  readonly collectCycle?: Cycle;
  /** Posts wanted of each hashtag or keyword unless the operator says otherwise; default 500. */
  readonly postsPerHashtag?: number;
}

/** A standing collection brings a steady trickle and leaves most of what the source allows to others. */
const DEFAULT_CYCLE: Cycle = { everyMs: 20 * 60_000, leads: 1000 };
/** Enough to see what a hashtag is about, in a handful of pages. */
const POSTS_PER_HASHTAG = 500;

export interface CollectingParts {
  readonly settings: CollectingSettings;
  readonly clock: Clock;
  readonly log: CollectorLog;
  readonly leadStore: LeadStore;
  readonly leadLog: EventLog<CollectionEvent>;
  /** What is kept while it is away; absent where this process has it alone. */
  readonly away?: StoreAway | undefined;
}

/** What is collected where the operator says nothing else. */
export interface CollectingDefaults {
  readonly defaultCycle: Cycle;
  readonly postsPerTarget: number;
}

export interface OpenCollecting extends CollectingDefaults, AsyncDisposable {
  readonly sources: ReadonlyMap<string, Source>;
  readonly collector: Collector;
  readonly leadEvents: EventHub<CollectionEvent>;
  /** Takes in the pages under way, for so long, and closes the sources; requests go on with the next `recover`. */
  readonly close: (graceMs: number) => Promise<void>;
}

export function openCollecting(parts: CollectingParts): Promise<OpenCollecting> {
  return openTogether((opened) => openWith(parts, opened));
}

async function openWith(
  { settings, clock, log, leadStore, leadLog, away }: CollectingParts,
  opened: Opened,
): Promise<OpenCollecting> {
  const { sources } = opened.hold(await openSources({ settings, clock }));
  const leadEvents = createEventHub(
    leadLog,
    (error) => log.error(`an event was not heard: ${String(error)}`),
    away,
  );
  const collector = new Collector({
    store: leadStore,
    sources,
    clock,
    random: Math.random,
    policy: policyOf(settings),
    emit: (event) => leadEvents.emit(event),
    log,
    isShared: away !== undefined,
    away,
  });
  return {
    sources,
    collector,
    leadEvents,
    ...collectingDefaults(settings),
    close: async (graceMs) => {
      await collector.stop(graceMs);
      await opened[Symbol.asyncDispose]();
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

export function collectingDefaults({
  collectCycle: defaultCycle = DEFAULT_CYCLE,
  postsPerHashtag: postsPerTarget = POSTS_PER_HASHTAG,
}: Pick<CollectingSettings, "collectCycle" | "postsPerHashtag">): CollectingDefaults {
  return { defaultCycle, postsPerTarget };
}

function policyOf({ retryDelaysMs }: CollectingSettings): CollectorPolicy {
  return retryDelaysMs ? { ...defaultCollectorPolicy, saveDelaysMs: retryDelaysMs } : defaultCollectorPolicy;
}

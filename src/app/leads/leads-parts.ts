import type { Collector } from "../../collector/collector.ts";
import type { Cycle } from "../../domain/collecting/collection.ts";
import type { CollectionEvent } from "../../domain/collecting/collection-event.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Source } from "../../sources/source.ts";
import type { LeadStore } from "../../storage/ports/leads.ts";
import type { SuppressionStore } from "../../storage/ports/people.ts";
import type { EventHub } from "../event-hub.ts";

/** What collecting is made of. */
export interface CollectParts {
  readonly leadStore: LeadStore;
  readonly sources: ReadonlyMap<string, Source>;
  readonly collector: Collector;
  readonly leadEvents: EventHub<CollectionEvent>;
  readonly clock: Clock;
}

/** What the use cases about leads are made of. */
export interface LeadsParts extends CollectParts {
  /** How standing collections go unless the operator says otherwise. */
  readonly defaultCycle: Cycle;
  /** Posts wanted of each hashtag or keyword unless the operator says otherwise. */
  readonly postsPerTarget: number;
  readonly suppression: SuppressionStore;
}

import type { Channel } from "../channels/channel.ts";
import type { DayOf } from "../domain/calendar-day.ts";
import type { CampaignEvent } from "../domain/campaign-event.ts";
import type { Caps } from "../domain/limits.ts";
import type { Engine } from "../engine/engine.ts";
import type { Clock } from "../lib/clock.ts";
import type {
  CampaignStore,
  ContactHistory,
  LedgerStore,
  ListStore,
  SubscriberStore,
  SuppressionStore,
} from "../storage/stores.ts";

/** What the use cases are made of. */
export interface AppParts {
  readonly engine: Engine;
  readonly campaigns: CampaignStore;
  readonly ledgers: LedgerStore;
  readonly lists: ListStore;
  readonly suppression: SuppressionStore;
  readonly subscribers: SubscriberStore;
  readonly contacts: ContactHistory;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly events: EventHub;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly dayOf: DayOf;
  /** Caps of an account for which nothing else is chosen (`MAX_PER_ACCOUNT`). */
  readonly defaultCaps: Caps;
  /** Folder that results files are written to. */
  readonly exportsFolder: string;
}

/** Passes events on to whoever listens. */
export interface EventHub {
  emit(event: CampaignEvent): void;
  watch(listener: (event: CampaignEvent) => void): () => void;
}

/** Makes a hub; a listener that throws harms neither the engine nor the other listeners. */
export function createEventHub(onError: (error: unknown) => void): EventHub {
  const listeners = new Set<(event: CampaignEvent) => void>();
  return {
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          onError(error);
        }
      }
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

import type { CampaignEvent } from "../domain/campaign-event.ts";
import type { EventLog } from "../storage/ports/events.ts";

/** Passes events on to whoever listens; each reads them by number, in its own time. */
export interface EventHub<E = CampaignEvent> {
  emit(event: E): void;
  /**
   * Calls the listener with every event behind a number, by default behind the last one there is, until the returned function
   * is called; what was emitted before that call is heard before it resolves.
   */
  watch(listener: (event: E, number: number) => void, after?: number): () => Promise<void>;
}

/** Events by number, for whoever reads them in their own time. */
export type EventFeed = Pick<EventLog<CampaignEvent>, "last" | "read" | "wait" | "sync">;

/** Events read at a time. */
const AT_A_TIME = 1000;

/** Makes a hub over a log; a listener that throws harms neither whoever emits nor the other listeners. */
export function createEventHub<E = CampaignEvent>(
  log: EventLog<E>,
  onError: (error: unknown) => void,
): EventHub<E> {
  return {
    emit: (event) => void log.append(event).catch(onError),
    watch(listener, after) {
      const stop = new AbortController();
      let until: Promise<number> | undefined;
      const heard = follow(log, {
        begun: after ?? log.last(),
        signal: stop.signal,
        until: () => until,
        listener,
        onError,
      }).catch(onError);
      return async () => {
        until ??= log.last();
        stop.abort();
        await heard;
      };
    },
  };
}

/** Told to those outside alone: here everybody goes by the records, which know it already. */
function isToldLate(event: unknown): boolean {
  return typeof event === "object" && event !== null && "isToldLate" in event;
}

interface Following<E> {
  readonly begun: number | Promise<number>;
  readonly signal: AbortSignal;
  /** Number of the last event that is still to be heard, once nobody listens any more. */
  readonly until: () => Promise<number> | undefined;
  readonly listener: (event: E, number: number) => void;
  readonly onError: (error: unknown) => void;
}

async function follow<E>(log: EventLog<E>, following: Following<E>): Promise<void> {
  const { begun, signal, until, listener, onError } = following;
  let heard = await begun;
  for (;;) {
    const end = (await until()) ?? Infinity;
    if (heard >= end) return;
    const { events } = await log.read(heard, AT_A_TIME);
    for (const { number, event } of events) {
      if (number > end) return;
      heard = number;
      if (isToldLate(event)) continue;
      try {
        listener(event, number);
      } catch (error) {
        onError(error);
      }
    }
    if (events.length === 0 && end < Infinity) return; // what is missing is kept no more
    await log.wait(heard, signal);
  }
}

import type { CampaignEvent } from "../domain/campaign-event.ts";
import type { StoreAway } from "../engine/store-away.ts";
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

/** The store of the log while it is away; see {@link StoreAway}. */
type Away = Pick<StoreAway, "takes" | "back">;

/** Events read at a time. */
const AT_A_TIME = 1000;

/**
 * Makes a hub over a log; a listener that throws harms neither whoever emits nor the other listeners.
 * @param away What was to be told or heard while the log's store was away is so once it is back
 */
export function createEventHub<E = CampaignEvent>(
  log: EventLog<E>,
  onError: (error: unknown) => void,
  away?: Away,
): EventHub<E> {
  return {
    emit: (event) => void answered(() => log.append(event), { away }).catch(onError),
    watch(listener, after) {
      const stop = new AbortController();
      let until: Promise<number> | undefined;
      const heard = follow(log, {
        begun: after === undefined ? answered(() => log.last(), { away, signal: stop.signal }) : after,
        away,
        signal: stop.signal,
        until: () => until,
        listener,
        onError,
      }).catch(onError);
      return async () => {
        // Nobody may be left who asks for it, so it never fails.
        until ??= log.last().catch((error: unknown) => {
          if (away?.takes(error) === undefined) onError(error);
          return 0;
        });
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
  readonly away: Away | undefined;
  /** Number of the last event that is still to be heard, once nobody listens any more. */
  readonly until: () => Promise<number> | undefined;
  readonly listener: (event: E, number: number) => void;
  readonly onError: (error: unknown) => void;
}

/** Asks until it is answered. @param waiting Until the signal fires a store that is away is waited for */
async function answered<T>(ask: () => Promise<T>, waiting: Waiting): Promise<T> {
  const { away, signal } = waiting;
  for (;;)
    try {
      return await ask();
    } catch (error) {
      if (away?.takes(error) === undefined || signal?.aborted) throw error;
      const over = new AbortController();
      const waits = [away.back(), ...(signal ? [fired(signal, over.signal)] : [])];
      await Promise.race(waits).finally(() => over.abort());
    }
}

/** @param over Nobody waits for it any more */
function fired(signal: AbortSignal, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { signal: over });
  });
}

interface Waiting {
  readonly away: Away | undefined;
  readonly signal?: AbortSignal;
}

async function follow<E>(log: EventLog<E>, following: Following<E>): Promise<void> {
  const { begun, signal, until, listener, onError } = following;
  let heard = await begun;
  for (;;) {
    const end = (await until()) ?? Infinity;
    if (heard >= end) return;
    const { events } = await answered(() => log.read(heard, AT_A_TIME), following);
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

/**
 * Events in PostgreSQL, appended to and read by any number of processes. Those that come while others are being written are
 * written together, so that a log costs a statement at a time, however much happens.
 */
import { createTurns } from "../../../lib/in-turn.ts";
import { passingAtWork } from "../../ports/away.ts";
import type { EventsRead, OutcomeLog } from "../../ports/events.ts";
import type { Queryable } from "../database.ts";
import { jsonOf } from "../json.ts";
import type { Wakes } from "../wakes.ts";
import { APPEND, LAST, READ } from "./events-sql.ts";

export interface EventLogParts<E> {
  /** Which log it is. */
  readonly name: string;
  readonly wakes: Pick<Wakes, "on">;
  /** Whether what was read is an event this version knows; others are passed over. */
  readonly isEvent: (value: unknown) => value is E;
  /** So many at least; a reader that lags further behind has a gap. Absent: as many as everywhere. */
  readonly kept?: number;
}

export function createEventLog<E>(database: Queryable, parts: EventLogParts<E>): OutcomeLog<E> {
  return new StoredEvents(database, parts);
}

/** Events that are written together. */
interface Batch<E> {
  readonly events: E[];
  /** Number of the first one, once they are there. */
  readonly first: Promise<number>;
}

class StoredEvents<E> implements OutcomeLog<E> {
  readonly wasCut = false;
  readonly tellsEndings = true;
  readonly #database: Queryable;
  readonly #parts: EventLogParts<E>;
  readonly #topic: string;
  readonly #inTurn = createTurns();
  /** Waits for its turn; whatever is appended until then is in it. */
  #batch: Batch<E> | undefined;
  /** The last ones that were written, or are being. */
  #written: Promise<unknown> = Promise.resolve();

  constructor(database: Queryable, parts: EventLogParts<E>) {
    this.#database = database;
    this.#parts = parts;
    this.#topic = `events/${parts.name}`;
  }

  /** Behind what this process appended before, and before what it appends from now on. */
  last(): Promise<number> {
    this.#batch = undefined;
    return this.#inTurn(() => this.#lastThere());
  }

  async append(event: E): Promise<number> {
    const batch = (this.#batch ??= this.#begin());
    const place = batch.events.push(event) - 1;
    return (await batch.first) + place;
  }

  async read(after: number, most: number): Promise<EventsRead<E>> {
    const { name, isEvent } = this.#parts;
    const { rows } = await this.#database.query<{ dropped: number; number: number | null; event: unknown }>(
      READ,
      [name, after, most],
    );
    const events = rows.flatMap(({ number, event }) =>
      number !== null && isEvent(event) ? [{ number, event }] : [],
    );
    return { events, hasGap: after < (rows[0]?.dropped ?? 0) };
  }

  /** What can be read is durable: all that is not yet is what this process is about to write. */
  async sync(): Promise<void> {
    await this.#written;
  }

  madeWhole(): void {}

  /** Waits on while the database is away: whoever reads then hears of it. */
  async wait(after: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      using next = this.#nextWake(signal);
      if (await this.#isBehind(after)) return;
      await next.woken;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inTurn(async () => undefined);
  }

  /** Heard from now on, so that what happens while somebody looks is not missed. */
  #nextWake(signal: AbortSignal): Disposable & { readonly woken: Promise<void> } {
    const over = new AbortController();
    const woken = new Promise<void>((resolve) => {
      const listening = this.#parts.wakes.on(this.#topic, resolve);
      over.signal.addEventListener("abort", () => listening[Symbol.dispose]());
      signal.addEventListener("abort", () => resolve(), { signal: over.signal });
    });
    return { woken, [Symbol.dispose]: () => over.abort() };
  }

  async #isBehind(after: number): Promise<boolean> {
    try {
      return (await this.#lastThere()) > after;
    } catch (error) {
      if (passingAtWork(error) !== undefined) return false;
      throw error;
    }
  }

  async #lastThere(): Promise<number> {
    const { rows } = await this.#database.query<{ last: number }>(LAST, [this.#parts.name]);
    return rows[0]?.last ?? 0;
  }

  #begin(): Batch<E> {
    const events: E[] = [];
    const first = this.#inTurn(async () => {
      if (this.#batch?.events === events) this.#batch = undefined;
      return (await this.#put(events)) - events.length + 1;
    });
    this.#written = first;
    return { events, first };
  }

  async #put(events: readonly E[]): Promise<number> {
    const { name, kept = null } = this.#parts;
    const { rows } = await this.#database.query<{ last: number }>(APPEND, [name, jsonOf(events), kept]);
    return rows[0]?.last ?? 0;
  }
}

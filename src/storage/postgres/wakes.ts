/**
 * Word from one process to all others that something changed, so that nobody asks the database over and over. A word can be
 * lost (PostgreSQL keeps none for whoever is away), so everybody is woken now and then all the same: a wake says "look",
 * never what is to be seen.
 */
import type { Clock } from "../../lib/clock.ts";
import type { Database, Queryable } from "./database.ts";

export interface Wakes extends AsyncDisposable {
  /** Calls whenever somebody told of this topic, and every so often besides. */
  on(topic: string, wake: () => void): Disposable;
}

export interface WakesOptions {
  readonly clock: Clock;
  /** How often everybody is woken without a word, in ms; default 5 s. */
  readonly everyMs?: number;
}

/** How long after a lost connection another is asked for, in ms. */
const AGAIN_MS = 1000;

/** PostgreSQL's channel on which all of them are told. */
export const WAKE_CHANNEL = "peyk";

/** Tells of a topic when the transaction commits, and not at all when it doesn't. */
export async function tellOf(topic: string, connection: Queryable): Promise<void> {
  await connection.query(`select pg_notify('${WAKE_CHANNEL}', $1)`, [topic]);
}

/** Begins to listen, and goes on through every loss of the database until it is disposed of. */
export function openWakes(database: Database, { clock, everyMs = 5000 }: WakesOptions): Wakes {
  return new ListenedWakes(database, clock, everyMs);
}

class ListenedWakes implements Wakes {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #running: readonly Promise<void>[];

  constructor(database: Database, clock: Clock, everyMs: number) {
    this.#database = database;
    this.#clock = clock;
    this.#running = [this.#listen(), this.#now(everyMs)];
  }

  on(topic: string, wake: () => void): Disposable {
    const those = this.#waiting.get(topic) ?? new Set();
    this.#waiting.set(topic, those.add(wake));
    return {
      [Symbol.dispose]: () => {
        those.delete(wake);
        if (those.size === 0 && this.#waiting.get(topic) === those) this.#waiting.delete(topic);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#running);
  }

  /** What was told while nobody listened is lost: whoever listens again has everybody look. */
  async #listen(): Promise<void> {
    const { signal } = this.#closing;
    const closed = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    while (!signal.aborted) {
      try {
        await using session = await this.#database.session();
        session.onWord((_channel, topic) => this.#wake(topic));
        await session.query(`listen ${WAKE_CHANNEL}`);
        this.#wakeAll();
        await Promise.race([session.lost, closed]);
      } catch {
        // The database is away; whoever needs it says so.
      }
      await this.#wait(AGAIN_MS);
    }
  }

  async #now(everyMs: number): Promise<void> {
    while (await this.#wait(everyMs)) this.#wakeAll();
  }

  /** False once it is closed. */
  async #wait(ms: number): Promise<boolean> {
    const { signal } = this.#closing;
    if (!signal.aborted) await this.#clock.sleep(ms, signal).catch(() => undefined);
    return !signal.aborted;
  }

  #wakeAll(): void {
    for (const topic of this.#waiting.keys()) this.#wake(topic);
  }

  #wake(topic: string): void {
    for (const wake of this.#waiting.get(topic) ?? []) wake();
  }
}

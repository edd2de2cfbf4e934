/**
 * A sync at work on one connection: makes rounds, repeats what failed for a passing reason on a new connection, and
 * counts. Owns the connection and nothing else that lasts: how far the copy has come is read from the database itself.
 */
import { PeykError } from "../domain/errors.ts";
import type { Clock } from "../lib/clock.ts";
import type { Trouble } from "../lib/trouble.ts";
import { TroubledError, troublesOf } from "../lib/trouble.ts";
import { retrying } from "../lib/retrying.ts";
import type { ConnectExternal, ExternalStore, SyncSource } from "../storage/ports/sync.ts";
import { ExternalStoreError } from "../storage/ports/sync.ts";
import type { TakeOptOuts } from "./opt-outs.ts";
import { takeOptOuts } from "./opt-outs.ts";
import { reasonOfError } from "../domain/reasons/of-error.ts";
import type { Attempt } from "./round.ts";
import { copyWhatChanged } from "./round.ts";
import type { RoundReport, SyncCounters, SyncEvent } from "./sync-event.ts";

export interface SyncParts {
  readonly source: SyncSource;
  readonly connect: ConnectExternal;
  readonly takeOptOuts: TakeOptOuts;
  readonly clock: Clock;
  /** Waits before each further attempt at a transaction, in ms. */
  readonly retryDelaysMs: readonly number[];
  /** Lines a transaction at most. */
  readonly batchLines: number;
  readonly tell: (event: SyncEvent) => void;
}

/** Lines a transaction by default: fewer cost more commits, more gain little and hold locks for longer. */
export const BATCH_LINES = 2000;

/** How long a transaction under way may still take when the sync is to stop, in ms. */
const STOP_GRACE_MS = 5000;

export class SyncSession implements AsyncDisposable {
  readonly #parts: SyncParts;
  #store: ExternalStore | undefined;
  #counters: SyncCounters = { retries: 0, successes: 0, failures: 0, lines: 0, optOuts: 0 };
  #slowestMs = 0;

  constructor(parts: SyncParts) {
    this.#parts = parts;
  }

  get counters(): SyncCounters {
    return this.#counters;
  }

  /**
   * Copies everything that changed and takes in opt-outs. When the signal fires, what is under way may be finished within
   * five seconds.
   * @throws {PeykError} What remained wrong after the last attempt; what was copied before stays copied
   */
  async round(signal: AbortSignal): Promise<RoundReport> {
    this.#slowestMs = 0;
    using _ = this.#cutOffAfter(signal);
    try {
      const report = await this.#round(signal);
      this.#count({ successes: 1, lines: report.lines, optOuts: report.optOuts.taken });
      this.#parts.tell({ kind: "round", ...report });
      return report;
    } catch (error) {
      if (signal.aborted) throw error;
      this.#count({ failures: 1 });
      this.#parts.tell({ kind: "roundFailed", ...toldOf(error) });
      throw error;
    }
  }

  /** Does something with the connection, again on a new one when it failed for a passing reason. */
  attempt<T>(what: string, work: (store: ExternalStore) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const { retryDelaysMs, clock } = this.#parts;
    return retrying(() => this.#measured(work), {
      delaysMs: retryDelaysMs,
      isTransient,
      clock,
      ...(signal ? { signal } : {}),
      onFailure: async ({ error, ...failed }) => {
        const tried = this.#store ? what : "connecting";
        await this[Symbol.asyncDispose]();
        if (failed.delayMs !== undefined) this.#count({ retries: 1 });
        this.#parts.tell({ kind: "attemptFailed", what: tried, ...toldOf(error), ...failed });
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const store = this.#store;
    this.#store = undefined;
    await store?.[Symbol.asyncDispose]();
  }

  /** A database that hangs keeps nobody waiting who wants to stop: a transaction that is cut off was never made. */
  #cutOffAfter(signal: AbortSignal): Disposable {
    const over = new AbortController();
    const cutOff = (): void =>
      void this.#parts.clock.sleep(STOP_GRACE_MS, over.signal).then(
        () => this[Symbol.asyncDispose](),
        () => undefined, // the round was over before
      );
    signal.addEventListener("abort", cutOff, { once: true });
    return {
      [Symbol.dispose]() {
        signal.removeEventListener("abort", cutOff);
        over.abort(new Error("the round is over"));
      },
    };
  }

  async #round(signal: AbortSignal): Promise<RoundReport> {
    const { source, batchLines, tell } = this.#parts;
    const attempt: Attempt = (what, work) => this.attempt(what, work, signal);
    const [unreadable, damaged]: [string[], Trouble[]] = [[], []];
    const told = {
      onRestart: (feed: string) => tell({ kind: "restarted", feed }),
      onUnreadable: (_: string, error: unknown) => {
        unreadable.push(wordsOf(error));
        damaged.push(...troublesOf(error, wordsOf(error)));
      },
    };
    const optOuts = await takeOptOuts(attempt, this.#parts.takeOptOuts, signal);
    const isLeading = await this.#takeTheLead(signal);
    const copy = { source, attempt: leading(attempt), batchLines, signal, ...told };
    const lines = isLeading ? await copyWhatChanged(copy) : 0;
    return { lines, isLeading, optOuts, unreadable, damaged, slowestMs: this.#slowestMs };
  }

  /** Waits a little for the place: the server may not have noticed yet that the one who had it is gone. */
  async #takeTheLead(signal: AbortSignal): Promise<boolean> {
    for (const delayMs of [...this.#parts.retryDelaysMs, undefined]) {
      if (await this.attempt("taking the lead", (store) => store.lead(), signal)) return true;
      if (delayMs !== undefined) await this.#parts.clock.sleep(delayMs, signal);
    }
    return false;
  }

  async #measured<T>(work: (store: ExternalStore) => Promise<T>): Promise<T> {
    this.#store ??= await this.#connect();
    const startedAt = this.#parts.clock.now();
    const result = await work(this.#store);
    this.#slowestMs = Math.max(this.#slowestMs, this.#parts.clock.now() - startedAt);
    return result;
  }

  async #connect(): Promise<ExternalStore> {
    const identity = await this.#parts.source.identity();
    if (identity === undefined)
      throw new TroubledError("There is nothing to copy yet: Peyk was never started on this data folder.", {
        code: "nothingToCopy",
      });
    return this.#parts.connect(identity);
  }

  #count(more: Partial<SyncCounters>): void {
    const { retries = 0, successes = 0, failures = 0, lines = 0, optOuts = 0 } = more;
    const counters = this.#counters;
    this.#counters = {
      retries: counters.retries + retries,
      successes: counters.successes + successes,
      failures: counters.failures + failures,
      lines: counters.lines + lines,
      optOuts: counters.optOuts + optOuts,
    };
  }
}

/** A new connection knows nothing yet: neither whether it may copy nor how far the copy has come. */
function leading(attempt: Attempt): Attempt {
  return (what, work) =>
    attempt(what, async (store) => {
      if (await store.lead()) return work(store);
      throw new ExternalStoreError("Another sync is at work on the same database.", {
        isTransient: true,
        reason: "pgOtherSync",
      });
    });
}

function toldOf(error: unknown) {
  return { why: wordsOf(error), reason: reasonOfError(error), isTransient: isTransient(error) };
}

function isTransient(error: unknown): boolean {
  return error instanceof PeykError && error.isTransient;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Copying again and again. The states: *copying*; *waiting* until the next round, for as long as was asked for, longer
 * while the database is slow; *leaving it alone* while the breaker is open, entered by rounds that failed in a row and
 * left by one that works. It ends when it is told to, or by an error that no repetition mends.
 */
import type { Breaker, BreakerPolicy } from "../domain/accounts/breaker.ts";
import {
  breakerBegins,
  breakerFails,
  breakerReadyAt,
  breakerSucceeds,
  closedBreaker,
} from "../domain/accounts/breaker.ts";
import { PeykError } from "../domain/errors.ts";
import type { Reason } from "../domain/reasons/reason.ts";
import { reasonOfError } from "../domain/reasons/of-error.ts";
import type { PacePolicy } from "./pace.ts";
import { defaultPace, nextInterval } from "./pace.ts";
import type { SyncParts } from "./session.ts";
import { SyncSession } from "./session.ts";
import type { RoundReport, SyncCounters } from "./sync-event.ts";

/** A database that comes back is found again within a minute. */
const breakerPolicy: BreakerPolicy = { failures: 5, openMs: 5000, longestOpenMs: 60_000 };

export interface LoopStatus extends SyncCounters {
  /** Between two rounds now, in ms; more than was asked for while the database is slow. */
  readonly intervalMs: number;
  readonly breaker: Breaker["state"];
  /** End of the last round that worked, ms since the epoch. */
  readonly syncedAt?: number;
  readonly lastRound?: RoundReport;
  readonly lastError?: Reason;
}

export class SyncLoop {
  readonly #parts: SyncParts;
  readonly #session: SyncSession;
  readonly #pace: PacePolicy;
  #intervalMs: number;
  #breaker: Breaker = closedBreaker;
  #last: Pick<LoopStatus, "syncedAt" | "lastRound" | "lastError"> = {};

  /** @param intervalMs From the end of one round to the beginning of the next */
  constructor(parts: SyncParts, intervalMs: number) {
    this.#parts = parts;
    this.#session = new SyncSession(parts);
    this.#pace = { ...defaultPace, intervalMs };
    this.#intervalMs = intervalMs;
  }

  status(): LoopStatus {
    return {
      ...this.#session.counters,
      ...this.#last,
      intervalMs: this.#intervalMs,
      breaker: this.#breaker.state,
    };
  }

  /**
   * Copies until the signal fires; what was begun is finished first.
   * @throws {PeykError} when something is wrong that a person must mend
   */
  async run(signal: AbortSignal): Promise<void> {
    await using session = this.#session;
    while (!signal.aborted) {
      await this.#oneRound(session, signal);
      const { clock } = this.#parts;
      const waitMs = Math.max(this.#intervalMs, breakerReadyAt(this.#breaker, clock.now()) - clock.now());
      await clock.sleep(waitMs, signal).catch(() => undefined); // the only thing that ends a sleep early is the signal
    }
  }

  async #oneRound(session: SyncSession, signal: AbortSignal): Promise<void> {
    this.#breaker = breakerBegins(this.#breaker);
    try {
      const round = await session.round(signal);
      this.#last = { syncedAt: this.#parts.clock.now(), lastRound: round };
      this.#worked(round.slowestMs);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof PeykError) || !error.isTransient) throw error;
      this.#last = { ...this.#last, lastError: reasonOfError(error) };
      this.#failed();
    }
  }

  #worked(slowestMs: number): void {
    if (this.#breaker.state !== "closed") this.#parts.tell({ kind: "breakerClosed" });
    this.#breaker = breakerSucceeds();
    const intervalMs = nextInterval(this.#intervalMs, slowestMs, this.#pace);
    if (intervalMs !== this.#intervalMs) this.#parts.tell({ kind: "intervalChanged", intervalMs });
    this.#intervalMs = intervalMs;
  }

  #failed(): void {
    this.#breaker = breakerFails(this.#breaker, this.#parts.clock.now(), breakerPolicy);
    if (this.#breaker.state === "open")
      this.#parts.tell({ kind: "breakerOpened", until: this.#breaker.until });
  }
}

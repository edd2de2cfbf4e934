/**
 * The switch of the copy in PostgreSQL inside the running program. Owns one sync at a time; promises that the switch is
 * remembered over restarts, and that a sync which was stopped has finished what it began.
 */
import type { LoopStatus } from "../sync/loop.ts";
import { SyncLoop } from "../sync/loop.ts";
import type { SyncParts } from "../sync/session.ts";

export type { Comparison, Difference } from "../sync/compare.ts";
export type { LoopStatus } from "../sync/loop.ts";
export type { RoundReport, SyncEvent } from "../sync/sync-event.ts";
import type { Reason } from "../domain/reasons/reason.ts";
import { reasonOfError } from "../domain/reasons/of-error.ts";

/** How often copying is asked for, as a person should hear of it. */
export type IntervalRemark = "realTime" | "often";

/** Seconds at and below which somebody should know how much they ask of their database. */
export const OFTEN_S = 5;

/** Tells what is to be said of an interval in seconds; undefined when it is nothing special. */
export function remarkOn(intervalS: number): IntervalRemark | undefined {
  if (intervalS <= 1) return "realTime";
  return intervalS <= OFTEN_S ? "often" : undefined;
}

/** Tells whether copying can be done every so many seconds: whole numbers from 1 to a day. */
export function isInterval(intervalS: number): boolean {
  return Number.isInteger(intervalS) && intervalS >= 1 && intervalS <= 86_400;
}

export type SyncStatus =
  /** There is no `DATABASE_URL`. */
  | { readonly kind: "notConfigured" }
  /** Everything is in the database itself. */
  | { readonly kind: "notNeeded" }
  /** `failed`: it ended by itself, because of something that a person must mend. */
  | { readonly kind: "off"; readonly failed?: Reason }
  | { readonly kind: "on"; readonly intervalS: number; readonly loop: LoopStatus };

/** Tells whether copying is to go on and does not: it stopped by itself, or its latest round failed. */
export function isFailing(status: SyncStatus): boolean {
  if (status.kind === "off") return status.failed !== undefined;
  return status.kind === "on" && status.loop.lastError !== undefined;
}

export type SyncSwitched =
  | { readonly ok: true; readonly intervalS: number; readonly remark?: IntervalRemark }
  | { readonly ok: false; readonly problem: "notConfigured" | "notNeeded" | "badInterval" };

export interface SyncControl {
  status(): SyncStatus;
  /** Switches it on, or to another interval; it stays on over restarts. Absent: the interval of the settings. */
  start(intervalS?: number): Promise<SyncSwitched>;
  /** Switches it off; resolves when what was begun is finished. */
  stop(): Promise<void>;
}

/** The control with what only its owner does: beginning as it was left, and ending with the program. */
export interface SyncAtWork extends SyncControl, AsyncDisposable {
  /** Goes on if it was left on. */
  begin(): void;
}

/** Where everything is in the database itself. */
export function nothingToSync(): SyncAtWork {
  return {
    begin: () => undefined,
    status: () => ({ kind: "notNeeded" }),
    start: async () => ({ ok: false, problem: "notNeeded" }),
    stop: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** Whether it was left on, as it is kept. */
export interface SyncSwitch {
  readonly isOn: boolean;
  readonly intervalS: number;
}

export interface SyncControlParts {
  /** Absent when there is no database. */
  readonly sync?: SyncParts;
  readonly switch: { get(): SyncSwitch; update(change: (value: SyncSwitch) => SyncSwitch): Promise<unknown> };
  readonly defaultIntervalS: number;
}

interface Running {
  readonly loop: SyncLoop;
  readonly intervalS: number;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

export class SyncControlAtWork implements SyncAtWork {
  readonly #parts: SyncControlParts;
  #running: Running | undefined;
  #failed: Reason | undefined;

  constructor(parts: SyncControlParts) {
    this.#parts = parts;
  }

  begin(): void {
    const { isOn, intervalS } = this.#parts.switch.get();
    if (isOn) this.#run(intervalS);
  }

  status(): SyncStatus {
    if (!this.#parts.sync) return { kind: "notConfigured" };
    if (this.#running)
      return { kind: "on", intervalS: this.#running.intervalS, loop: this.#running.loop.status() };
    return this.#failed === undefined ? { kind: "off" } : { kind: "off", failed: this.#failed };
  }

  async start(intervalS: number = this.#parts.defaultIntervalS): Promise<SyncSwitched> {
    if (!this.#parts.sync) return { ok: false, problem: "notConfigured" };
    if (!isInterval(intervalS)) return { ok: false, problem: "badInterval" };
    await this.#parts.switch.update(() => ({ isOn: true, intervalS }));
    await this[Symbol.asyncDispose]();
    this.#run(intervalS);
    const remark = remarkOn(intervalS);
    return { ok: true, intervalS, ...(remark ? { remark } : {}) };
  }

  async stop(): Promise<void> {
    await this.#parts.switch.update((before) => ({ ...before, isOn: false }));
    await this[Symbol.asyncDispose]();
    this.#failed = undefined;
  }

  /** Ends the sync and leaves the switch as it is. */
  async [Symbol.asyncDispose](): Promise<void> {
    const running = this.#running;
    running?.stop.abort();
    await running?.done;
  }

  #run(intervalS: number): void {
    const { sync } = this.#parts;
    if (!sync || this.#running) return;
    this.#failed = undefined;
    const loop = new SyncLoop(sync, intervalS * 1000);
    const stop = new AbortController();
    const done = loop
      .run(stop.signal)
      .catch((error: unknown) => void (this.#failed = reasonOfError(error)))
      .finally(() => (this.#running = undefined));
    this.#running = { loop, intervalS, stop, done: done.then(() => undefined) };
  }
}

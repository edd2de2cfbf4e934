/**
 * The collector: keeps one runner for each list whose request is under way. Promises that a list has one runner at most,
 * that a request is on disk before anything is asked for, and that what was under way when the process ended goes on
 * with `recover`.
 */
import type { CollectionPause, Cycle, ListName } from "../domain/collecting/collection.ts";
import type { CollectionHappening } from "../domain/collecting/collection-event.ts";
import type { Target } from "../domain/collecting/lead.ts";
import type { Rest } from "../domain/collecting/next-call.ts";
import type { Source } from "../sources/source.ts";
import type { LeadLedger } from "../storage/ports/leads.ts";
import { CollectionRunner } from "./collection-runner.ts";
import type { CollectorParts } from "./collector-parts.ts";
import { endRequest } from "./end-request.ts";
import { savedWithRetries } from "./save-retries.ts";
import { SourceGate } from "./source-gate.ts";

export interface NewRequest {
  readonly targets: readonly Target[];
  readonly count: number;
  /** From each target at most; `count` is as many for all of them. */
  readonly perTarget?: number;
  readonly maxCalls?: number;
  readonly cycle?: Cycle;
}

/** How long a cancelled or reset collection waits for the page under way, in ms. */
const GRACE_MS = 5000;

export class Collector {
  readonly #parts: CollectorParts;
  readonly #runners = new Map<ListName, CollectionRunner>();
  readonly #gates = new Map<string, SourceGate>();
  readonly #remembered = new Map<ListName, Promise<void>>();
  #recalled: Promise<void> | undefined;
  /** Of several processes one collects. */
  #isAtWork: boolean;

  constructor(parts: CollectorParts) {
    this.#parts = parts;
    this.#isAtWork = !parts.isShared;
  }

  /** Begins a request and collects for it; answers how many leads it had at once. The list's last request has ended. */
  async begin(ledger: LeadLedger, { targets, ...terms }: NewRequest): Promise<number> {
    await this.#retire(ledger);
    await this.#recall();
    const at = this.#parts.clock.now();
    const numbers = await ledger.join(targets, at);
    await ledger.note({ t: "request", targets: [...new Set(numbers)], ...terms, at });
    const fromBefore = (await ledger.state()).request?.delivered ?? 0;
    this.#tell(ledger, { kind: "began", count: terms.count, fromBefore });
    await this.#run(ledger);
    return fromBefore;
  }

  /** Lets a request go on that is paused, that ended short of its number, or that runs and has no runner. */
  async resume(ledger: LeadLedger): Promise<void> {
    await this.#retire(ledger);
    await this.#recall();
    const { request } = await ledger.state();
    if (request && request.status.kind !== "running") {
      await ledger.note({ t: "resume", at: this.#parts.clock.now() });
      this.#tell(ledger, { kind: "status", status: { kind: "running" } });
    }
    await this.#run(ledger);
  }

  /** The page under way is still taken in. */
  async pause(ledger: LeadLedger): Promise<void> {
    const pause: CollectionPause = { kind: "operator" };
    await ledger.note({ t: "pause", pause, at: this.#parts.clock.now() });
    this.#tell(ledger, { kind: "status", status: { kind: "paused", pause } });
    this.#runners.get(ledger.list)?.wake();
  }

  async cancel(ledger: LeadLedger): Promise<void> {
    await this.#retire(ledger);
    const { store, clock } = this.#parts;
    const at = clock.now();
    if ((await ledger.state()).request?.status.kind === "ended") return;
    await endRequest({ store, ledger, end: "cancelled", at, save: (what, save) => this.save(what, save) });
    this.#tell(ledger, { kind: "status", status: { kind: "ended", end: "cancelled", at } });
  }

  /** Lets targets begin anew, once for an ask; a request under way goes on with them. */
  async reset(ledger: LeadLedger, targets: readonly number[], ask?: string): Promise<void> {
    const isRunning = this.#runners.has(ledger.list);
    await this.#retire(ledger);
    await ledger.reset(targets, this.#parts.clock.now(), ask);
    if (isRunning) await this.#run(ledger);
  }

  /** Resolves when nobody collects for the list any more. */
  async idle(list: ListName): Promise<void> {
    await this.#runners.get(list)?.run();
  }

  waitOf(list: ListName): Rest | undefined {
    return this.#runners.get(list)?.wait;
  }

  haltOf(list: ListName): CollectionPause | undefined {
    return this.#runners.get(list)?.halt;
  }

  /** Takes up every request that was under way when the last process ended. */
  async recover(): Promise<void> {
    this.#isAtWork = true;
    await this.#recall();
    for (const { list, request } of await this.#parts.store.summaries()) {
      if (request?.status.kind !== "running") continue;
      const ledger = await this.#parts.store.find(list);
      if (ledger) await this.#run(ledger);
    }
  }

  /** Stops all runners; requests stay under way and go on with the next `recover`. */
  async stop(graceMs: number): Promise<void> {
    await Promise.all([...this.#runners.values()].map((runner) => runner.stop(graceMs)));
  }

  /** Another process collects from now on; resolves when nothing is under way here. */
  async rest(graceMs: number): Promise<void> {
    this.#isAtWork = false;
    await this.stop(graceMs);
    this.#runners.clear();
    this.#remembered.clear();
    this.#recalled = undefined;
  }

  /** Somebody asked for something of a list, perhaps in another process. Never fails. */
  async hear(list: ListName): Promise<void> {
    this.#runners.get(list)?.wake();
    try {
      while (this.#isAtWork && !(await this.#takesUp(list)));
    } catch (error) {
      this.#parts.log.error(`what is to be collected for ${list} is not known: ${String(error)}`);
    }
  }

  /** False: the store was away, and is to be asked again. */
  async #takesUp(list: ListName): Promise<boolean> {
    const { store, away } = this.#parts;
    try {
      const ledger = await store.find(list);
      if (ledger) await this.#run(ledger);
      return true;
    } catch (error) {
      if (away?.takes(error) === undefined) throw error;
      await away.back();
      return false;
    }
  }

  /** Makes a write that may be made twice, with the repetitions that the policy allows. */
  save<T>(what: string, save: () => Promise<T>): Promise<T> {
    const { clock, log, policy } = this.#parts;
    return savedWithRetries(save, { what, delaysMs: policy.saveDelaysMs, clock, log });
  }

  async #run(ledger: LeadLedger): Promise<void> {
    const { list } = ledger;
    await this.#remember(ledger);
    const { request } = await ledger.state();
    if (!this.#isAtWork || this.#runners.has(list) || request?.status.kind !== "running") return;
    const runner = new CollectionRunner({ ...this.#parts, ledger, gateOf: (source) => this.#gateOf(source) });
    this.#runners.set(list, runner);
    void runner.run().then(() => this.#runOver(ledger, runner));
  }

  /** A runner that halted stays: it says why. One that was overtaken by a resume makes room for the next. */
  #runOver(ledger: LeadLedger, runner: CollectionRunner): void {
    if (runner.halt || this.#runners.get(ledger.list) !== runner) return;
    this.#runners.delete(ledger.list);
  }

  async #retire({ list }: LeadLedger): Promise<void> {
    const runner = this.#runners.get(list);
    await runner?.stop(GRACE_MS);
    if (this.#runners.get(list) === runner) this.#runners.delete(list);
  }

  #gateOf({ manifest }: Source): SourceGate {
    const gate = this.#gates.get(manifest.name) ?? new SourceGate(manifest.callLimit);
    this.#gates.set(manifest.name, gate);
    return gate;
  }

  /** Calls of earlier processes count in the sources' limits, whichever list they were made for. */
  #recall(): Promise<void> {
    this.#recalled ??= this.#recallLatest().catch((error: unknown) =>
      this.#parts.log.error(`the calls of earlier runs are not known: ${String(error)}`),
    );
    return this.#recalled;
  }

  /** Only lists that changed within the longest window can hold calls that still count. */
  async #recallLatest(): Promise<void> {
    const { store, sources, clock } = this.#parts;
    const windows = [...sources.values()].map(({ manifest }) => manifest.callLimit?.windowMs ?? 0);
    const since = clock.now() - Math.max(0, ...windows);
    for (const { list, changedAt } of await store.summaries()) {
      const ledger = changedAt > since ? await store.find(list) : undefined;
      if (ledger) await this.#remember(ledger);
    }
  }

  #remember(ledger: LeadLedger): Promise<void> {
    const remembered = this.#remembered.get(ledger.list) ?? this.#rememberCalls(ledger);
    this.#remembered.set(ledger.list, remembered);
    return remembered;
  }

  async #rememberCalls(ledger: LeadLedger): Promise<void> {
    for (const source of this.#parts.sources.values())
      this.#gateOf(source).remember(await ledger.callsTo(source.manifest.name));
  }

  #tell({ list }: LeadLedger, happening: CollectionHappening): void {
    this.#parts.emit({ list, at: this.#parts.clock.now(), ...happening });
  }
}

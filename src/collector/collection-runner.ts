/**
 * Collects for one list until its request ends, pauses or is stopped: one page at a time, each on disk before the next
 * is asked for. Waits hold nobody up: while one target rests the others are asked.
 *
 * The states: *running*; *stopping* (entered by `stop`; the page under way is still taken in, nothing more is asked);
 * *halted* (the store failed; entered by a write that could not be made, left by running anew). A store that others share
 * is waited for while it is away.
 */
import type {
  CollectionPause,
  CollectionStatus,
  RequestState,
  TargetState,
} from "../domain/collecting/collection.ts";
import type { CollectionHappening } from "../domain/collecting/collection-event.ts";
import type { CollectionEnd } from "../domain/collecting/lead.ts";
import { wantedFrom } from "../domain/collecting/collection.ts";
import { targetKey } from "../domain/collecting/lead.ts";
import type { NextCall, Rest } from "../domain/collecting/next-call.ts";
import { nextCall } from "../domain/collecting/next-call.ts";
import { reasonOfError } from "../domain/reasons/of-error.ts";
import type { Reason } from "../domain/reasons/reason.ts";
import type { Page, Source, SourceFault } from "../sources/source.ts";
import type { LeadLedger } from "../storage/ports/leads.ts";
import type { CollectorParts } from "./collector-parts.ts";
import { endRequest } from "./end-request.ts";
import { faultLine } from "./fault-line.ts";
import { onceBack } from "./once-back.ts";
import { savedWithRetries } from "./save-retries.ts";
import type { PassedCall, SourceGate } from "./source-gate.ts";
import { TargetRests } from "./target-rests.ts";

/** A question under way: whose, at which page, and the source's leave to ask it. */
interface Asked {
  readonly number: number;
  readonly cursor: string | undefined;
  readonly call: PassedCall;
}

export interface RunnerParts extends CollectorParts {
  readonly ledger: LeadLedger;
  readonly gateOf: (source: Source) => SourceGate;
}

export class CollectionRunner {
  readonly #parts: RunnerParts;
  readonly #rests: TargetRests;
  readonly #blocks = new Map<string, CollectionPause>();
  readonly #stop = new AbortController();
  /** Fired when a wait should be looked at anew. */
  #nap = new AbortController();
  #isStopping = false;
  #last = -1;
  #wait: Rest | undefined;
  #halt: CollectionPause | undefined;
  #running: Promise<void> | undefined;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#rests = new TargetRests(parts);
  }

  /** What it waits for; undefined while it works. */
  get wait(): Rest | undefined {
    return this.#wait;
  }

  /** Why it gave up although the list says that it runs: the store takes nothing. */
  get halt(): CollectionPause | undefined {
    return this.#halt;
  }

  /** Resolves when it has stopped for whatever reason; never rejects. */
  run(): Promise<void> {
    this.#running ??= this.#runToEnd();
    return this.#running;
  }

  /** Looks at once what is to be done: something has changed. */
  wake(): void {
    this.#nap.abort(new Error("something changed"));
  }

  /** Asks for nothing more; resolves when the page under way is taken in, or was given up after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    this.wake();
    if (!this.#running) return;
    const grace = new AbortController();
    const giveUp = this.#parts.clock
      .sleep(graceMs, grace.signal)
      .then(() => this.#stop.abort(new Error("the collection was stopped")))
      .catch(() => undefined);
    await this.#running;
    grace.abort(new Error("it has stopped"));
    await giveUp;
  }

  async #runToEnd(): Promise<void> {
    while (!(await this.#isThrough()));
    this.#wait = undefined;
  }

  /** False: it is to go on. */
  async #isThrough(): Promise<boolean> {
    try {
      while (!this.#isStopping && (await this.#step(await this.#next())));
      return true;
    } catch (error) {
      if (await onceBack(this.#parts.away, error, this.#nap.signal)) return false;
      this.#halt = { kind: "storage", why: reasonOfError(error) };
      this.#tellStatus({ kind: "paused", pause: this.#halt });
      return true;
    }
  }

  /** A word to look again that comes from here on is not missed: the nap that follows is over at once. */
  async #next(): Promise<NextCall> {
    this.#nap = new AbortController();
    const { ledger, clock } = this.#parts;
    const state = await ledger.state();
    return nextCall({
      state,
      now: clock.now(),
      last: this.#last,
      restOf: (target) => this.#restOf(target, state.targets[target]),
      blockOf: (source) => this.#blocks.get(source) ?? this.#missing(source),
    });
  }

  #missing(source: string): CollectionPause | undefined {
    if (this.#parts.sources.has(source)) return undefined;
    return { kind: "accessLost", why: "sourceNotSetUp" };
  }

  /** The later of what the target itself and its source wait for. */
  #restOf(number: number, target: TargetState | undefined): Rest | undefined {
    const own = this.#rests.restOf(number);
    const source = this.#parts.sources.get(target?.target.source ?? "");
    if (!source) return own;
    const { at, ...gate } = this.#parts.gateOf(source).opensAt(this.#now());
    return own && own.until >= at ? own : { ...gate, until: at };
  }

  /** Does one step; answers whether there is another. */
  async #step(next: NextCall): Promise<boolean> {
    switch (next.kind) {
      case "nothing":
        return false;
      case "ask":
        await this.#ask(next.target);
        return true;
      case "wait":
        await this.#sleep(next.rest);
        return true;
      case "cycle":
        await this.#note({ t: "cycle", at: next.at });
        return true;
      case "pause":
        await this.#note({ t: "pause", pause: next.pause, at: this.#now() });
        this.#tellStatus({ kind: "paused", pause: next.pause });
        return false;
      case "end":
        await this.#end(next.end);
        return false;
    }
  }

  async #ask(number: number): Promise<void> {
    const { ledger, sources, gateOf } = this.#parts;
    const { request, targets } = await ledger.state();
    const target = targets[number];
    const source = target && sources.get(target.target.source);
    if (!source || !request) return;
    this.#last = number;
    const { cursor } = target;
    const gate = gateOf(source);
    const call = gate.pass(this.#now());
    const answer = await this.#answer(source, target, wantedNow(request, number));
    if (answer === undefined) return gate.abandoned(call, this.#now());
    if (answer.kind === "unavailable") gate.failed(call, this.#now(), answer.why);
    else gate.answered(call);
    if (answer.kind === "page") gate.served(this.#now());
    if (answer.kind !== "page") return this.#bear({ number, cursor, call }, answer);
    const { kind: _, ...page } = answer;
    await this.#take({ number, cursor }, page);
  }

  /** Asks the source once; undefined when the collection was stopped meanwhile. */
  async #answer(
    source: Source,
    target: TargetState,
    wanted: number,
  ): Promise<Page | SourceFault | undefined> {
    const { query } = target.target;
    const { cursor } = target;
    try {
      return await source.page(
        { query, wanted, ...(cursor === undefined ? {} : { cursor }) },
        this.#stop.signal,
      );
    } catch (error) {
      if (this.#stop.signal.aborted) return undefined;
      // A source answers with faults; what it throws is its own mistake, and no reason to leave the others.
      this.#parts.log.error(
        `${source.manifest.name} failed: ${error instanceof Error ? error.message : String(error)}`,
      );
      return { kind: "unavailable", why: "sourceFailed" };
    }
  }

  /** @param trouble Why the answer can't be relied on: its people are taken, and the target stays where it is */
  async #take(
    { number, cursor, trouble }: { number: number; cursor: string | undefined; trouble?: Reason },
    page: Omit<Page, "kind">,
  ): Promise<void> {
    const { ledger } = this.#parts;
    const target = (await ledger.state()).targets[number]?.target;
    const asked = cursor === undefined ? {} : { cursor };
    const stays = trouble === undefined ? {} : { trouble, ...(cursor === undefined ? {} : { next: cursor }) };
    const taking = { ...page, target: number, at: this.#now(), ...asked, ...stays };
    const taken = await this.#saved(`${ledger.list}: a page of ${page.leads.length}`, () =>
      ledger.takePage(taking),
    );
    if (taken.kind === "outdated" || !target) return;
    const { added, duplicates, end } = taken;
    this.#rests.answered(number, added);
    this.#tell({ kind: "page", target, added, duplicates, ...(end === undefined ? {} : { end }) });
  }

  async #bear({ number, cursor, call }: Asked, given: SourceFault): Promise<void> {
    const { ledger, gateOf, sources, policy, log } = this.#parts;
    const { targets, request } = await ledger.state();
    const target = targets[number]?.target;
    if (!target || targets[number]?.cursor !== cursor) return;
    // Without a cursor there is none to be bad: it is the source that has trouble.
    const fault: SourceFault =
      given.kind === "badCursor" && cursor === undefined ? { kind: "unavailable", why: given.why } : given;
    const now = this.#now();
    const verdict = this.#rests.judge(number, fault, {
      now,
      restMs: request?.cycle?.everyMs ?? policy.restMs,
    });
    const { end, block, closeSourceUntil, ...told } = verdict;
    const source = sources.get(target.source);
    if (source && fault.kind === "throttled") gateOf(source).throttled(call, now, closeSourceUntil);
    if (block) this.#blocks.set(target.source, block);
    log.info?.(faultLine(`${ledger.list}: ${targetKey(target)}`, fault, { ...told, now }));
    if (end === "unclear" && fault.kind === "unclear" && fault.page)
      return this.#take({ number, cursor, trouble: fault.why }, fault.page);
    const ending = end === undefined ? {} : { end };
    await this.#note({ t: "fault", k: number, fault: fault.kind, why: fault.why, at: now, ...ending });
    this.#tell({ kind: "fault", target, fault: fault.kind, why: fault.why, ...told });
  }

  async #sleep(rest: Rest): Promise<void> {
    const { clock } = this.#parts;
    if (this.#wait?.until !== rest.until) this.#tell({ ...rest, kind: "waiting", wait: rest.kind });
    this.#wait = rest;
    await clock.sleep(Math.max(0, rest.until - clock.now()), this.#nap.signal).catch(() => undefined);
    this.#wait = undefined;
  }

  async #end(end: CollectionEnd): Promise<void> {
    const { store, ledger } = this.#parts;
    await endRequest({ store, ledger, end, at: this.#now(), save: (what, save) => this.#saved(what, save) });
    this.#tellStatus({ kind: "ended", end, at: this.#now() });
  }

  #note(entry: Parameters<LeadLedger["note"]>[0]): Promise<void> {
    const { ledger } = this.#parts;
    return this.#saved(`${ledger.list}: ${entry.t}`, () => ledger.note(entry));
  }

  #saved<T>(what: string, save: () => Promise<T>): Promise<T> {
    const { clock, log, policy } = this.#parts;
    return savedWithRetries(save, { what, delaysMs: policy.saveDelaysMs, clock, log });
  }

  #now(): number {
    return this.#parts.clock.now();
  }

  #tellStatus(status: CollectionStatus): void {
    this.#tell({ kind: "status", status });
  }

  #tell(happening: CollectionHappening): void {
    this.#parts.emit({ list: this.#parts.ledger.list, at: this.#now(), ...happening });
  }
}

/** Leads that the next page of a target may bring: what is more costs, and waits for another request. */
function wantedNow(request: RequestState, target: number): number {
  const { cycle, deliveredThisCycle } = request;
  return Math.min(wantedFrom(request, target), (cycle?.leads ?? Infinity) - deliveredThisCycle);
}

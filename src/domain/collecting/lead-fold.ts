/**
 * Folds a list's entries, one after another, into how the list stands: who is in it, where each target goes on, what the
 * latest request got. The same entries always give the same state, so after a crash nothing is counted twice.
 */
import { CallMoments } from "./call-moments.ts";
import type { CollectionStatus, LeadListState, RequestState, TargetState } from "./collection.ts";
import { numberOfTarget, twinAmong } from "./number-of-target.ts";
import { Delivery, replaced } from "./delivery.ts";
import type { Lead, Target, TargetEnd } from "./lead.ts";
import { canGoOn, leadIdOf } from "./lead.ts";
import type { FaultEntry, LeadEntry, PageEntry, RequestEntry, ResetEntry } from "./lead-entry.ts";
import { pageEnd } from "./page-end.ts";
import type { SortedPage } from "./page-sort.ts";
import { sortPage } from "./page-sort.ts";
import type { PageTally, TargetFold, TextIndex, Writable } from "./target-fold.ts";
import {
  barrenPages,
  beginAnew,
  endAt,
  moveTo,
  newTarget,
  nothing,
  reopen,
  tallyCall,
} from "./target-fold.ts";

const RUNNING: CollectionStatus = { kind: "running" };

type OpenRequest = Writable<RequestState> & { readonly got: Record<number, number> };

export class LeadFold implements LeadListState {
  readonly #createIndex: () => TextIndex;
  readonly #targets: TargetFold[] = [];
  /** Everybody in the list by {@link leadIdOf}, numbered by their place. */
  readonly #people: TextIndex;
  readonly #delivery = new Delivery<number>();
  readonly #details = new Set<string>();
  readonly #moments = new CallMoments();
  readonly #requests: OpenRequest[] = [];
  #delivered = 0;

  constructor(createIndex: () => TextIndex) {
    this.#createIndex = createIndex;
    this.#people = createIndex();
  }

  get targets(): readonly TargetState[] {
    return this.#targets.map(({ state }) => state);
  }

  get request(): RequestState | undefined {
    return this.#request;
  }

  get requests(): readonly RequestState[] {
    return this.#requests;
  }

  get size(): number {
    return this.#people.size;
  }

  get delivered(): number {
    return this.#delivered;
  }

  /** Names of the details that leads have, in the order they first came. */
  get details(): readonly string[] {
    return [...this.#details];
  }

  /** Moments of the latest calls to a source, oldest first, ms since the epoch. */
  callsTo(source: string): readonly number[] {
    return this.#moments.of(source);
  }

  /** Position of a target, or of the one that goes on in its place; undefined when the list has no such. */
  targetNumber(target: Target): number | undefined {
    return numberOfTarget(this.targets, target);
  }

  /** Whether a target began anew for this ask already. */
  wasReset(target: number, ask: string): boolean {
    return this.#target(target).resets.has(ask);
  }

  /** Another target that is the same by the platform's own id; undefined where there is none. */
  twinOf(target: number, identity: string | undefined): number | undefined {
    return twinAmong(this.targets, target, identity);
  }

  /** How many leads a request for these targets would get at once, at most so many of each. */
  spareFor(targets: readonly Target[], perTarget?: number): number {
    const numbers = targets.map((target) => this.targetNumber(target)).filter((one) => one !== undefined);
    return this.#delivery.spareFor(numbers, perTarget);
  }

  /**
   * Sorts a page of a target by what the list knows; changes nothing.
   * @param again Times that the source left somebody out who came again
   */
  sort(target: number, leads: readonly Lead[], again = 0): SortedPage {
    const { state, sightings } = this.#target(target);
    const { source } = state.target;
    const sorted = sortPage(leads, {
      placeOf: (lead) => this.#people.numberOf(leadIdOf(source, lead)),
      wasSighted: (place) => sightings.has(place),
    });
    return { ...sorted, again: sorted.again + again };
  }

  /** How a page with these people and this next cursor would end its target. */
  endAfter(
    target: number,
    { fresh, known, ...rest }: SortedPage & Pick<PageEntry, "unreadable">,
    next: string | undefined,
  ): TargetEnd | undefined {
    const { state, asked } = this.#target(target);
    const nextWasAsked = next !== undefined && (next === state.cursor || asked.numberOf(next) !== undefined);
    return pageEnd({ next, nextWasAsked, ...barrenPages(state, fresh.length + known.length, rest) });
  }

  /** @throws {Error} when the entry can't follow those before it */
  apply(entry: LeadEntry): void {
    switch (entry.t) {
      case "target":
        return this.#join(entry);
      case "request":
        return this.#begin(entry);
      case "page":
        return this.#takePage(entry);
      case "fault":
        return this.#takeFault(entry);
      case "saved":
        for (const lead of entry.leads) this.#addLead(this.#target(entry.k), entry.k, lead);
        return;
      case "reset":
        return this.#reset(entry);
      case "cycle":
        return this.#nextCycle(entry.at);
      case "pause":
        this.#open().status = { kind: "paused", pause: entry.pause };
        return;
      case "resume":
        return this.#resume();
      case "end":
        this.#open().status = { kind: "ended", end: entry.end, at: entry.at };
        return this.#delivery.end();
      case "told":
        if (this.#request) this.#request.isTold = true;
        return;
    }
  }

  #join({ source, query }: Target): void {
    this.#targets.push(newTarget({ source, query }, this.#createIndex));
  }

  #begin({ targets, count, perTarget, maxCalls, cycle, at }: RequestEntry): void {
    if (this.#request && this.#request.status.kind !== "ended")
      throw new Error("a request begins before the one before has ended");
    this.#reopen(targets);
    this.#requests.push({
      number: this.#requests.length + 1,
      targets,
      count,
      delivered: 0,
      deliveredThisCycle: 0,
      cycleStartedAt: at,
      startedAt: at,
      status: RUNNING,
      isTold: false,
      isSpent: false,
      got: {},
      usage: {},
      ...nothing,
      ...(perTarget === undefined ? {} : { perTarget }),
      ...(maxCalls === undefined ? {} : { maxCalls }),
      ...(cycle === undefined ? {} : { cycle }),
    });
    this.#handOver(this.#delivery.begin({ targets, count, perTarget, perCycle: cycle?.leads }).length);
  }

  /** One that ended goes on for what it lacks, where its targets stopped. */
  #resume(): void {
    const request = this.#request;
    if (!request) throw new Error("no request is there to go on");
    const hasEnded = request.status.kind === "ended";
    request.status = RUNNING;
    request.isTold = false;
    if (hasEnded) this.#reopen(request.targets);
    this.#handOver(this.#delivery.resume().length);
  }

  /** Whoever asks again wants to know again; only what the source itself ended, or what runs in circles, stays over. */
  #reopen(targets: readonly number[]): void {
    for (const { state } of targets.map((target) => this.#target(target)))
      if (canGoOn(state.end)) reopen(state);
  }

  #reset({ k, ask }: ResetEntry): void {
    beginAnew(this.#target(k), this.#createIndex, ask);
    for (const request of this.#requests)
      if (request.status.kind === "ended" && request.targets.includes(k)) request.isSpent = true;
  }

  #takePage(entry: PageEntry): void {
    const target = this.#target(entry.k);
    const { state, sightings, asked } = target;
    if (entry.cursor !== undefined) asked.add(entry.cursor);
    if (entry.identity !== undefined) state.identity = entry.identity;
    if (entry.twin !== undefined) this.#giveWay(state, entry.k, entry.twin);
    for (const lead of entry.leads) this.#addLead(target, entry.twin ?? entry.k, lead);
    for (const place of entry.known) sightings.add(place);
    this.#countCall(state, entry.at, {
      rows: entry.rows,
      found: entry.leads.length,
      duplicates: entry.known.length + entry.again,
      unreadable: entry.unreadable ?? 0,
    });
    Object.assign(state, barrenPages(state, entry.leads.length + entry.known.length, entry));
    state.sighted = sightings.size;
    state.lastPageAt = entry.at;
    if (entry.sample !== undefined) state.sample ??= entry.sample;
    if (entry.total !== undefined) state.declaredTotal = entry.total;
    endAt(state, entry.end, entry.at);
    if (entry.trouble === undefined) delete state.lastFault;
    else state.lastFault = { kind: "unclear", why: entry.trouble, at: entry.at };
    moveTo(state, entry.next);
    if (this.#request && entry.credits !== undefined) this.#request.creditsLeft = entry.credits;
  }

  /** The same target under another name goes on in its place. */
  #giveWay(state: Writable<TargetState>, number: number, twin: number): void {
    const request = this.#open();
    state.twin = twin;
    request.targets = replaced(request.targets, number, twin);
    if (request.perTarget !== undefined) request.count = request.perTarget * request.targets.length;
    this.#reopen([twin]);
    this.#handOver(this.#delivery.replace(number, twin).length);
  }

  #takeFault({ k, fault, why, end, at }: FaultEntry): void {
    const target = this.#target(k);
    this.#countCall(target.state, at);
    target.state.lastFault = { kind: fault, why, at };
    if (fault === "badCursor") beginAnew(target, this.#createIndex);
    if (end !== undefined) endAt(target.state, end, at);
  }

  #addLead(target: TargetFold, number: number, lead: Lead): void {
    const place = this.#people.size;
    if (this.#people.add(leadIdOf(target.state.target.source, lead)) !== place)
      throw new Error(`the lead ${lead.id} comes twice`);
    for (const name of Object.keys(lead.details ?? {})) this.#details.add(name);
    target.sightings.add(place);
    if (this.#delivery.offer(number, place)) this.#handOver(1, [number]);
  }

  #countCall(state: Writable<TargetState>, at: number, page?: PageTally): void {
    const request = this.#open();
    for (const tally of [state, request]) tallyCall(tally, page);
    const { source } = state.target;
    this.#moments.add(source, at);
    if (!page) return;
    const { pages, rows } = request.usage[source] ?? { pages: 0, rows: 0 };
    request.usage = { ...request.usage, [source]: { pages: pages + 1, rows: rows + page.rows } };
  }

  #nextCycle(at: number): void {
    const request = this.#open();
    request.cycleStartedAt = at;
    request.deliveredThisCycle = 0;
    this.#handOver(this.#delivery.nextCycle().length);
  }

  get #request(): OpenRequest | undefined {
    return this.#requests.at(-1);
  }

  #handOver(count: number, targets = this.#request?.targets ?? []): void {
    if (!this.#request) return;
    for (const target of targets) this.#request.got[target] = this.#delivery.gotFrom(target);
    this.#request.delivered += count;
    this.#request.deliveredThisCycle += count;
    this.#delivered += count;
  }

  #open(): OpenRequest {
    if (!this.#request || this.#request.status.kind === "ended") throw new Error("no request is open");
    return this.#request;
  }

  #target(number: number): TargetFold {
    const target = this.#targets[number];
    if (!target) throw new Error(`the list has no target ${number}`);
    return target;
  }
}

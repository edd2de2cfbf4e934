/**
 * The collector for programs: exactly so many different people or posts from sources of the program's own, in a folder of
 * its own, by the same code that collects for the chat and the command line. Whatever is killed, the same request given
 * again goes on at its page, and nobody and nothing is collected twice.
 */
import { join } from "node:path";
import { NewestEvents } from "../storage/files/events/newest-events.ts";
import { createEventHub } from "../app/event-hub.ts";
import { collect } from "../app/leads/collect.ts";
import { leadListView, metadataOf } from "../app/leads/leads-view.ts";
import type { CollectParts } from "../app/leads/leads-parts.ts";
import { whenSettled } from "../app/leads/when-settled.ts";
import type { CollectorPolicy } from "../collector/collector-parts.ts";
import { defaultCollectorPolicy } from "../collector/collector-parts.ts";
import { Collector } from "../collector/collector.ts";
import type { CollectionEvent } from "../domain/collecting/collection-event.ts";
import { deduplicationRate } from "../domain/collecting/collection-figures.ts";
import type { CollectionStatus } from "../domain/collecting/collection.ts";
import type { CollectionEnd } from "../domain/collecting/lead.ts";
import type { DeliveredLead } from "../domain/collecting/delivered-leads.ts";
import type { ExactCountTracking } from "../domain/collecting/exact-count-tracking.ts";
import { ClientError, ValidationError } from "../domain/errors.ts";
import { systemClock } from "../lib/clock.ts";
import { checkedSource } from "../sources/checked-source.ts";
import type { Source } from "../sources/source.ts";
import type { Lease } from "../storage/files/folder/lease.ts";
import { LeaseTakenError, openLease } from "../storage/files/folder/lease.ts";
import { openLeadStore } from "../storage/files/leads/lead-store.ts";
import type { CollectOptions } from "./collect-options.ts";
import { refusalOf, requestOf } from "./collect-options.ts";

export interface CollectorOptions {
  /** Where everything is kept; made when there is none, and used by one process at a time. */
  readonly folder: string;
  readonly sources: readonly Source[];
  /** How patient it is; what is absent is as everywhere in Peyk. */
  readonly policy?: Partial<CollectorPolicy>;
  readonly onEvent?: (event: CollectionEvent) => void;
  /** Where it reports what nobody asked about; default `process.emitWarning`. */
  readonly onProblem?: (message: string) => void;
}

export interface Collected {
  readonly list: string;
  /**
   * Why it ended. `paused` (by the source's credits or access, or the disk) and `interrupted` go on with the same request.
   */
  readonly end: CollectionEnd | "paused" | "interrupted";
  readonly count: number;
  readonly delivered: number;
  readonly statistics: {
    readonly unique: number;
    readonly duplicatesSkipped: number;
    /** In percent. */
    readonly deduplicationRate: number;
  };
  readonly tracking: ExactCountTracking | undefined;
}

/** Windows of platforms pass within this. */
const LONGEST_WAIT_MS = 16 * 60_000;
/** How long a stop waits for the page under way, in ms. */
const GRACE_MS = 5000;

/**
 * *Open* until `close`, which waits for the page under way and gives the folder back; from then on it is somebody
 * else's, and nothing is asked or written any more.
 */
export class ProgramCollector implements AsyncDisposable {
  readonly #parts: CollectParts;
  readonly #lease: Lease;
  #closing: Promise<void> | undefined;

  private constructor(parts: CollectParts, lease: Lease) {
    this.#parts = parts;
    this.#lease = lease;
  }

  /**
   * Opens the folder.
   * @throws {ClientError} when another process uses it
   * @throws {ValidationError} naming the option that is wrong
   */
  static async open(options: CollectorOptions): Promise<ProgramCollector> {
    checkOptions(options);
    const lease = await openLease(options.folder, systemClock).catch((error: unknown) => {
      throw error instanceof LeaseTakenError ? new ClientError(error.message, { cause: error }) : error;
    });
    try {
      return new ProgramCollector(await partsOf(options, () => lease.assertHeld()), lease);
    } catch (error) {
      await lease[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Collects, and resolves when the number is reached, the source has no more, or nothing goes on by itself.
   * @throws {ValidationError} when it can't begin
   * @throws {ClientError} when it is closed
   * @throws The signal's reason when it fired before anything began
   */
  async collect(options: CollectOptions): Promise<Collected> {
    this.#assertOpen();
    options.signal?.throwIfAborted();
    const result = await collect(this.#parts, requestOf(options));
    if (!result.ok) throw new ValidationError(refusalOf(result));
    const { signal = new AbortController().signal, longestWaitMs = LONGEST_WAIT_MS } = options;
    if (result.begun !== "toldAgain") await whenSettled(this.#parts, result.list, { longestWaitMs, signal });
    if (signal.aborted) await this.#interrupt(result.list);
    return this.#collected(result.list, result.request);
  }

  /** Everything delivered to a list, in the order it came; undefined for a list that there is none of. */
  async items(list: string): Promise<AsyncIterable<DeliveredLead> | undefined> {
    this.#assertOpen();
    return (await this.#parts.leadStore.find(list))?.delivered();
  }

  /** Takes in the page under way and closes everything. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #assertOpen(): void {
    if (this.#closing) throw new ClientError("The collector is closed.");
  }

  async #close(): Promise<void> {
    const { collector, leadStore, sources } = this.#parts;
    await collector.stop(GRACE_MS);
    for (const source of sources.values()) await source[Symbol.asyncDispose]();
    await leadStore[Symbol.asyncDispose]();
    await this.#lease[Symbol.asyncDispose]();
  }

  /** The page under way is taken in; the same request goes on. */
  async #interrupt(list: string): Promise<void> {
    const ledger = await this.#parts.leadStore.find(list);
    if (!ledger) return;
    const { request } = await ledger.state();
    if (request?.status.kind === "running") await this.#parts.collector.pause(ledger);
  }

  async #collected(list: string, number: number): Promise<Collected> {
    const request = (await leadListView(this.#parts, list, number))?.request;
    if (!request) throw new ClientError(`The list ${list} is gone.`);
    const { status, count, delivered, found, duplicates } = request;
    return {
      list,
      end: endOf(status),
      count,
      delivered,
      statistics: {
        unique: found,
        duplicatesSkipped: duplicates,
        deduplicationRate: deduplicationRate(found, duplicates),
      },
      tracking: await metadataOf(this.#parts, list, number),
    };
  }
}

function endOf(status: CollectionStatus): Collected["end"] {
  if (status.kind === "ended") return status.end;
  return status.kind === "paused" && status.pause.kind !== "operator" ? "paused" : "interrupted";
}

async function partsOf(options: CollectorOptions, beforeWrite: () => void): Promise<CollectParts> {
  const { folder, policy, onEvent, onProblem = warn } = options;
  const leadEvents = createEventHub(new NewestEvents<CollectionEvent>(), (error) => onProblem(String(error)));
  if (onEvent) leadEvents.watch(onEvent);
  const sources = sourcesByName(options.sources);
  const leadStore = await openLeadStore(join(folder, "leads"), {
    beforeWrite,
    onProblem: (error) => onProblem(error.message),
  });
  const collector = new Collector({
    store: leadStore,
    sources,
    clock: systemClock,
    random: Math.random,
    policy: { ...defaultCollectorPolicy, ...policy },
    emit: (event) => leadEvents.emit(event),
    log: { error: (problem) => onProblem(typeof problem === "string" ? problem : problem.message) },
  });
  return { leadStore, sources, collector, leadEvents, clock: systemClock };
}

function warn(message: string): void {
  process.emitWarning(message, "Peyk");
}

/** As plain JavaScript may give them, with no types to stop it. */
function checkOptions({ folder, sources }: { readonly folder: unknown; readonly sources: unknown }): void {
  if (typeof folder !== "string" || folder === "")
    throw new ValidationError("folder: expected the path of a folder.");
  if (!Array.isArray(sources)) throw new ValidationError("sources: expected an array of sources.");
}

function sourcesByName(sources: readonly Source[]): Map<string, Source> {
  const named = new Map(sources.map((source) => [source.manifest.name, checkedSource(source)]));
  if (named.size < sources.length) throw new ValidationError("sources: two of them have one name.");
  return named;
}

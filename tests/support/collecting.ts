/** Collecting on real files in virtual time, over several lives of the process. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { CollectorPolicy } from "../../src/collector/collector-parts.ts";
import { defaultCollectorPolicy } from "../../src/collector/collector-parts.ts";
import type { NewRequest } from "../../src/collector/collector.ts";
import { Collector } from "../../src/collector/collector.ts";
import type { CollectionEvent } from "../../src/domain/collecting/collection-event.ts";
import type { Source } from "../../src/sources/source.ts";
import { openLeadStore } from "../../src/storage/files/leads/lead-store.ts";
import type { LeadLedger, LeadStore } from "../../src/storage/ports/leads.ts";
import type { Extents, Failure } from "./failing-disk.ts";
import { FailingDisk } from "./failing-disk.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import { createVirtualClock } from "./virtual-clock.ts";

export interface CollectingOptions {
  readonly sources: readonly Source[];
  readonly policy?: Partial<CollectorPolicy>;
  readonly failure?: Failure;
}

/** One life of the process. */
export interface Collecting {
  readonly collector: Collector;
  readonly store: LeadStore;
  readonly clock: VirtualClock;
  readonly disk: FailingDisk;
  readonly events: CollectionEvent[];
  readonly logged: string[];
  /** Opens the list and begins a request. */
  begin(request: NewRequest, list?: string): Promise<LeadLedger>;
  /** Lets time pass until no request runs any more. */
  finish(list?: string): Promise<void>;
  /** Lets `ms` pass and everything happen that comes of it, until the list's request waits for a moment or is over. */
  pass(ms: number, list?: string): Promise<void>;
  close(): Promise<void>;
  /** The end of a process that was killed: nothing it still asks for is heard, and its files are closed. */
  abandon(): Promise<void>;
}

/** A folder of lists that outlives the processes which work on it. */
export async function createLeadWorld() {
  const folder = await mkdtemp(join(tmpdir(), "peyk-leads-"));
  const extents: Extents = new Map();
  let now: number | undefined;
  return {
    folder,
    extents,
    async live({ sources, policy, failure }: CollectingOptions): Promise<Collecting> {
      const clock = createVirtualClock(now);
      const disk = new FailingDisk(extents, failure);
      const { beforeWrite, openFile } = disk;
      const store = await openLeadStore(folder, { beforeWrite, openFile });
      const [events, logged]: [CollectionEvent[], string[]] = [[], []];
      const log = (line: string): void => void logged.push(line);
      const collector = new Collector({
        store,
        sources: new Map(sources.map((source) => [source.manifest.name, source])),
        clock,
        random: () => 0.5,
        policy: { ...defaultCollectorPolicy, ...policy },
        emit: (event) => void events.push(event),
        log: { debug: log, info: log, warn: log, error: log },
      });
      return {
        collector,
        store,
        clock,
        disk,
        events,
        logged,
        async begin(request, list = "one") {
          const ledger = await store.open(list);
          await collector.begin(ledger, request);
          return ledger;
        },
        async finish(list = "one") {
          const progress = { isOver: false };
          void collector.idle(list).then(() => (progress.isOver = true));
          const over = async (): Promise<void> => {
            while (!progress.isOver && !disk.isDead) await turn();
          };
          await clock.runUntil(over());
        },
        async pass(ms, list = "one") {
          await clock.advance(ms);
          const progress = { isOver: false };
          void collector.idle(list).then(() => (progress.isOver = true));
          while (!progress.isOver && !collector.waitOf(list)) await turn();
        },
        async close() {
          now = clock.now();
          await clock.runUntil(collector.stop(0));
          await store[Symbol.asyncDispose]();
        },
        async abandon() {
          now = clock.now();
          disk.bury();
          void collector.stop(0);
          await store[Symbol.asyncDispose]().catch(() => undefined);
        },
      };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

export async function deliveredIds(ledger: LeadLedger): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of ledger.delivered()) ids.push(id);
  return ids;
}

/** A sync between a data folder and a real database, with a clock moved by hand. */
import { SyncSession } from "../../src/sync/session.ts";
import type { SyncParts } from "../../src/sync/session.ts";
import type { SyncEvent } from "../../src/sync/sync-event.ts";
import type { Comparison } from "../../src/sync/compare.ts";
import { compare } from "../../src/sync/compare.ts";
import { createSyncSource } from "../../src/storage/files/sync-source.ts";
import type { Connect } from "../../src/storage/postgres/connection.ts";
import { connectTo } from "../../src/storage/postgres/connection.ts";
import { openPostgresStore } from "../../src/storage/postgres/copy/external-store.ts";
import type { Clock } from "../../src/lib/clock.ts";

/** Sleeps are over at once and are written down. */
export function createQuickClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  return { slept, now: () => 0, sleep: async (ms) => void slept.push(ms) };
}

export interface BenchOptions extends Partial<SyncParts> {
  readonly dataDir: string;
  readonly url: string;
  /** Instead of a plain connection. */
  readonly open?: Connect;
}

/** The parts of a sync from one to the other. */
export function syncParts({
  dataDir,
  url,
  open,
  ...parts
}: BenchOptions): SyncParts & { events: SyncEvent[] } {
  const events: SyncEvent[] = [];
  return {
    source: createSyncSource(dataDir),
    connect: (identity) => openPostgresStore(open ?? (() => connectTo(url)), identity),
    takeOptOuts: async () => false,
    clock: createQuickClock(),
    retryDelaysMs: [100, 200, 400],
    batchLines: 3,
    tell: (event) => void events.push(event),
    events,
    ...parts,
  };
}

/** One round on a session of its own. */
export async function syncOnce(options: BenchOptions): Promise<SyncEvent[]> {
  const parts = syncParts(options);
  await using session = new SyncSession(parts);
  await session.round(new AbortController().signal);
  return parts.events;
}

/** The comparison as the command makes it. */
export async function compareWith(options: BenchOptions): Promise<Comparison> {
  const parts = syncParts(options);
  await using session = new SyncSession(parts);
  return await session.attempt("comparison", (store) =>
    store.snapshot((copy) => compare(parts.source, copy)),
  );
}

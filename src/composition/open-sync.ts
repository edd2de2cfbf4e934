/**
 * Puts a sync together: the data folder on one side, the database in `DATABASE_URL` on the other. Two kinds: beside a
 * running Peyk or without one (`peyk sync`), and inside it.
 */
import { join } from "node:path";
import { z } from "zod";
import { SyncControlAtWork } from "../app/sync-control.ts";
import type { OpenSync } from "../cli/program-parts.ts";
import type { CollectorLog } from "../collector/save-retries.ts";
import type { Config } from "../config.ts";
import { systemClock } from "../lib/clock.ts";
import { TroubledError } from "../lib/trouble.ts";
import { openDocument } from "../lib/files/document.ts";
import { LeaseTakenError, openLease } from "../storage/files/folder/lease.ts";
import { SUPPRESSION_FILE, openSuppressionStore } from "../storage/files/people/suppression-store.ts";
import { createSyncSource } from "../storage/files/sync-source.ts";
import { connectTo } from "../storage/postgres/connection.ts";
import { openPostgresStore } from "../storage/postgres/copy/external-store.ts";
import type { SuppressionStore } from "../storage/ports/people.ts";
import { compare } from "../sync/compare.ts";
import { SyncLoop } from "../sync/loop.ts";
import type { TakeOptOuts } from "../sync/opt-outs.ts";
import { addToSuppressions } from "../sync/opt-outs.ts";
import type { SyncParts } from "../sync/session.ts";
import { BATCH_LINES, SyncSession } from "../sync/session.ts";
import type { SyncEvent } from "../sync/sync-event.ts";
import { createLexicon } from "../words/words.ts";
import { syncToldLines } from "../words/sync-told.ts";

/** The settings that a sync goes by. */
export type SyncSettings = Pick<Config, "dataDir" | "retryDelaysMs"> & { readonly databaseUrl: string };

/** Everything a sync needs; who may add to the do-not-send list is said by whoever owns it. */
export function syncPartsOf(
  { dataDir, retryDelaysMs, databaseUrl }: SyncSettings,
  takeOptOuts: TakeOptOuts,
  tell: (event: SyncEvent) => void,
): SyncParts {
  return {
    source: createSyncSource(dataDir),
    connect: (identity) => openPostgresStore(() => connectTo(databaseUrl), identity),
    takeOptOuts,
    clock: systemClock,
    retryDelaysMs,
    batchLines: BATCH_LINES,
    tell,
  };
}

/**
 * Opens a sync of its own, which may run beside a Peyk that is at work on the same folder.
 * @throws {TroubledError} when no database is named
 */
export function openSync(config: Config, tell: (event: SyncEvent) => void): OpenSync {
  const { databaseUrl } = config;
  if (config.store === "postgres")
    throw new TroubledError("There is nothing to sync with STORE=postgres.", { code: "alreadyThere" });
  if (databaseUrl === undefined)
    throw new TroubledError("DATABASE_URL is not set. It names the PostgreSQL database to copy to.", {
      code: "noDatabase",
    });
  const parts = syncPartsOf(
    { ...config, databaseUrl },
    (those) => takeWithLease(config.dataDir, those),
    tell,
  );
  return {
    defaultIntervalS: config.syncIntervalS,
    async once(signal) {
      await using session = new SyncSession(parts);
      return await session.round(signal);
    },
    async watch(intervalMs, signal) {
      const loop = new SyncLoop(parts, intervalMs);
      await loop.run(signal);
      return loop.status();
    },
    async compare() {
      await using session = new SyncSession(parts);
      return await session.attempt("comparison", (store) =>
        store.snapshot((copy) => compare(parts.source, copy)),
      );
    },
  };
}

export interface SyncControlSettings extends Omit<SyncSettings, "databaseUrl" | "retryDelaysMs"> {
  readonly databaseUrl?: string;
  readonly syncIntervalS?: number;
  readonly retryDelaysMs?: readonly number[];
}

/** What the running program lends its sync. */
export interface SyncOwnerParts {
  readonly suppression: SuppressionStore;
  readonly beforeWrite: () => void;
  readonly log: CollectorLog;
}

/** Opens the switch of the running program's own sync; it does nothing until it is begun or switched on. */
export async function openSyncControl(
  settings: SyncControlSettings,
  { suppression, beforeWrite, log }: SyncOwnerParts,
): Promise<SyncControlAtWork> {
  const { dataDir, databaseUrl, syncIntervalS = 300, retryDelaysMs = [100, 200, 400] } = settings;
  const document = await openDocument(join(dataDir, "sync.json"), {
    version: 1,
    schema: z.object({ isOn: z.boolean(), intervalS: z.int().positive() }),
    initial: { isOn: false, intervalS: syncIntervalS },
    beforeWrite,
    onSetAside: (problem) => log.error(problem),
  });
  const words = createLexicon({ clock: systemClock, timeZone: "UTC" }).en; // the log's language
  const tell = (event: SyncEvent): void => {
    for (const { text, isProblem } of syncToldLines(event, words))
      if (isProblem) log.warn?.(`sync: ${text}`);
      else log.info?.(`sync: ${text}`);
  };
  const take = addToSuppressions(suppression);
  const sync =
    databaseUrl === undefined
      ? {}
      : { sync: syncPartsOf({ dataDir, retryDelaysMs, databaseUrl }, take, tell) };
  return new SyncControlAtWork({ ...sync, switch: document, defaultIntervalS: syncIntervalS });
}

/** Takes the data folder for the moment that it takes; while a Peyk is at work there, that one must take opt-outs in. */
async function takeWithLease(
  dataDir: string,
  suppressions: Parameters<TakeOptOuts>[0],
): ReturnType<TakeOptOuts> {
  const lease = await openLease(dataDir, systemClock).catch((error: unknown) => {
    if (error instanceof LeaseTakenError) return undefined;
    throw error;
  });
  if (!lease) return false;
  await using _ = lease;
  await using list = await openSuppressionStore(join(dataDir, SUPPRESSION_FILE), {
    clock: systemClock,
    beforeWrite: () => lease.assertHeld(),
  });
  return await addToSuppressions(list)(suppressions);
}

/** Where the programs of a test keep everything: the suites that run on files run on PostgreSQL too. */
import { expect, inject } from "vitest";
import { openReads, openStorage } from "../../src/composition/stores/open-storage.ts";
import type { OpenReads, OpenStores } from "../../src/composition/stores/stores.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { Opened } from "../../src/lib/opened.ts";
import { configOf } from "./move-in.ts";
import { createDatabase } from "./postgres/test-database.ts";
import type { Settings, Where } from "./stored.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Which of them this run of a test file is about. */
    store: "files" | "postgres";
  }
}

/** What is about the files of a data folder, and nothing else, is skipped then. */
export const isOnPostgres = (): boolean => inject("store") === "postgres";

/** The settings of a Peyk that has all it keeps for itself: in its data folder, or in a database of its own. */
export async function ownStore(): Promise<Settings> {
  if (!isOnPostgres()) return {};
  return { STORE: "postgres", DATABASE_URL: await createDatabase({ isInTime: true }) };
}

/** Lets a test write where a Peyk with these settings keeps everything, while none is at work. */
export async function withStores(
  settings: Settings,
  work: (stores: OpenStores) => Promise<void>,
): Promise<void> {
  const log = { error: fail };
  await using storage = await openStorage(configOf(settings), { clock: systemClock, log });
  await using _ = storage.held;
  await work(storage.stores);
}

/** Looks at what is kept there, beside whoever works. */
export async function lookAt<T>({ dataDir, own }: Where, look: (reads: OpenReads) => Promise<T>): Promise<T> {
  const config = configOf({ ...own, DATA_DIR: dataDir });
  await using opened = new Opened();
  return await look(await openReads(config, { opened, clock: systemClock, onProblem: fail }));
}

function fail(problem: unknown): never {
  return expect.fail(String(problem));
}

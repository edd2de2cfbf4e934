/**
 * How long the chat may have to wait while a million-name campaign runs flat out and another list of a million names is
 * imported beside it: delays of the event loop.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createImportList } from "../src/app/lists/import-list.ts";
import { systemClock } from "../src/lib/clock.ts";
import { openListReader } from "../src/lists/reader/open-list-reader.ts";
import { openListStore } from "../src/storage/files/lists/list-store.ts";
import { createBenchEngine, makeCampaign, nameOf, temporaryFolder, writeLines } from "./campaign-files.ts";
import type { BenchRow } from "./row.ts";
import { noContacts } from "../tests/support/no-contacts.ts";

const NAMES = 1_000_000;
const RESOLUTION_MS = 5;

export async function benchEventLoop(): Promise<BenchRow[]> {
  await using folder = await temporaryFolder();
  const floor = await idleDelay();
  const { engine, finished } = createBenchEngine(folder.path, 64);
  const campaign = await makeCampaign(folder.path, "bench", NAMES);
  const path = join(folder.path, "names.csv");
  await writeLines(path, NAMES, (index) => `@${nameOf(index)},Rey\n`);
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  await engine.start(campaign);
  const imported = await importList(folder.path, path);
  await finished();
  delays.disable();
  if (imported !== NAMES) throw new Error(`${imported} names were imported`);
  await engine.stop(1000);
  const value = delays.percentile(99) / 1e6;
  return [
    {
      name: "event-loop delay, 99th percentile, a million sent while a million are imported",
      value: Math.round(value * 10) / 10,
      unit: "ms",
      floor: Math.round(floor * 10) / 10,
      ratio: value / floor,
      aim: "under 50 ms",
      met: value < 50,
    },
  ];
}

/** Imports as the running program does: read by a process of its own, kept in files; answers how many names there are. */
async function importList(dataDir: string, path: string): Promise<number> {
  await using reader = openListReader();
  const importNow = createImportList({
    reader,
    lists: await openListStore(dataDir, { clock: systemClock }),
    ledgers: { sentNames: async () => new Set() },
    suppression: { questions: async () => () => undefined },
    subscribers: { all: async function* () {}, find: async () => undefined },
    leadStore: { find: () => Promise.resolve(undefined) },
    contacts: noContacts,
    campaigns: { get: async () => undefined },
    clock: systemClock,
  });
  const result = await importNow({ source: { kind: "file", path, name: "names.csv" }, campaignId: "other" });
  if (result.kind === "problem") throw new Error(JSON.stringify(result));
  return result.valid;
}

/** The same figure of an idle process. */
async function idleDelay(): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  await sleep(1000);
  delays.disable();
  return delays.percentile(99) / 1e6;
}

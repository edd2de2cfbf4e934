/** The program in a process of its own, watched from outside: its health, its memory, its helpers, its death. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Playground } from "../../src/playground/playground.ts";
import type { Settings } from "../support/stored.ts";
import { StopsInDatabase, StopsOnDisk } from "./stops-on-record.ts";

export interface WatchRequest {
  /** Path of the compiled `main.js`. */
  readonly main: string;
  /** Where it is started; its data lies in `data` there. */
  readonly folder: string;
  readonly health: string;
  /** What it is told of a store of its own. */
  readonly own: Settings;
  readonly env: Readonly<Record<string, string>>;
}

export interface Watched {
  /** Resolves when it asks for updates. */
  listens(playground: Playground): Promise<void>;
  /** When each opt-out stood on disk, by the person's id; ms since the epoch. */
  heardStops(): Promise<ReadonlyMap<number, number>>;
  deaths(): number;
  slowestHealthMs(): number;
  /** The most that the program itself worked while one such answer was waited for; the rest of it others had the machine. */
  slowestHealthOwnMs(): number;
  peakMb(): number;
  /** The largest of the processes it starts. */
  peakHelperMb(): number;
  stop(): Promise<void>;
}

const HEALTH_EVERY_MS = 200;
const MEMORY_EVERY_MS = 200;
const DISK_EVERY_MS = 20;

/** Starts the program and watches it until it is stopped. */
export async function watchProgram({ main, folder, health, own, env }: WatchRequest): Promise<Watched> {
  const child = spawn(process.execPath, [main], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", ...own, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const over = new AbortController();
  const exited = once(child, "exit").then(() => over.abort());
  const seen = { deaths: 0, healthMs: 0, healthOwnMs: 0, helperKb: 0, peakKb: 0 };
  void exited.then(() => (seen.deaths += 1));
  const { DATABASE_URL: url } = own;
  const stops =
    url === undefined ? new StopsOnDisk(`${folder}/data/subscribers.jsonl`) : new StopsInDatabase(url);
  const every = (ms: number, look: () => Promise<void>): Promise<void> => repeat(ms, look, over.signal);
  const watching = [
    every(HEALTH_EVERY_MS, async () => {
      const before = await workOf(child.pid);
      const took = await askHealth(health);
      const worked = (await workOf(child.pid)) - before;
      seen.healthMs = Math.max(seen.healthMs, took);
      seen.healthOwnMs = Math.max(seen.healthOwnMs, Math.min(took, worked));
    }),
    every(MEMORY_EVERY_MS, async () => {
      seen.peakKb = Math.max(seen.peakKb, await memoryOf(child.pid));
      for (const helper of await childrenOf(child.pid))
        seen.helperKb = Math.max(seen.helperKb, await memoryOf(helper));
    }),
    every(DISK_EVERY_MS, () => stops.look()),
  ];
  return {
    async listens({ world }) {
      while (!world.calls().some(({ method }) => method === "getUpdates")) {
        if (over.signal.aborted) throw new Error("the program ended");
        await wait(20);
      }
      [seen.healthMs, seen.healthOwnMs] = [0, 0];
    },
    heardStops: async () => {
      await stops.look();
      return stops.heard;
    },
    deaths: () => seen.deaths,
    slowestHealthMs: () => seen.healthMs,
    slowestHealthOwnMs: () => seen.healthOwnMs,
    peakMb: () => Math.round(seen.peakKb / 1024),
    peakHelperMb: () => Math.round(seen.helperKb / 1024),
    async stop() {
      over.abort();
      await Promise.all(watching);
      await stops.close();
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await exited;
    },
  };
}

async function repeat(ms: number, look: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await look().catch(() => undefined);
    await wait(ms, undefined, { signal }).catch(() => undefined);
  }
}

/** How long it took to answer, in ms; a page that is not there yet took no time. */
async function askHealth(health: string): Promise<number> {
  const at = performance.now();
  const answer = await fetch(health);
  await answer.arrayBuffer();
  return performance.now() - at;
}

/** What a process holds in memory, in kB; 0 when it is gone. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
}

/** How long the processor has worked for a process, on all its threads, in ms: Linux counts in hundredths of a second. */
async function workOf(pid: number | undefined): Promise<number> {
  const line = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const [user = 0, system = 0] = line.slice(line.lastIndexOf(")")).split(" ").slice(12, 14).map(Number);
  return (user + system) * 10;
}

async function childrenOf(pid: number | undefined): Promise<number[]> {
  const all = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return all.split(" ").filter(Boolean).map(Number);
}

/** Sends a second of so many processes that share a database, each with as many accounts. */
import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Database } from "../../src/storage/postgres/database.ts";
import { openDatabase } from "../../src/storage/postgres/database.ts";
import { importCampaign } from "./bench-database.ts";

const WORKER = fileURLToPath(new URL("worker.js", import.meta.url));

export interface FleetAsked {
  readonly processes: number;
  readonly names: number;
  /** Sends that one process may have under way. */
  readonly inFlight: number;
}

/** Between the first and the last tenth of them, for duties are shared out at first. */
export async function fleetSpeed(url: string, { processes, names, inFlight }: FleetAsked): Promise<number> {
  await using database = openDatabase({ url });
  const accounts = Array.from({ length: processes }, (_, nth) => `account-${nth}`);
  const workers = await Promise.all(accounts.map(() => startWorker(url, inFlight)));
  const id = `fleet-${processes}-${names}`;
  await importCampaign(database, id, { count: names, accounts });
  for (const worker of workers) worker.send("go");
  const first = await sentAtLeast(database, id, names / 10);
  const last = await sentAtLeast(database, id, names * 0.9);
  await Promise.all(workers.map((worker) => end(worker)));
  return (last.sent - first.sent) / ((last.at - first.at) / 1000);
}

/** Resolves when it is ready. */
export async function startWorker(url: string, inFlight: number): Promise<ChildProcess> {
  const worker = fork(WORKER, [url, String(inFlight)], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  await once(worker, "message");
  return worker;
}

export async function end(worker: ChildProcess): Promise<void> {
  const exited = once(worker, "exit");
  worker.disconnect();
  await exited;
}

async function sentAtLeast(database: Database, id: string, count: number) {
  for (;;) {
    const { rows } = await database.query<{ sent: number }>("select (peyk.tally($1)).sent as sent", [id]);
    const sent = rows[0]?.sent ?? 0;
    if (sent >= count) return { sent, at: performance.now() };
    await pause(20);
  }
}

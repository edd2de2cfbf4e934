/** Transactions a second of one process that has nothing to do. */
import { setTimeout as pause } from "node:timers/promises";
import { openDatabase } from "../../src/storage/postgres/database.ts";
import { end, startWorker } from "./fleet-speed.ts";

const LOOK_MS = 20_000;

const TRANSACTIONS = `
select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()`;

export async function idleQueries(url: string): Promise<number> {
  await using database = openDatabase({ url, connections: 1 });
  const count = async (): Promise<number> =>
    (await database.query<{ count: number }>(TRANSACTIONS)).rows[0]?.count ?? 0;
  const worker = await startWorker(url, 64);
  worker.send("go");
  await pause(3000);
  const before = await count();
  await pause(LOOK_MS);
  const spent = (await count()) - before - 1;
  await end(worker);
  return spent / (LOOK_MS / 1000);
}

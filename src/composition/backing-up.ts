/** `peyk backup` and `peyk restore`: of a folder the file, of a database what its administrator does. */
import { takenOut } from "../app/history/taking-out.ts";
import type { Restoring } from "../cli/program-parts.ts";
import type { Config } from "../config.ts";
import { systemClock } from "../lib/clock.ts";
import type { MadeFile } from "../lib/files/made-file.ts";
import { ownLogin } from "../lib/files/private-files.ts";
import { TroubledError } from "../lib/trouble.ts";
import { databaseOf } from "./stores/open-storage.ts";

export async function backUp({ store, dataDir }: Config): Promise<MadeFile> {
  if (store === "postgres") throw (await database()).backUpDatabase();
  const { makeBackup } = await import("../storage/files/backup/make-backup.ts");
  return makeBackup(dataDir, systemClock.now());
}

/** @param path Of the backup; absent: a database counts as put back from now on */
export async function restore(path: string | undefined, config: Config): Promise<Restoring> {
  if (config.store === "postgres") return restoredDatabase(path, config);
  if (path === undefined) throw new TroubledError("Name the file of the backup.", { code: "restoreNoFile" });
  const { dataDir } = config;
  const { restoreBackup } = await import("../storage/files/backup/restore-backup.ts");
  const restored = await restoreBackup({ path, dataDir, now: systemClock.now() });
  await toldInHistory(config, restored.campaigns);
  return { path: dataDir, ...restored };
}

async function restoredDatabase(path: string | undefined, config: Config): Promise<Restoring> {
  const { restoreDatabase, putAtRestNow } = await database();
  if (path !== undefined) throw restoreDatabase();
  const { madeAt, campaigns, paused, collections } = await putAtRestNow(databaseOf(config));
  await toldInHistory(config, campaigns);
  return { madeAt, campaigns, paused, collections };
}

/** Its history is there now; before that there was none to write in. */
async function toldInHistory(config: Config, count: number): Promise<void> {
  const { takingOutHere } = await import("./taking-out-here.ts");
  await takingOutHere(config, { clock: systemClock, asker: ownLogin() }, (taking) =>
    takenOut(taking, { deed: "restore", about: { count } }, async () => undefined),
  );
}

const database = () => import("./stores/postgres/postgres-backup.ts");

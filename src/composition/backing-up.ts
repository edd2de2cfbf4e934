/** `peyk backup` and `peyk restore`: of a folder the file, of a database what its administrator does. */
import { takenOut } from "../app/history/taking-out.ts";
import type { Restoring } from "../cli/program-parts.ts";
import type { Config } from "../config.ts";
import type { Clock } from "../lib/clock.ts";
import type { MadeFile } from "../lib/files/made-file.ts";
import { TroubledError } from "../lib/trouble.ts";
import { databaseOf } from "./stores/open-storage.ts";

export async function backUp(config: Config, clock: Clock): Promise<MadeFile> {
  if (config.store === "postgres") throw (await database()).backUpDatabase();
  return (await folder()).backUpFolder(config, clock);
}

export interface RestoreParts {
  /** Of the backup; absent: a database counts as put back from now on. */
  readonly path: string | undefined;
  readonly config: Config;
  readonly clock: Clock;
  /** Login of whoever wants it. */
  readonly asker: string;
}

export async function restore({ asker, ...parts }: RestoreParts): Promise<Restoring> {
  const { config, clock } = parts;
  const restored = await putBack(parts);
  const { takingOutHere } = await import("./taking-out-here.ts");
  // Its history is there now; before that there was none to write in.
  await takingOutHere(config, { clock, asker }, (taking) =>
    takenOut(taking, { deed: "restore", about: { count: restored.campaigns } }, async () => undefined),
  );
  return restored;
}

async function putBack({ path, config, clock }: Omit<RestoreParts, "asker">): Promise<Restoring> {
  if (config.store === "postgres") {
    const { restoreDatabase, putAtRestNow } = await database();
    if (path !== undefined) throw restoreDatabase();
    return putAtRestNow(databaseOf(config));
  }
  if (path === undefined) throw new TroubledError("Name the file of the backup.", { code: "restoreNoFile" });
  return (await folder()).restoreFolder(config, path, clock);
}

const database = () => import("./stores/postgres/postgres-backup.ts");
const folder = () => import("./stores/files/file-backup.ts");

/** The backup of a data folder, and the way back from it. */
import type { Clock } from "../../../lib/clock.ts";
import type { MadeFile } from "../../../lib/files/made-file.ts";
import { makeBackup } from "../../../storage/files/backup/make-backup.ts";
import { restoreBackup } from "../../../storage/files/backup/restore-backup.ts";

interface Folder {
  readonly dataDir: string;
}

export function backUpFolder({ dataDir }: Folder, clock: Pick<Clock, "now">): Promise<MadeFile> {
  return makeBackup(dataDir, clock.now());
}

/** @param path Of the backup's file */
export async function restoreFolder({ dataDir }: Folder, path: string, clock: Pick<Clock, "now">) {
  return { path: dataDir, ...(await restoreBackup({ path, dataDir, now: clock.now() })) };
}

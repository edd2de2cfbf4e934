/** Everything below one folder, which one process at a time owns: nobody writes there before the lease is held. */
import { Opened, openTogether } from "../../../lib/opened.ts";
import { makeBackup } from "../../../storage/files/backup/make-backup.ts";
import { readPutBack } from "../../../storage/files/backup/restore-backup.ts";
import { openGuards } from "../../../storage/files/folder/guards.ts";
import { openLease } from "../../../storage/files/folder/lease.ts";
import { refuseMoved } from "../../../storage/files/folder/moved.ts";
import { RequestBox } from "../../../storage/files/folder/request-box.ts";
import { openHistoryStore } from "../../../storage/files/history/history-store.ts";
import type { HistoryStore } from "../../../storage/ports/history.ts";
import { openSyncControl } from "../../open-sync.ts";
import { openErasing } from "./file-erasing.ts";
import { createFileFront } from "./file-front.ts";
import { openFileStores } from "./file-stores.ts";
import type { ReadsParts, Storage, StorageParts, StorageSettings } from "../stores.ts";

/** The history alone, with the folder's lease. @throws {LeaseTakenError} when another process has the folder */
export async function openFileHistory(
  dataDir: string,
  { clock, opened }: Pick<ReadsParts, "clock" | "opened">,
): Promise<HistoryStore> {
  await refuseMoved(dataDir);
  const lease = opened.hold(await openLease(dataDir, clock));
  return opened.hold(await openHistoryStore(dataDir, { beforeWrite: () => lease.assertHeld() }));
}

/** @throws {LeaseTakenError} when another process has the folder */
export function openFileStorage(settings: StorageSettings, { clock, log }: StorageParts): Promise<Storage> {
  const { dataDir, timeZone } = settings;
  return openTogether(async (opened) => {
    const lease = opened.hold(await openLease(dataDir, clock, (error) => log.error(error)));
    const beforeWrite = (): void => lease.assertHeld();
    const erasing = await openErasing(settings, lease, { log, clock });
    await erasing.carryOut();
    const held = opened.hold(new Opened());
    held.hold(await openGuards(dataDir, beforeWrite));
    const parts = { dataDir, timeZone, clock, log, lease, erased: erasing.store, opened: held };
    const stores = await openFileStores(parts);
    const { suppression } = stores;
    const sync = await openSyncControl(settings, { suppression, beforeWrite, log });
    const putBack = await readPutBack(dataDir);
    return {
      beforeWrite,
      stores,
      front: createFileFront({ dataDir, clock, beforeWrite, onProblem: (error) => log.error(error) }),
      held,
      erasing,
      ...(putBack ? { putBack } : {}),
      mustReopen: erasing.store.isWanted,
      sync,
      requests: new RequestBox(dataDir),
      backup: () => makeBackup(dataDir, clock.now()),
      [Symbol.asyncDispose]: () => lease[Symbol.asyncDispose](),
    };
  });
}

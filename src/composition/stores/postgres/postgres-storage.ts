/**
 * Everything in one database that any number of processes share. Nobody claims before the tables are up to date and this
 * process is an owner of claims; who wakes whom stands before the stores that live on it.
 */
import { nothingToSync } from "../../../app/sync-control.ts";
import { Opened, openTogether } from "../../../lib/opened.ts";
import type { PutBackFolder } from "../../../domain/restored-mark.ts";
import { troubleAbout } from "../../../lib/trouble.ts";
import type { Database } from "../../../storage/postgres/database.ts";
import { openDatabase } from "../../../storage/postgres/database.ts";
import { openErasing } from "../../../storage/postgres/erasing/erased-store.ts";
import { watchErasures } from "../../../storage/postgres/erasing/erasure-watch.ts";
import { moveIn } from "../../../storage/postgres/home/home.ts";
import { readPutBackFrom } from "../../../storage/postgres/house/put-back.ts";
import type { Owner } from "../../../storage/postgres/ledger/owner.ts";
import { openOwner } from "../../../storage/postgres/ledger/owner.ts";
import { openPruning } from "../../../storage/postgres/ledger/pruning.ts";
import { prepareDatabase } from "../../../storage/postgres/own-schema.ts";
import type { Wakes } from "../../../storage/postgres/wakes.ts";
import { openWakes } from "../../../storage/postgres/wakes.ts";
import { openSharing } from "./open-sharing.ts";
import { createPostgresFront } from "./postgres-front.ts";
import { backUpDatabase, databasePutBack } from "./postgres-backup.ts";
import { openPostgresStores } from "./postgres-stores.ts";
import type { Sharing, Storage, StorageParts, StorageSettings } from "../stores.ts";
import { KEEP_LISTS_MS } from "../stores.ts";

export interface DatabaseSettings extends StorageSettings {
  readonly url: string;
}

/** @throws {ExternalStoreError} when the database can't be reached, or is another program's */
export function openPostgresStorage(
  settings: DatabaseSettings,
  { clock, log }: StorageParts,
): Promise<Storage> {
  return openTogether(async (opened) => {
    await prepareDatabase(settings.url);
    const database = opened.hold(openDatabase({ url: settings.url }));
    if (await moveIn(database)) log.error(databasePutBack());
    const putBack = await readPutBackFrom(database);
    const looking = opened.hold(openDatabase({ url: settings.url, connections: LOOKING_CONNECTIONS }));
    opened.hold(openPruning(database, clock));
    const owner = opened.hold(await openOwner(database, clock));
    const wakes = opened.hold(openWakes(database, { clock }));
    const sharing = await openSharing({ ...settings, database, owner, wakes, opened, clock, log });
    return openOn(settings, { database, looking, putBack, owner, wakes, opened, sharing, clock, log });
  });
}

/** Connections for whoever looks: a long report, or many, leave those of claims alone. */
const LOOKING_CONNECTIONS = 3;

interface Base {
  readonly database: Database;
  readonly looking: Database;
  readonly putBack: PutBackFolder | undefined;
  readonly owner: Owner;
  readonly wakes: Wakes;
  /** Closes what the stores stand on. */
  readonly opened: Opened;
  readonly sharing: Sharing;
  readonly clock: StorageParts["clock"];
  readonly log: StorageParts["log"];
}

async function openOn({ timeZone, dataDir }: DatabaseSettings, base: Base): Promise<Storage> {
  const { database, looking, putBack, owner, wakes, opened, sharing, clock, log } = base;
  const erased = opened.hold(await openErasing(database, wakes));
  const onProblem = (error: unknown): void =>
    void (sharing.away.takes(error) ?? log.error(troubleAbout("erasing", error)));
  const erasures = opened.hold(watchErasures({ database, erasing: erased, wakes, clock, onProblem }));
  const held = new Opened();
  const stores = openPostgresStores({
    database,
    looking,
    wakes,
    timeZone,
    dataDir,
    erased,
    owner,
    clock,
    opened: held,
    onProblem: (error) => log.error(error),
  });
  await stores.lists.prune(clock.now() - KEEP_LISTS_MS);
  return {
    // Each write says itself what it is made of, and who may make it.
    beforeWrite: () => undefined,
    stores,
    front: createPostgresFront({ database, wakes, dataDir, onProblem: (error) => log.error(error) }),
    held,
    erasing: { store: erased, carryOut: () => erasures.carryOut() },
    mustReopen: new Promise((resolve) => {
      owner.onPutBack((from) => {
        if (from) log.error(databasePutBack());
        resolve();
      });
    }),
    sharing,
    sync: nothingToSync(),
    backup: () => Promise.reject(backUpDatabase()),
    ...(putBack ? { putBack } : {}),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

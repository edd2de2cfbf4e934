/** Who was erased, and the carrying out of it while nobody has the stores open: before they are opened, and once they are closed. */
import type { Clock } from "../../../lib/clock.ts";
import { troubleAbout } from "../../../lib/trouble.ts";
import type { CarryingOut } from "../../../storage/files/erasing/carry-out.ts";
import { carryOutErasures } from "../../../storage/files/erasing/carry-out.ts";
import type { ErasedStore } from "../../../storage/files/erasing/erased-store.ts";
import { openErasedStore } from "../../../storage/files/erasing/erased-store.ts";
import type { OpenErasing } from "../stores.ts";
import type { Lease } from "../../../storage/files/folder/lease.ts";

export interface ErasingSettings {
  readonly dataDir: string;
  readonly databaseUrl?: string;
}

interface ErasingParts {
  readonly log: { error(problem: string | Error): void };
  readonly clock: Pick<Clock, "now">;
}

export interface OpenFileErasing extends OpenErasing {
  readonly store: ErasedStore;
}

/** @throws {BrokenDocumentError} when who was erased can't be known */
export async function openErasing(
  { dataDir, databaseUrl }: ErasingSettings,
  lease: Pick<Lease, "assertHeld">,
  { log, clock }: ErasingParts,
): Promise<OpenFileErasing> {
  const beforeWrite = (): void => lease.assertHeld();
  const guards = { beforeWrite, beforeStep: beforeWrite };
  const store = await openErasedStore(dataDir, beforeWrite);
  return {
    store,
    async carryOut() {
      if (store.pending().length === 0) return;
      try {
        const elsewhere = databaseUrl === undefined ? {} : await inCopy(databaseUrl);
        await carryOutErasures({ dataDir, store, now: clock.now(), ...guards, ...elsewhere });
      } catch (error) {
        log.error(troubleAbout("erasing", error));
      }
    },
  };
}

/** Loaded where there is a database: without one nobody needs its driver. */
async function inCopy(databaseUrl: string): Promise<Pick<CarryingOut, "elsewhere">> {
  const [{ eraseInCopy }, { connectTo }] = await Promise.all([
    import("../../../storage/postgres/copy/erase-in-copy.ts"),
    import("../../../storage/postgres/connection.ts"),
  ]);
  return { elsewhere: (one, match) => eraseInCopy(() => connectTo(databaseUrl), one, match) };
}

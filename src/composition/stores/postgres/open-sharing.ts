/** What lets several processes work on one database: who changed what, and what becomes of it while it is away. */
import { troubleOf } from "../../../engine/store-told.ts";
import { StoreAway } from "../../../engine/store-away.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Opened } from "../../../lib/opened.ts";
import { troubleAbout } from "../../../lib/trouble.ts";
import type { WorkerName } from "../../../storage/postgres/duties/board.ts";
import { openSharedDuties } from "../../../storage/postgres/duties/shared-duties.ts";
import { openCampaignChanges } from "../../../storage/postgres/campaigns/campaign-changes.ts";
import type { Database } from "../../../storage/postgres/database.ts";
import { externalError } from "../../../storage/postgres/faults.ts";
import { createPlaceSource } from "../../../storage/postgres/lanes/place-source.ts";
import type { Owner } from "../../../storage/postgres/ledger/owner.ts";
import { LeaseLostError } from "../../../storage/postgres/ledger/owner.ts";
import type { Wakes } from "../../../storage/postgres/wakes.ts";
import type { ServedPart } from "../../../app/serving.ts";
import { dutiesOf } from "../../serving/own-duties.ts";
import type { Sharing, StorageLog } from "../stores.ts";

export interface SharingParts {
  /** Address of the database. */
  readonly url: string;
  /** What this process is called; absent: by a number. */
  readonly worker?: WorkerName;
  /** What it does of all there is to do; absent: what nobody else does, for it came for something else. */
  readonly part?: ServedPart;
  readonly database: Database;
  readonly owner: Owner;
  readonly wakes: Wakes;
  readonly opened: Opened;
  readonly clock: Clock;
  readonly log: StorageLog;
}

/** Told apart by a number. */
const NAMELESS: WorkerName = { wanted: "peyk", isNumbered: true };

export async function openSharing(parts: SharingParts): Promise<Sharing> {
  const { database, owner, wakes, opened, clock } = parts;
  const away = new StoreAway({ clock, ask: () => owner.ensure() });
  opened.hold({ [Symbol.asyncDispose]: () => away.stop() });
  owner.onLost(() => void away.takes(new LeaseLostError()));
  sayIn(parts.log, away);
  const duties = opened.hold(
    await openSharedDuties({
      url: parts.url,
      clock,
      name: parts.worker ?? NAMELESS,
      standsBy: parts.part === undefined,
      wakes,
      onProblem: (duty, error) => void (away.takes(error) ?? parts.log.error(troubleAbout(duty, error))),
      onAway: (error) => void away.takes(externalError(error)),
    }),
  );
  const changes = opened.hold(await openCampaignChanges(database, wakes));
  const { worker } = duties;
  return {
    away,
    worker,
    duties: dutiesOf(parts.part, duties),
    places: (lane, limit) => createPlaceSource(database, lane, limit),
    watchCampaigns: (listener) => changes.watch(listener),
  };
}

/** Once when it goes away, and once when it is back. */
function sayIn(log: StorageLog, away: StoreAway): void {
  away.watch((news) => {
    const trouble = troubleOf(news);
    if (trouble) log.error(trouble);
  });
}

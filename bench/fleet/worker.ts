/** One of several processes that share a database, with the instant channel: says that it is ready, and works until it is ended. */
import { Engine } from "../../src/engine/engine.ts";
import { createDayOf } from "../../src/domain/accounts/calendar-day.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { createCampaignStore } from "../../src/storage/postgres/campaigns/campaign-store.ts";
import { openDatabase } from "../../src/storage/postgres/database.ts";
import { openSharedDuties } from "../../src/storage/postgres/duties/shared-duties.ts";
import { createPostgresLedgerStore } from "../../src/storage/postgres/ledger/ledger-store.ts";
import { openOwner } from "../../src/storage/postgres/ledger/owner.ts";
import { openWakes } from "../../src/storage/postgres/wakes.ts";
import { benchParts } from "../campaign-files.ts";

const [url = "", inFlight = "64"] = process.argv.slice(2);
const fail = (error: unknown): never => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
};
const database = openDatabase({ url });
const wakes = openWakes(database, { clock: systemClock });
const engine = new Engine({
  ...benchParts(Number(inFlight)),
  campaigns: createCampaignStore(database),
  ledgers: createPostgresLedgerStore({
    database,
    owner: await openOwner(database, systemClock),
    clock: systemClock,
    dayOf: createDayOf("UTC"),
  }),
  duties: await openSharedDuties({
    url,
    clock: systemClock,
    name: { wanted: "bench", isNumbered: true },
    wakes,
    onProblem: (_duty, error) => fail(error),
    onAway: fail,
  }),
  emit: () => undefined,
  log: { error: fail },
});
process.on("message", () => void engine.recover());
process.on("disconnect", () => process.exit(0));
process.send?.("ready");

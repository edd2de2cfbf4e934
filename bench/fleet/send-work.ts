/** What a send costs the database, in pages looked at: the same on whatever machine, and however busy it is. */
import type { Database } from "../../src/storage/postgres/database.ts";
import { openDatabase } from "../../src/storage/postgres/database.ts";
import { createDayOf } from "../../src/domain/accounts/calendar-day.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { createPostgresLedgerStore } from "../../src/storage/postgres/ledger/ledger-store.ts";
import { openOwner } from "../../src/storage/postgres/ledger/owner.ts";
import { importCampaign } from "./bench-database.ts";
import { ledgerSpeed } from "./ledger-speed.ts";

/** Of whoever is connected: what the server does by itself beside it is not of the send. */
const PAGES = `select sum(hits + reads) as count from pg_stat_io where backend_type = 'client backend'`;

/** A campaign of so many names of which so many are sent. */
export async function pagesOfSend(
  url: string,
  { names, sends, inFlight }: { readonly names: number; readonly sends: number; readonly inFlight: number },
): Promise<number> {
  await using database = openDatabase({ url });
  await using owner = await openOwner(database, systemClock);
  const ledgers = createPostgresLedgerStore({
    database,
    owner,
    clock: systemClock,
    dayOf: createDayOf("UTC"),
  });
  const campaign = await importCampaign(database, `of-${names}`, { count: names });
  const { ledger } = await ledgers.open(campaign);
  await ledgerSpeed(ledger, { sends: sends / 4, inFlight }); // whatever is planned once is planned
  const before = await pages(database);
  await ledgerSpeed(ledger, { sends, inFlight });
  return ((await pages(database)) - before) / sends;
}

/** Sessions tell of what they did before they look. */
async function pages(database: Database): Promise<number> {
  await Promise.all(
    Array.from({ length: 10 }, () => database.query("select pg_stat_force_next_flush(), pg_sleep(0.05)")),
  );
  return Number((await database.query(PAGES)).rows[0]?.["count"]);
}

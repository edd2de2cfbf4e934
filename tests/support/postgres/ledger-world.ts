/** A campaign's ledger in a test database, opened by as many processes as a test likes. */
import { createDayOf } from "../../../src/domain/accounts/calendar-day.ts";
import type { Campaign } from "../../../src/domain/campaign.ts";
import { createCampaignStore } from "../../../src/storage/postgres/campaigns/campaign-store.ts";
import type { Around, Database } from "../../../src/storage/postgres/database.ts";
import { createPostgresLedgerStore } from "../../../src/storage/postgres/ledger/ledger-store.ts";
import { createListStore } from "../../../src/storage/postgres/lists/list-store.ts";
import type { LedgerStore } from "../../../src/storage/ports/ledger.ts";
import { putList } from "../put-list.ts";
import type { TestDatabase } from "./test-database.ts";

/** A moment that no test reaches. */
const LONG = 1e15;

export interface Process {
  readonly owner: string;
  readonly database: Database;
  readonly ledgers: LedgerStore;
}

/** A process with a lease that lasts until {@link endLeases}. */
export async function startProcess(here: TestDatabase, around?: Around): Promise<Process> {
  const database = here.open(around);
  const owner = `process ${crypto.randomUUID()}`;
  await here.query("insert into peyk.owners values ($1, $2)", [owner, LONG]);
  const ledgers = createPostgresLedgerStore({ database, owner, dayOf: createDayOf("UTC") });
  return { owner, database, ledgers };
}

/** The lease of every process runs out but of this one. */
export async function endLeases(here: TestDatabase, but?: string): Promise<void> {
  await here.query("update peyk.owners set until = 0 where id is distinct from $1", [but ?? null]);
}

/** Makes a campaign to these names. */
export async function makeCampaign(
  database: Database,
  {
    names,
    columns = [],
    ...given
  }: Partial<Campaign> & { names: readonly string[]; columns?: readonly string[] },
): Promise<Campaign> {
  const id = given.id ?? "spring";
  const [lists, campaigns] = [createListStore(database), createCampaignStore(database)];
  const listId = await putList(lists, names, columns);
  const adopted = await campaigns.adoptList(id, listId);
  if (!adopted) throw new Error("the list was just made");
  const campaign: Campaign = {
    id,
    createdAt: 0,
    channel: "scripted",
    accounts: [{ name: "one", caps: {} }],
    message: "hello",
    consent: { statement: "they asked for it", by: "test", at: 0 },
    status: "running",
    lists: [{ ...adopted, origin: "test", importedAt: 0 }],
    ...given,
  };
  await campaigns.create(campaign);
  return campaign;
}

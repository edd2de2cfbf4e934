/** A campaign's ledger in a test database, opened by as many processes as a test likes. */
import { createDayOf } from "../../../src/domain/accounts/calendar-day.ts";
import type { Campaign } from "../../../src/domain/campaign.ts";
import { createCampaignStore } from "../../../src/storage/postgres/campaigns/campaign-store.ts";
import type { Entry } from "../../../src/domain/journal.ts";
import { JournalFold } from "../../../src/domain/journal-fold.ts";
import { ReachedFold } from "../../../src/domain/transitions.ts";
import { parseEntry } from "../../../src/storage/files/ledger/journal-entry.ts";
import { tallySchema } from "../../../src/storage/postgres/ledger/tally.ts";
import type { Around, Database } from "../../../src/storage/postgres/database.ts";
import { createPostgresLedgerStore } from "../../../src/storage/postgres/ledger/ledger-store.ts";
import { createListStore } from "../../../src/storage/postgres/lists/list-store.ts";
import type { LedgerStore } from "../../../src/storage/ports/ledger.ts";
import { putList } from "../put-list.ts";
import type { TestDatabase } from "./test-database.ts";

/** A moment that no test reaches. */
const LONG = 1e15;

export interface Process extends AsyncDisposable {
  readonly owner: string;
  readonly database: Database;
  readonly ledgers: LedgerStore;
}

/**
 * A process with a lease that lasts until {@link endLease}.
 * @param by Its own connections, or what stands around each statement
 * @param now Its own clock; that of the database by default
 */
export async function startProcess(
  here: TestDatabase,
  by?: Database | Around,
  now: () => number = () => here.time.at,
): Promise<Process> {
  const database = typeof by === "object" ? by : here.open(by);
  const owner = `process ${crypto.randomUUID()}`;
  await here.query("insert into peyk.owners values ($1, $2)", [owner, LONG]);
  const ledgers = createPostgresLedgerStore({
    database,
    owner: { id: owner },
    clock: { now },
    dayOf: createDayOf("UTC"),
  });
  return {
    owner,
    database,
    ledgers,
    [Symbol.asyncDispose]: async () => (typeof by === "function" ? here.close(database) : undefined),
  };
}

/** The lease of every process runs out but of this one. */
export async function endLeases(here: TestDatabase, but?: string): Promise<void> {
  await here.query("update peyk.owners set until = 0 where id is distinct from $1", [but ?? null]);
}

/** The lease of one process runs out. */
export async function endLease(here: TestDatabase, owner: string): Promise<void> {
  await here.query("update peyk.owners set until = 0 where id = $1", [owner]);
}

/** What the journal says, oldest first, each entry as files know it too. */
export async function journalOf(here: TestDatabase, id: string): Promise<readonly Entry[]> {
  const rows = await here.query(
    "select entry::text from peyk.journal where campaign_id = $1 order by number",
    [id],
  );
  return rows.map(({ entry }) => parseEntry(String(entry)));
}

/** Where everybody stands by the rows, and by nothing but the journal: the same, or nobody could prove anything. */
export async function standings(here: TestDatabase, id: string) {
  const rows = await here.query(
    `select username, state, attempts, reached, due_at as due, claim_id is not null as "isOpen"
     from peyk.recipients where campaign_id = $1 order by ordinal`,
    [id],
  );
  const fold = new JournalFold(rows.length, { debit: () => undefined, credit: () => undefined });
  const reached = new ReachedFold(rows.length);
  for (const entry of await journalOf(here, id)) {
    fold.apply(entry);
    reached.apply(entry);
  }
  const waiting = new Map(fold.image().waiting);
  const byJournal = rows.map(({ username }, r) => ({
    username,
    state: fold.stateOf(r),
    attempts: fold.attemptsOf(r),
    reached: reached.of(r),
    due: waiting.get(r) ?? null,
    isOpen: fold.openClaim(r) !== undefined,
  }));
  const [tally] = await here.query("select to_jsonb(peyk.tally($1)) as tally", [id]);
  const { counts, claims, charged, sentAgain } = tallySchema.parse(tally?.["tally"]);
  return {
    byRows: {
      people: rows.map((row) => ({ ...row, due: row["due"] === null ? null : Number(row["due"]) })),
      tally: { counts, claims, charged, sentAgain },
    },
    byJournal: {
      people: byJournal,
      tally: {
        counts: fold.counts(),
        claims: fold.tally.claims,
        charged: fold.tally.charged,
        sentAgain: fold.sentAgain,
      },
    },
  };
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

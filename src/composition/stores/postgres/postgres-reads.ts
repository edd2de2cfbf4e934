/** Looking at the database, beside any number of processes that work there: whoever looks is no owner of claims. */
import { openDatabase } from "../../../storage/postgres/database.ts";
import { refuseUnlessOpen } from "../../../storage/postgres/house/house.ts";
import { lookAtDuties } from "../../../storage/postgres/duties/holders.ts";
import { openErasing } from "../../../storage/postgres/erasing/erased-store.ts";
import { createLeadReads } from "../../../storage/postgres/leads/lead-reads.ts";
import { prepareDatabase } from "../../../storage/postgres/own-schema.ts";
import type { Suppression } from "../../../domain/people/suppression.ts";
import { lookAtPostgresBooks } from "./postgres-books.ts";
import { openPostgresStores } from "./postgres-stores.ts";
import type { OpenReads, OpenStores, ReadsParts } from "../stores.ts";
import type { DatabaseSettings } from "./postgres-storage.ts";

/** Nobody waits for what happens while he looks. */
const deaf = { on: (): Disposable => ({ [Symbol.dispose]: () => undefined }) };

type LookSettings = Pick<DatabaseSettings, "url" | "timeZone" | "dataDir">;

/** Nobody's claims are his. */
const NOBODY = { id: "" };

/** @throws {ExternalStoreError} when the database can't be reached, or is another program's */
export async function openPostgresReads(
  settings: LookSettings,
  parts: Pick<ReadsParts, "opened" | "clock">,
): Promise<OpenReads> {
  const { stores, leads, duties } = await openLooking(settings, parts);
  const { answerStore, ownReplies, teamStore, apiTokens, webhookStore, suppression } = stores;
  return {
    ...stores,
    leads,
    duties,
    suppressed: () => listed(suppression),
    answers: async () => answerStore,
    repliesTo: (answer) => ownReplies.to(answer),
    team: () => teamStore.read(),
    tokens: () => apiTokens.all(),
    webhooks: () => webhookStore.all(),
  };
}

/** The stores of whoever changes nothing. */
export async function openLooking(
  { url, timeZone, dataDir }: LookSettings,
  { opened, clock }: Pick<ReadsParts, "opened" | "clock">,
) {
  await prepareDatabase(url);
  const database = opened.hold(openDatabase({ url }));
  await refuseUnlessOpen(database);
  const erased = opened.hold(await openErasing(database, deaf));
  const base = { database, wakes: deaf, dataDir, opened, onProblem: () => undefined };
  const stores = openPostgresStores({ ...base, owner: NOBODY, clock, timeZone, erased });
  return {
    stores: { ...stores, books: lookAtPostgresBooks(base) },
    erased,
    leads: createLeadReads(database),
    duties: lookAtDuties(database),
  };
}

async function listed(suppression: OpenStores["suppression"]): Promise<readonly Suppression[]> {
  const all: Suppression[] = [];
  for await (const one of suppression.list()) all.push(one);
  return all;
}

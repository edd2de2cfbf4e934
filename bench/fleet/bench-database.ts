/** A PostgreSQL of the bench's own, whose commits reach the disk, and campaigns in it. */
import type { Campaign } from "../../src/domain/campaign.ts";
import { createCampaignStore } from "../../src/storage/postgres/campaigns/campaign-store.ts";
import type { Database } from "../../src/storage/postgres/database.ts";
import { createListStore } from "../../src/storage/postgres/lists/list-store.ts";
import { prepareDatabase } from "../../src/storage/postgres/own-schema.ts";
import { startPostgres } from "../../tests/support/postgres/postgres.ts";
import { campaignIn, nameOf } from "../campaign-files.ts";

export interface BenchServer extends AsyncDisposable {
  /** The address of a new database with Peyk's tables. */
  database(): Promise<string>;
}

export async function startBenchServer(): Promise<BenchServer> {
  const server = await startPostgres({ isDurable: true, sharedBuffers: "256MB" });
  let made = 0;
  return {
    async database() {
      const url = await server.createDatabase(`bench_${made++}`);
      await prepareDatabase(url);
      return url;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Imports so many names and makes a campaign of them, as an operator's list comes. */
export async function importCampaign(
  database: Database,
  id: string,
  { count, accounts = ["one"] }: { readonly count: number; readonly accounts?: readonly string[] },
): Promise<Campaign> {
  const [lists, campaigns] = [createListStore(database), createCampaignStore(database)];
  await using writer = await lists.create(["city"]);
  for (let index = 0; index < count; index++) {
    const isFull = writer.add(nameOf(index), ["Shiraz"]);
    if (isFull) await isFull;
  }
  const { listId } = await writer.finish();
  const adopted = await campaigns.adoptList(id, listId);
  if (!adopted) throw new Error("the list was just made");
  const campaign: Campaign = {
    ...campaignIn(id, count),
    accounts: accounts.map((name) => ({ name, caps: {} })),
    lists: [{ ...adopted, origin: "bench", importedAt: 0 }],
  };
  await campaigns.create(campaign);
  return campaign;
}

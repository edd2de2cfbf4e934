import { expect, test } from "vitest";
import { makeCampaign } from "../support/postgres/ledger-world.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";

const emptyDatabase = databaseOfFile();

test("the server knows how large a campaign is once it is made, or it would read all of it to find somebody", async () => {
  const here = await emptyDatabase();
  const names = Array.from({ length: 1000 }, (_, nth) => `person_${nth}`);
  await makeCampaign(here.open(), { names });
  const [table] = await here.query("select reltuples from pg_class where oid = 'peyk.recipients'::regclass");
  expect(table?.["reltuples"]).toBe(1000);
});

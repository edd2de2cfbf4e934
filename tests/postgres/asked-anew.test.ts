import { expect, test } from "vitest";
import { makeCampaign, startProcess } from "../support/postgres/ledger-world.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";

const emptyDatabase = databaseOfFile();

test("whom a process could not give up when it closed a campaign it may ask about once it opens it anew, but not whom another asks about", async () => {
  const here = await emptyDatabase();
  await using one = await startProcess(here);
  await using other = await startProcess(here);
  const campaign = await makeCampaign(one.database, { names: ["ali", "sara"] });
  const before = (await one.ledgers.open(campaign)).ledger;
  const beside = (await other.ledgers.open(campaign)).ledger;
  const claims = [];
  for (const _ of ["ali", "sara"]) {
    const answer = await before.claim({ account: "one", caps: [], rates: [] });
    if (answer.kind !== "claimed") throw new Error(answer.kind);
    await before.settle(answer.claim, { t: "uncertain", why: "noAnswerInTime" });
    claims.push(answer.claim);
  }
  const [ali, sara] = [claims[0]!, claims[1]!];
  expect([await before.pursue(ali), await beside.pursue(sara)]).toEqual([true, true]);
  const after = (await one.ledgers.open(campaign)).ledger;
  expect(await after.pursued()).toBe(1);
  expect([await after.pursue(sara), await after.pursue(ali)]).toEqual([false, true]);
});

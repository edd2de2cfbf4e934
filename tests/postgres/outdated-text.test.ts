import { expect, test } from "vitest";
import { createCampaignStore } from "../../src/storage/postgres/campaigns/campaign-store.ts";
import { makeCampaign, startProcess } from "../support/postgres/ledger-world.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";

const opened = databaseOfFile();

test("nobody is claimed for a text that another process has changed since it was opened", async () => {
  const here = await opened();
  await using process = await startProcess(here);
  const campaign = await makeCampaign(process.database, { names: ["ali", "sara"] });
  const request = { account: "one", caps: [], rates: [] };
  const before = (await process.ledgers.open(campaign)).ledger;
  expect(await before.claim(request)).toMatchObject({ kind: "claimed" });
  const campaigns = createCampaignStore(process.database);
  const changed = await campaigns.change(campaign.id, (from) => ({ ...from, message: "other", revision: 1 }));
  expect(await before.claim(request)).toEqual({ kind: "closed", why: "notRunning" });
  const after = (await process.ledgers.open(changed ?? campaign)).ledger;
  expect(await after.claim(request)).toMatchObject({ kind: "claimed", claim: { revision: 1 } });
});

/** Who people are is asked about many at a time: as many statements as groups, and not as many as people. */
import { expect, test } from "vitest";
import { whoMeets } from "../../src/app/audiences/who-meets.ts";
import { createCampaignReads } from "../../src/storage/postgres/campaigns/campaign-reads.ts";
import { createSubscriberStore } from "../../src/storage/postgres/people/subscriber-store.ts";
import { makeCampaign, startProcess } from "../support/postgres/ledger-world.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";

const emptyDatabase = databaseOfFile();

const names = Array.from({ length: 1200 }, (_, nth) => `name_${nth}`);

test("who got a campaign, or answered it, is found in a few statements", async () => {
  const here = await emptyDatabase();
  const asked: string[] = [];
  const { database } = await startProcess(here, (sql, ask) => {
    asked.push(sql);
    return ask();
  });
  await makeCampaign(database, { names });
  await here.query("update peyk.recipients set state = 'sent'");
  const subscribers = createSubscriberStore(database);
  for (const [id, username] of ["name_7", "name_1100", "nobody"].entries())
    await subscribers.change(id + 1, () => ({
      id: id + 1,
      firstName: "P",
      username,
      state: "active",
      at: 1,
    }));
  const parts = {
    subscribers,
    reads: createCampaignReads(database),
    tags: { questions: async () => () => false },
    whoAnswered: async () => new Map(names.map((name) => [name, 1])),
  };
  asked.length = 0;
  const met = await whoMeets(parts, { got: ["spring"], answered: ["spring"] });
  expect(met.map(({ username }) => username)).toEqual(["name_7", "name_1100"]);
  expect(asked.length).toBeLessThan(20);
});

/** A campaign that moves into the database is there as if its ledger had always written there. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { Entry } from "../../src/domain/journal.ts";
import { putCampaign } from "../../src/move/campaigns/campaign-in.ts";
import { putListFile } from "../support/file-stores.ts";
import { chances, journalOf } from "../support/journal-writer.ts";
import { makeCampaign, standings } from "../support/postgres/ledger-world.ts";
import { putJournal } from "../support/postgres/put-journal.ts";
import type { TestDatabase } from "../support/postgres/test-database.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";

const emptyDatabase = databaseOfFile();
const NAMES = 5;

let folder = "";
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "peyk-move-"))));
afterEach(() => rm(folder, { recursive: true }));

async function putFolder(id: string, entries: readonly Entry[]): Promise<Campaign> {
  const campaign = { ...(await putListFile(folder, NAMES, id)), channel: "scripted" };
  const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
  await writeFile(join(folder, "campaigns", id, "journal.jsonl"), lines);
  return campaign;
}

const ROWS = `
select to_jsonb(r) - array['campaign_id', 'claim_id', 'owner', 'pursued_by'] as row, claim_id is not null as open
from peyk.recipients r where campaign_id = $1 order by ordinal`;
const USES = `
select account, at, is_message, is_call from peyk.uses where campaign_id = $1 order by claim_id`;

async function rowsOf(here: TestDatabase, id: string) {
  return { rows: await here.query(ROWS, [id]), uses: await here.query(USES, [id]) };
}

test("rows, counts and use are those that the ledger's own functions would have left", async () => {
  const here = await emptyDatabase();
  const database = here.open();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(chances, async (taken) => {
      const [moved, written] = [`moved-${++runs}`, `written-${runs}`];
      const entries = journalOf(taken, NAMES);
      const campaign = await putFolder(moved, entries);
      const own = join(folder, "campaigns", moved);
      await database.inTransaction((to) =>
        putCampaign(to, { id: moved, campaign, folder: own, now: 1_760_000_000_000 }, () => undefined),
      );
      await makeCampaign(database, { id: written, names: ["p0", "p1", "p2", "p3", "p4"] });
      await putJournal(here, { id: written, owner: "gone" }, entries);
      expect(await rowsOf(here, moved)).toEqual(await rowsOf(here, written));
      const { byRows, byJournal } = await standings(here, moved);
      expect(byRows).toEqual(byJournal);
      expect(byRows).toEqual((await standings(here, written)).byRows);
    }),
    { numRuns: 12 },
  );
});

/** Looking at what is kept, on PostgreSQL: whoever looks is another process than whoever works. */
import { expect, test } from "vitest";
import { createCampaignReads } from "../../src/storage/postgres/campaigns/campaign-reads.ts";
import { createCampaignStore } from "../../src/storage/postgres/campaigns/campaign-store.ts";
import { createLeadReads } from "../../src/storage/postgres/leads/lead-reads.ts";
import { rowsOf } from "../../src/storage/postgres/leads/lead-rows.ts";
import { createLeadStore } from "../../src/storage/postgres/leads/lead-store.ts";
import { BEGIN, PUT_LEADS } from "../../src/storage/postgres/leads/leads-sql.ts";
import { createListStore } from "../../src/storage/postgres/lists/list-store.ts";
import { createContactHistory } from "../../src/storage/postgres/people/contact-history.ts";
import { createIdentityStore } from "../../src/storage/postgres/people/identity-store.ts";
import { createSubscriberStore } from "../../src/storage/postgres/people/subscriber-store.ts";
import { createSuppressionStore } from "../../src/storage/postgres/people/suppression-store.ts";
import { createPersonReads } from "../../src/storage/postgres/person/person-reads.ts";
import type { ResultRow } from "../../src/storage/ports/ledger.ts";
import { putList } from "../support/put-list.ts";
import { makeCampaign } from "../support/postgres/ledger-world.ts";
import { putJournal } from "../support/postgres/put-journal.ts";
import { twoProcesses } from "../support/postgres/two-openers.ts";
import { campaignReadsContract } from "./campaign-reads.ts";
import { contactsContract } from "./contacts.ts";
import { leadReadsContract } from "./lead-reads.ts";
import { personReadsContract } from "./person-reads.ts";

const { fresh, next } = twoProcesses();

const owner = "whoever works";
const OWN = `
insert into peyk.owners values ($1, $2)
on conflict (id) do update set until = excluded.until, written_by = excluded.written_by`;

campaignReadsContract("PostgreSQL", async () => {
  const here = await fresh();
  const [database, looking] = [next(), next()];
  const own = async (isOwned: boolean) => void (await here.query(OWN, [owner, isOwned ? 1e15 : 0]));
  await own(true);
  let puts = 0;
  return {
    reads: createCampaignReads(looking, { rowsAtATime: 2 }),
    async put(count) {
      const names = Array.from({ length: count }, (_, index) => `p${index}`);
      return (await makeCampaign(database, { id: `spring-${++puts}`, names })).id;
    },
    write: (id, entries) => putJournal(here, { id, owner }, entries),
    async join(id, names) {
      const campaigns = createCampaignStore(database);
      const adopted = await campaigns.adoptList(id, await putList(createListStore(database), names));
      if (!adopted) throw new Error("the list was just made");
      const list = { ...adopted, origin: "test", importedAt: 0 };
      await campaigns.change(id, (from) => ({ ...from, lists: [...from.lists, list] }));
    },
    own,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});

const CORRECT = `
insert into peyk.corrected_values
select $1, 'corrected.jsonl', ordinal, jsonb_build_array('', 'new ' || username)
from peyk.recipients where campaign_id = $1`;

personReadsContract("PostgreSQL", async () => {
  const here = await fresh();
  const [database, looking] = [next(), next()];
  const own = async (isOwned: boolean) => void (await here.query(OWN, [owner, isOwned ? 1e15 : 0]));
  await own(true);
  const [subscribers, suppressions] = [createSubscriberStore(database), createSuppressionStore(database)];
  const targets = new Map<string, { target: { source: string; query: string } }[]>();
  let puts = 0;
  return {
    reads: createPersonReads(looking),
    own,
    async put(names, entries) {
      const id = `spring-${++puts}`;
      await makeCampaign(database, { id, names, columns: ["city"] });
      await here.query(CORRECT, [id]);
      await putJournal(here, { id, owner }, entries);
      const corrections = [
        { revision: 2, file: "corrected.jsonl", columns: ["city", "code"], origin: "test", at: 1 },
      ];
      const campaign = await createCampaignStore(database).change(id, (from) => ({
        ...from,
        lists: from.lists.map((list) => ({ ...list, corrections })),
      }));
      if (!campaign) throw new Error("it was just made");
      return campaign;
    },
    async results({ id }) {
      const rows: ResultRow[] = [];
      for await (const row of (await createCampaignReads(looking).results(id))?.rows ?? []) rows.push(row);
      return rows;
    },
    found: (channel, name, id, at) => createIdentityStore(database, channel).found(new Map([[name, id]]), at),
    subscriber: async (one) => void (await subscribers.change(one.id, () => one)),
    async suppression(change) {
      const { username, at } = change;
      if (change.t === "remove") await suppressions.remove([username], at);
      else await suppressions.add([username], change);
    },
    async lead(list, entry) {
      const of = targets.get(list) ?? [];
      targets.set(list, of);
      if (entry.t === "target") of.push({ target: { source: entry.source, query: entry.query } });
      await database.query(BEGIN, [list, "{}"]);
      await database.query(PUT_LEADS, [list, JSON.stringify(rowsOf(entry, of))]);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});

test("a campaign whose document can't be read is named, and one that nobody knew yet is not", async () => {
  const here = await fresh();
  for (const id of ["spring", "summer"]) await makeCampaign(next(), { id, names: ["ali"] });
  await here.query(`update peyk.campaigns set document = '{}' where id = 'spring'`);
  const reads = createPersonReads(next());
  expect(await reads.unreadable(new Set())).toEqual(["spring"]);
  expect(await reads.unreadable(new Set(["spring"]))).toEqual([]);
});

leadReadsContract("PostgreSQL", async () => {
  await fresh();
  const store = createLeadStore(next());
  return {
    store,
    look: async () => createLeadReads(next()),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
});

contactsContract("PostgreSQL", async () => {
  const here = await fresh();
  const database = next();
  return {
    contacts: createContactHistory(next()),
    async put(id, names, entries, channel = "simulator") {
      await makeCampaign(database, { id, names, channel });
      await putJournal(here, { id, owner }, entries);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});

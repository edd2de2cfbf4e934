/** Looking at what is kept, on PostgreSQL: whoever looks is another process than whoever works. */
import { createCampaignReads } from "../../src/storage/postgres/campaigns/campaign-reads.ts";
import { createCampaignStore } from "../../src/storage/postgres/campaigns/campaign-store.ts";
import { createListStore } from "../../src/storage/postgres/lists/list-store.ts";
import { putList } from "../support/put-list.ts";
import { makeCampaign } from "../support/postgres/ledger-world.ts";
import { putJournal } from "../support/postgres/put-journal.ts";
import { twoProcesses } from "../support/postgres/two-openers.ts";
import { campaignReadsContract } from "./campaign-reads.ts";

const { fresh, next } = twoProcesses();

const owner = "whoever works";
const OWN = `
insert into peyk.owners values ($1, $2) on conflict (id) do update set until = excluded.until`;

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

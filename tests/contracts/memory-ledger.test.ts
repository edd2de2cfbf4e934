import { skipReasonOf } from "../../src/domain/people/suppression.ts";
import { putCampaign } from "../support/engine-bench.ts";
import { createMemoryDisk, createMemoryStores } from "../support/memory-stores.ts";
import { answerBy } from "../support/memory-answers.ts";
import { putList } from "../support/put-list.ts";
import { createInboxes } from "../../src/storage/files/people/inboxes.ts";
import { asApproved, ledgerContract } from "./ledger.ts";

ledgerContract("memory, the double of the engine's tests", async (names) => {
  const disk = createMemoryDisk();
  const campaign = putCampaign(disk, { names: 0 });
  disk.campaigns.set(campaign.id, campaign);
  disk.names.set(campaign.id, names);
  disk.campaigns.set(campaign.id, campaign);
  const time = { at: 0 };
  const clock = { now: () => time.at };
  const inboxes = createInboxes(clock);
  const stores = () => createMemoryStores(disk, undefined, { clock, inboxes });
  return {
    time,
    inboxes,
    open: (rule = {}) => stores().ledgers.open({ ...(disk.campaigns.get(campaign.id) ?? campaign), ...rule }),
    async store(change, id = campaign.id) {
      const { lists, revisions = [], followsUp } = disk.campaigns.get(id) ?? campaign;
      const kept = { lists, revisions, ...(followsUp ? { followsUp } : {}) };
      disk.campaigns.set(id, { ...campaign, id, ...kept, ...change });
    },
    async approve() {
      disk.campaigns.set(campaign.id, asApproved(disk.campaigns.get(campaign.id) ?? campaign));
    },
    list: (more) => putList(disk.lists, more),
    honour: (sent) => stores().ledgers.honour(campaign.id, new Set(sent)),
    identify: async (username, person) => void disk.known.set(username, person),
    answer: async (username, at) => disk.answers.put(answerBy(username, at)),
    async suppress(username, reason) {
      disk.suppressed.set(username, skipReasonOf(reason));
    },
    async putSent(username, at, personId) {
      const id = `other-${disk.campaigns.size}`;
      disk.campaigns.set(id, { ...campaign, id });
      disk.names.set(id, [username]);
      disk.journals.set(id, [
        { t: "claim", r: 0, a: "one", n: 1, ...(personId === undefined ? {} : { p: personId }), at },
        { t: "sent", r: 0, id: "m", at },
      ]);
      return id;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});

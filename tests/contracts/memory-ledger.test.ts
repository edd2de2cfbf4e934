import { putCampaign } from "../support/engine-bench.ts";
import { createMemoryDisk, createMemoryStores } from "../support/memory-stores.ts";
import { ledgerContract } from "./ledger.ts";

ledgerContract("memory, the double of the engine's tests", async (names) => {
  const disk = createMemoryDisk();
  const campaign = putCampaign(disk, { names: 0 });
  disk.names.set(campaign.id, names);
  return {
    open: (at = 0) => createMemoryStores(disk).ledgers.open(campaign, at),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
});

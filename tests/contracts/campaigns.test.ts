import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCampaignStore } from "../../src/storage/files/campaigns/campaign-store.ts";
import { createMemoryDisk, createMemoryStores } from "../support/memory-stores.ts";
import { campaignsContract } from "./campaigns.ts";

campaignsContract("files", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "peyk-campaigns-"));
  return {
    open: () => openCampaignStore(dataDir),
    [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true }),
  };
});

campaignsContract("memory", async () => {
  const disk = createMemoryDisk();
  const open = () => Promise.resolve(createMemoryStores(disk).campaigns);
  return { open, openBeside: open, [Symbol.asyncDispose]: () => Promise.resolve() };
});

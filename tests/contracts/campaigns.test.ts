import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCampaignStore } from "../../src/storage/files/campaigns/campaign-store.ts";
import { createCampaignStore } from "../../src/storage/postgres/campaigns/campaign-store.ts";
import { createMemoryDisk, createMemoryStores } from "../support/memory-stores.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";
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

const emptyDatabase = databaseOfFile();

campaignsContract("PostgreSQL", async () => {
  const database = await emptyDatabase();
  const open = async () => createCampaignStore(database.open());
  return { open, openBeside: open, [Symbol.asyncDispose]: () => Promise.resolve() };
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lookAtLeads } from "../../src/storage/files/leads/lead-reads.ts";
import { openLeadStore } from "../../src/storage/files/leads/lead-store.ts";
import { leadReadsContract } from "./lead-reads.ts";

leadReadsContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-lead-reads-"));
  const store = await openLeadStore(folder);
  return {
    store,
    look: () =>
      lookAtLeads(folder, (error) => {
        throw error;
      }),
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
});

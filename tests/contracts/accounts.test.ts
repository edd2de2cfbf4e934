import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAccountStore } from "../../src/storage/files/accounts/account-store.ts";
import { createMemoryDisk, createMemoryStores } from "../support/memory-stores.ts";
import { accountsContract } from "./accounts.ts";

function onProblem(error: Error): void {
  throw error;
}

accountsContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-accounts-"));
  return {
    open: () => openAccountStore(join(folder, "accounts.json"), { onProblem }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});

accountsContract("memory", async () => {
  const disk = createMemoryDisk();
  const open = () => Promise.resolve(createMemoryStores(disk).accounts);
  return { open, openBeside: open, [Symbol.asyncDispose]: () => Promise.resolve() };
});

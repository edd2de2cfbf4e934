import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openListStore } from "../../src/storage/files/lists/list-store.ts";
import { createListStore } from "../../src/storage/postgres/lists/list-store.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";
import { createMemoryListStore } from "../support/memory-list-store.ts";
import { listsContract } from "./lists.ts";

listsContract("files", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "peyk-lists-"));
  let now = 0;
  return {
    open: () => openListStore(dataDir, { clock: { now: () => now } }),
    setNow: (at) => (now = at),
    [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true }),
  };
});

listsContract("memory", async () => {
  let now = 0;
  const store = createMemoryListStore({ now: () => now });
  return {
    open: async () => store,
    setNow: (at) => (now = at),
    [Symbol.asyncDispose]: async () => undefined,
  };
});

const emptyDatabase = databaseOfFile();

listsContract("PostgreSQL", async () => {
  const database = await emptyDatabase();
  return {
    open: async () => createListStore(database.open()),
    setNow: (at) => (database.time.at = at),
    [Symbol.asyncDispose]: async () => undefined,
  };
});

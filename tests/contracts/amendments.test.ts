import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createAmendmentStore as createInFiles } from "../../src/storage/files/amendments/amendment-store.ts";
import { createAmendmentStore } from "../../src/storage/postgres/amendments/amendment-store.ts";
import { createMemoryAmendments } from "../support/memory-amendments.ts";
import { twoProcesses } from "../support/postgres/two-openers.ts";
import { amendmentsContract } from "./amendments.ts";

const { fresh, next, openersOf } = twoProcesses();

amendmentsContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-amendments-"));
  await mkdir(join(folder, "spring"));
  const opened: AsyncDisposable[] = [];
  return {
    async open() {
      const store = createInFiles({ folder });
      opened.push(store);
      return store;
    },
    async [Symbol.asyncDispose]() {
      for (const store of opened) await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
});

amendmentsContract("memory", async () => {
  const disk = new Map();
  return { open: async () => createMemoryAmendments(disk), [Symbol.asyncDispose]: async () => undefined };
});

amendmentsContract("PostgreSQL", openersOf(createAmendmentStore));

test("what two processes decide by the same record is recorded once, and who was too late knows it", async () => {
  await fresh();
  const one = await createAmendmentStore(next()).open("spring");
  const other = await createAmendmentStore(next()).open("spring");
  const entry = {
    t: "begin",
    n: 1,
    at: 1,
    kind: "takeBack",
    scope: { kind: "all" },
    count: 1,
    by: "1",
  } as const;
  const recorded = await Promise.allSettled([one.record(entry), other.record(entry)]);
  expect(recorded.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect([one.fold.all.length, other.fold.all.length]).toEqual([1, 1]);
});

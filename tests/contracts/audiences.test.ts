import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openAudienceStore } from "../../src/storage/files/audiences/audience-store.ts";
import { openTagStore } from "../../src/storage/files/audiences/tag-store.ts";
import type { TagStore } from "../../src/storage/ports/audiences.ts";
import { createMemoryAudiences, createMemoryTags } from "../support/memory-audiences.ts";
import { audiencesContract, tagsContract } from "./audiences.ts";

const parts = {
  clock: { now: () => 0 },
  beforeWrite: () => undefined,
  onProblem(error: Error): void {
    throw error;
  },
};

const temporary = (): Promise<string> => mkdtemp(join(tmpdir(), "peyk-audiences-"));

audiencesContract("files", async () => {
  const folder = await temporary();
  return {
    open: () => openAudienceStore(folder, parts),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});

audiencesContract("memory", async () => {
  const store = createMemoryAudiences();
  return { open: async () => store, [Symbol.asyncDispose]: async () => undefined };
});

tagsContract("files", async () => {
  const folder = await temporary();
  const opened: TagStore[] = [];
  return {
    async open() {
      const store = await openTagStore(join(folder, "tags.jsonl"));
      opened.push(store);
      return store;
    },
    async [Symbol.asyncDispose]() {
      for (const store of opened) await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
});

tagsContract("memory", async () => {
  const store = createMemoryTags();
  return { open: async () => store, [Symbol.asyncDispose]: async () => undefined };
});

test("nothing of whoever is forgotten stays in the file of the tags", async () => {
  const folder = await temporary();
  const path = join(folder, "tags.jsonl");
  await using store = await openTagStore(path);
  await store.add("vip", ["ali_forgotten", "sara"], 1);
  await store.remove("vip", ["ali_forgotten"], 2);
  await store.forget(["ali_forgotten"]);
  expect(await readFile(path, "utf8")).not.toContain("ali_forgotten");
  await rm(folder, { recursive: true });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openReplyCursorStore } from "../../src/storage/files/people/reply-cursor-store.ts";
import type { FileSubscriberStore } from "../../src/storage/files/people/subscriber-store.ts";
import { openSubscriberStore } from "../../src/storage/files/people/subscriber-store.ts";
import { createMemorySubscribers } from "../support/memory-subscribers.ts";
import { cursorsContract, subscribersContract } from "./subscribers.ts";

function onProblem(error: Error): void {
  throw error;
}

subscribersContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-subscribers-"));
  const opened: FileSubscriberStore[] = [];
  return {
    async open() {
      const store = await openSubscriberStore(join(folder, "subscribers.jsonl"));
      opened.push(store);
      return store;
    },
    async [Symbol.asyncDispose]() {
      for (const store of opened) await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
});

subscribersContract("memory", async () => {
  const store = createMemorySubscribers();
  const open = () => Promise.resolve(store);
  return { open, openBeside: open, [Symbol.asyncDispose]: () => Promise.resolve() };
});

cursorsContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-cursors-"));
  return {
    open: () => openReplyCursorStore(join(folder, "reply-cursors.json"), { onProblem }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openOwnReplyStore } from "../../src/storage/files/answers/own-reply-store.ts";
import type { OwnReplyStore } from "../../src/storage/ports/own-replies.ts";
import { createMemoryOwnReplies } from "../support/memory-own-replies.ts";
import { ownRepliesContract } from "./own-replies.ts";

ownRepliesContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-replies-"));
  const opened: OwnReplyStore[] = [];
  return {
    async open() {
      const store = await openOwnReplyStore(join(folder, "own-replies.jsonl"));
      opened.push(store);
      return store;
    },
    async [Symbol.asyncDispose]() {
      for (const store of opened) await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
});

ownRepliesContract("memory", async () => {
  const store = createMemoryOwnReplies();
  const open = () => Promise.resolve(store);
  return { open, openBeside: open, [Symbol.asyncDispose]: () => Promise.resolve() };
});

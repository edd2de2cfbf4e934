import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
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

test("a damaged line of replies keeps nobody from starting, and sends nothing that was open", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-replies-"));
  const path = join(folder, "own-replies.jsonl");
  const asked = { answer: 1, text: "yes", by: "1001", at: 1 };
  {
    await using store = await openOwnReplyStore(path);
    for (const id of ["a", "b"]) await store.ask({ id, ...asked });
    await store.claim("b", 2);
    await store.settle("b", { state: "sent", messageId: "m1" }, 3);
  }
  await appendFile(path, '{"t":"claim","id"\n{"t":"told","id":"b","at":4}\n');
  const problems: string[] = [];
  for (let opening = 0; opening < 2; opening += 1) {
    await using store = await openOwnReplyStore(path, undefined, ({ message }) => problems.push(message));
    expect(await store.get("a")).toMatchObject({ state: "uncertain", why: "interruptedBeforeRecord" });
    expect(await store.get("b")).toMatchObject({ state: "sent", isTold: true });
  }
  expect(problems).toEqual([expect.stringContaining("line 5")]);
  expect(await readFile(`${path}.broken-1`, "utf8")).toContain('"claim","id"\n');
  await rm(folder, { recursive: true });
});

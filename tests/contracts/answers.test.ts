import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FileAnswerStore } from "../../src/storage/files/answers/answer-store.ts";
import { openAnswerStore, readAnswers } from "../../src/storage/files/answers/answer-store.ts";
import { createMemoryAnswers } from "../support/memory-answers.ts";
import { answersContract } from "./answers.ts";

answersContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-answers-"));
  const opened: FileAnswerStore[] = [];
  return {
    async open() {
      const store = await openAnswerStore(join(folder, "answers.jsonl"));
      opened.push(store);
      return store;
    },
    async [Symbol.asyncDispose]() {
      for (const store of opened) await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
});

answersContract("memory", async () => {
  const store = createMemoryAnswers();
  const open = () => Promise.resolve(store);
  return { open, openBeside: open, [Symbol.asyncDispose]: () => Promise.resolve() };
});

test("an erased name is nowhere in the file, and whoever only looks reads what is there", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-answers-"));
  const path = join(folder, "answers.jsonl");
  const who = { channel: "x", account: "news", username: "ali", personId: "4711", text: "my secret" };
  {
    await using store = await openAnswerStore(path);
    await store.append({ ...who, at: 1, key: "e1", campaignId: "spring" });
    expect(await (await readAnswers(path)).get(1)).toMatchObject({ text: "my secret" });
    await store.erase({ names: ["ali"], ids: ["4711"] });
  }
  expect(await readFile(path, "utf8")).not.toMatch(/ali|4711|secret|e1/);
  expect((await (await readAnswers(path)).answered("spring")).size).toBe(1);
  await rm(folder, { recursive: true });
});

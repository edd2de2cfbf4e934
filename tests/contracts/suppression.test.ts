import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FileSuppressionStore } from "../../src/storage/files/people/suppression-store.ts";
import { openSuppressionStore } from "../../src/storage/files/people/suppression-store.ts";
import { everybodyOn, suppressionContract } from "./suppression.ts";

const clock = { now: () => 1 };

suppressionContract("files", async () => {
  const home = await mkdtemp(join(tmpdir(), "peyk-suppression-"));
  const opened: FileSuppressionStore[] = [];
  return {
    async open() {
      const store = await openSuppressionStore(join(home, "suppression.jsonl"), { clock });
      opened.push(store);
      return store;
    },
    async [Symbol.asyncDispose]() {
      for (const store of opened) await store[Symbol.asyncDispose]();
      await rm(home, { recursive: true });
    },
  };
});

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "peyk-suppression-"))));
afterEach(() => rm(folder, { recursive: true }));

const add = (username: string) => `${JSON.stringify({ t: "add", username, reason: "optedOut", at: 1 })}\n`;

test("drops the torn last line of a crash, which nobody was told of, and keeps every other", async () => {
  const path = join(folder, "suppression.jsonl");
  await writeFile(path, add("ali") + add("sara"));
  await appendFile(path, add("nima").slice(0, 20));
  await using store = await openSuppressionStore(path, { clock });
  expect((await everybodyOn(store)).map(({ username }) => username)).toEqual(["ali", "sara"]);
});

test("protects whoever a line names that it can't understand otherwise, and says which line that is", async () => {
  const path = join(folder, "suppression.jsonl");
  await writeFile(path, `${add("ali")}{"t":"add","username":"@Sara","reason":"optedOut","at":1}\n`);
  const problems: string[] = [];
  await using list = await openSuppressionStore(path, {
    clock: { now: () => 1_700_000_000_000 },
    onProblem: (error) => problems.push(error.message),
  });
  expect(problems).toEqual([expect.stringMatching(/suppression\.jsonl, line 2/)]);
  const damaged = (await everybodyOn(list)).find(({ username }) => username === "sara");
  expect(damaged?.at).toBe(1_700_000_000_000);
  expect(await list.reasonFor("sara")).toBe("optedOut");
  expect(await list.reasonFor("ali")).toBeDefined();
});

test("an addition that could not be written is reported, and binds all the same", async () => {
  await using store = await openSuppressionStore(join(folder, "suppression.jsonl"), {
    clock,
    beforeWrite() {
      throw new Error("the lease is lost");
    },
  });
  await expect(store.add(["ali"], { reason: "optedOut", at: 1 })).rejects.toThrow("the lease is lost");
  expect(await store.reasonFor("ali")).toBe("optedOut");
});

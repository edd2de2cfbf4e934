import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Subscriber } from "../../../domain/people/subscriber.ts";
import { departed } from "../../../domain/people/subscriber.ts";
import { openSubscriberStore } from "./subscriber-store.ts";

const ali: Subscriber = {
  id: 5_000_000_001,
  username: "ali",
  firstName: "علی",
  languageCode: "fa",
  source: "poster",
  state: "active",
  at: 10,
};

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-subscribers-"));
  path = join(folder, "subscribers.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

test("knows everybody again after a restart, with the names they had", async () => {
  await using store = await openSubscriberStore(path);
  await store.put(ali);
  await store.put({ ...ali, username: "ali_new" });
  await store.put({ id: 2, firstName: "Sara", state: "active", at: 11 });
  await using again = await openSubscriberStore(path);
  expect([...again.all()]).toEqual([...store.all()]);
  expect(again.find("ali")?.username).toBe("ali_new");
  expect(again.find("id2")?.firstName).toBe("Sara");
});

test("holds a departure from the moment of the call, and on disk when it resolves", async () => {
  await using store = await openSubscriberStore(path);
  await store.put(ali);
  const stopping = store.put(departed(ali, "stopped", 20));
  expect(store.find("ali")?.state).toBe("stopped");
  await stopping;
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  expect(JSON.parse(lines.at(-1) ?? "")).toEqual({ ...ali, state: "stopped", at: 20 });
});

test("goes on without a line that it can't understand, and names it", async () => {
  await using store = await openSubscriberStore(path);
  await store.put(ali);
  await appendFile(path, `{"id":"5"}\n${JSON.stringify(ali)}\n`);
  const problems: string[] = [];
  await using again = await openSubscriberStore(path, undefined, (error) => problems.push(error.message));
  expect(problems).toEqual([expect.stringMatching(/subscribers\.jsonl.*2/)]);
  expect(again.get(ali.id)).toEqual(ali);
});

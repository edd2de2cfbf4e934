import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Subscriber } from "../../../domain/people/subscriber.ts";
import { departed } from "../../../domain/people/subscriber.ts";
import type { SubscriberStore } from "../../ports/people.ts";
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

const put = (store: SubscriberStore, one: Subscriber) => store.change(one.id, () => one);

async function everybody(store: SubscriberStore): Promise<readonly Subscriber[]> {
  const all: Subscriber[] = [];
  for await (const one of store.all()) all.push(one);
  return all;
}

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-subscribers-"));
  path = join(folder, "subscribers.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

test("knows everybody again after a restart, with the names they had", async () => {
  await using store = await openSubscriberStore(path);
  await put(store, ali);
  await put(store, { ...ali, username: "ali_new" });
  await put(store, { id: 2, firstName: "Sara", state: "active", at: 11 });
  await using again = await openSubscriberStore(path);
  expect(await everybody(again)).toEqual(await everybody(store));
  expect((await again.find("ali"))?.username).toBe("ali_new");
  expect((await again.find("id2"))?.firstName).toBe("Sara");
});

test("holds a departure from the moment of the call, and on disk when it resolves", async () => {
  await using store = await openSubscriberStore(path);
  await put(store, ali);
  const stopping = put(store, departed(ali, "stopped", 20));
  expect((await store.find("ali"))?.state).toBe("stopped");
  await stopping;
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  expect(JSON.parse(lines.at(-1) ?? "")).toEqual({ ...ali, state: "stopped", at: 20 });
});

test("goes on without a line that it can't understand, and names it", async () => {
  await using store = await openSubscriberStore(path);
  await put(store, ali);
  await appendFile(path, `{"id":"5"}\n${JSON.stringify(ali)}\n`);
  const problems: string[] = [];
  await using again = await openSubscriberStore(path, undefined, (error) => problems.push(error.message));
  expect(problems).toEqual([expect.stringMatching(/subscribers\.jsonl.*2/)]);
  expect(await again.get(ali.id)).toEqual(ali);
});

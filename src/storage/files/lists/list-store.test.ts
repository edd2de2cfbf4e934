import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ListStore, StoredList } from "../../ports/lists.ts";
import { openListStore } from "./list-store.ts";

let dataDir: string;
let now: number;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "lists-"));
  now = 1000;
});

afterEach(() => rmSync(dataDir, { recursive: true }));

async function openStore(): Promise<ListStore> {
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  return openListStore(dataDir, { clock });
}

async function storeList(
  store: ListStore,
  names: readonly string[],
  columns = ["city"],
): Promise<StoredList> {
  await using writer = await store.create(columns);
  for (const name of names) await writer.add(name, [`${name}'s city`]);
  return writer.finish();
}

async function rowsOf(rows: ReturnType<ListStore["rows"]>) {
  const found: { username: string; values: readonly string[] }[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

function listsOnDisk(): string[] {
  return readdirSync(join(dataDir, "lists"));
}

describe("a stored list", () => {
  test("can be of very many names, added without waiting for each", async () => {
    const store = await openStore();
    await using writer = await store.create([]);
    const names = Array.from({ length: 60_000 }, (_, index) => `name_${index}`);
    let waits = 0;
    for (const name of names) {
      const slowDown = writer.add(name, []);
      if (slowDown) waits++;
      await slowDown;
    }
    const { listId, count } = await writer.finish();
    expect(count).toBe(60_000);
    expect(waits).toBeLessThan(10);
    const rows = await rowsOf(store.rows(listId));
    expect(rows.map(({ username }) => username)).toEqual(names);
  });
});

describe("rejected rows", () => {
  test("leave no file when there are none", async () => {
    const stored = await storeList(await openStore(), ["ali"]);
    expect(await (await openStore()).rejected(stored.listId)).toBeUndefined();
    expect(readdirSync(join(dataDir, "lists", stored.listId)).toSorted()).toEqual([
      "list.json",
      "recipients.jsonl",
    ]);
  });
});

describe("a list that isn't finished", () => {
  test("is nowhere to be seen, and gone when its writer is let go", async () => {
    const store = await openStore();
    const writer = await store.create([]);
    await writer.add("ali", []);
    const [folder = ""] = listsOnDisk();
    expect(await store.get(folder)).toBeUndefined();
    expect(await store.get(folder.replace(".unfinished", ""))).toBeUndefined();
    await writer[Symbol.asyncDispose]();
    expect(listsOnDisk()).toEqual([]);
  });

  test("is removed when a crash left it, and not while another process writes it", async () => {
    const abandoned = await (await openStore()).create([]);
    await abandoned.add("ali", []);
    const [folder = ""] = listsOnDisk();
    const other = await openStore();
    now = 3000;
    const finished = await storeList(other, ["sara"]);
    for (const file of ["recipients.jsonl", "rejected.jsonl"])
      utimesSync(join(dataDir, "lists", folder, file), 3, 3);
    await other.prune(3000);
    expect(listsOnDisk()).toContain(folder);
    now = 4000;
    await other.get(finished.listId);
    await other.prune(3001);
    expect(listsOnDisk()).toEqual([finished.listId]);
    await abandoned[Symbol.asyncDispose]();
  });
});

describe("throwing lists away", () => {
  test("prunes what is older than a moment and counts what nobody adopted", async () => {
    const store = await openStore();
    const adopted = await storeList(store, ["ali"]);
    rmSync(join(dataDir, "lists", adopted.listId, "recipients.jsonl"));
    await storeList(store, ["sara"]);
    now = 2000;
    const young = await storeList(store, ["reza"]);
    expect(await store.prune(2000)).toBe(1);
    expect(listsOnDisk()).toEqual([young.listId]);
  });

  test("leaves a list that can't be understood to a person", async () => {
    const store = await openStore();
    mkdirSync(join(dataDir, "lists", "broken"));
    writeFileSync(join(dataDir, "lists", "broken", "list.json"), "{");
    expect(await store.prune(5000)).toBe(0);
    expect(existsSync(join(dataDir, "lists", "broken", "list.json"))).toBe(true);
    await expect(store.get("broken")).rejects.toThrow("it is not JSON");
  });
});

/** The promises of whatever keeps cleaned lists on their way to a campaign. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ListStore, RejectedRow, StoredList } from "../../src/storage/ports/lists.ts";

export interface ListsHarness extends AsyncDisposable {
  /** Opens it beside those that are open, as another process does. */
  open(): Promise<ListStore>;
  /** The store's time from now on, ms since the epoch. */
  setNow(at: number): void;
}

export function listsContract(adapter: string, create: () => Promise<ListsHarness>): void {
  describe(`lists on their way to a campaign, in ${adapter}`, () => {
    let harness: ListsHarness;
    let [store, other]: ListStore[] = [];
    beforeEach(async () => {
      harness = await create();
      harness.setNow(1000);
      [store, other] = [await harness.open(), await harness.open()];
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    const one = (): ListStore => store ?? never();
    const beside = (): ListStore => other ?? never();

    test("are found by whoever opens it beside, with their columns and their recipients in order", async () => {
      const stored = await storeList(one(), ["ali", "sara", "reza"]);
      expect(stored).toMatchObject({ count: 3, columns: ["city"] });
      expect(await beside().get(stored.listId)).toEqual(stored);
      expect(await beside().head(stored.listId, 2)).toMatchObject([
        { username: "ali", variables: { city: "ali's city" } },
        { username: "sara", variables: { city: "sara's city" } },
      ]);
      expect(await beside().head(stored.listId, 9)).toHaveLength(3);
      expect(await all(beside().rows(stored.listId))).toEqual([
        { username: "ali", values: ["ali's city"] },
        { username: "sara", values: ["sara's city"] },
        { username: "reza", values: ["reza's city"] },
      ]);
    });

    test("have a value for each column, in their order, also where the end of a row was empty", async () => {
      await using writer = await one().create(["name", "city", "note"]);
      await writer.add("ali", ["", "Shiraz", ""]);
      await writer.add("sara", []);
      const { listId } = await writer.finish();
      expect((await all(one().rows(listId))).map(({ values }) => values)).toEqual([
        ["", "Shiraz", ""],
        ["", "", ""],
      ]);
    });

    test("may hold nobody", async () => {
      const { listId, count } = await storeList(one(), []);
      expect([count, await one().head(listId, 3), await all(one().rows(listId))]).toEqual([0, [], []]);
    });

    test("are never two of one id, whoever makes them at the same time", async () => {
      const both = await Promise.all([storeList(one(), ["ali"]), storeList(beside(), ["sara"])]);
      expect(new Set(both.map(({ listId }) => listId)).size).toBe(2);
      const heads = await Promise.all(both.map(({ listId }) => one().head(listId, 1)));
      expect(heads).toMatchObject([[{ username: "ali" }], [{ username: "sara" }]]);
    });

    test.each(["unknown", "../lists", "", "a/b", "x.unfinished"])("are none under %j", async (listId) => {
      const { listId: kept } = await storeList(one(), ["ali"]);
      expect([await one().get(listId), await one().rejected(listId)]).toEqual([undefined, undefined]);
      await expect(one().head(listId, 1)).rejects.toThrow("There is no list");
      await expect(all(one().rows(listId))).rejects.toThrow("There is no list");
      await one().discard(listId);
      expect(await one().get(kept)).toMatchObject({ count: 1 });
    });

    test("keep the rows that are no recipients as they came, until they are discarded by anybody", async () => {
      await using writer = await one().create([]);
      await writer.add("ali", []);
      const rejected: readonly RejectedRow[] = [
        { line: 17, text: "علی رضا", reason: "spaces" },
        { line: 18, text: '=HYPERLINK("http://x","y")', reason: "characters" },
      ];
      for (const { line, text, reason } of rejected) await writer.reject(line, text, reason);
      const { listId } = await writer.finish();
      expect(await all((await beside().rejected(listId)) ?? never())).toEqual(rejected);
      const { listId: kept } = await storeList(one(), ["sara"]);
      expect(await one().rejected(kept)).toBeUndefined();
      await beside().discard(listId);
      expect([await one().get(listId), await one().rejected(listId)]).toEqual([undefined, undefined]);
      expect(await one().get(kept)).toMatchObject({ count: 1 });
    });

    test("are nowhere while they are written, and never where their writer was let go", async () => {
      await (async () => {
        await using writer = await one().create([]);
        await writer.add("ali", []);
      })();
      harness.setNow(2000);
      expect(await beside().prune(2000)).toBe(0);
    });

    test("go when they are older than a moment and nobody, here or beside, looked them up since", async () => {
      const old = await storeList(one(), ["ali"]);
      const held = await storeList(one(), ["sara"]);
      harness.setNow(2000);
      const young = await storeList(beside(), ["reza"]);
      await beside().get(held.listId);
      expect(await one().prune(2000)).toBe(1);
      expect(await beside().get(old.listId)).toBeUndefined();
      harness.setNow(3000);
      expect(await beside().prune(2001)).toBe(2);
      expect([await one().get(held.listId), await one().get(young.listId)]).toEqual([undefined, undefined]);
    });

    test("that another opener is writing stay, whatever is thrown away meanwhile", async () => {
      await using writer = await one().create([]);
      await writer.add("ali", []);
      await beside().prune(1000);
      const { listId } = await writer.finish();
      expect(await beside().head(listId, 1)).toMatchObject([{ username: "ali" }]);
    });
  });
}

function never(): never {
  throw new Error("it is there");
}

async function storeList(store: ListStore, names: readonly string[]): Promise<StoredList> {
  await using writer = await store.create(["city"]);
  for (const name of names) await writer.add(name, [`${name}'s city`]);
  return writer.finish();
}

async function all<T>(some: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of some) found.push(each);
  return found;
}

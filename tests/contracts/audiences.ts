/** The promises every store of audiences and of tags keeps. Each adapter's test runs these suites. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AudienceStore, KeptRow, TagStore } from "../../src/storage/ports/audiences.ts";
import type { Reopened } from "./subscribers.ts";

const rows: readonly KeptRow[] = [
  { username: "ali", values: ["Ali"] },
  { username: "sara", values: ["سارا"] },
];
const shop = { name: "Shop", columns: ["name"], rows, origin: "shop.csv", at: 1, ask: "a1" };

async function rowsOf(store: AudienceStore, name: string): Promise<readonly KeptRow[]> {
  const all: KeptRow[] = [];
  for await (const row of store.rows(name)) all.push(row);
  return all;
}

export function audiencesContract(adapter: string, create: () => Promise<Reopened<AudienceStore>>): void {
  describe(`audiences in ${adapter}`, () => {
    let harness: Reopened<AudienceStore>;
    let store: AudienceStore;
    beforeEach(async () => {
      harness = await create();
      store = await harness.open();
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("keeps a list with its people and values, after a restart too, and finds it however it is cased", async () => {
      expect(await store.keepList(shop)).toBe("kept");
      for (const one of [store, await harness.open()]) {
        expect(await one.find("shop")).toMatchObject({
          kind: "list",
          name: "Shop",
          count: 2,
          origin: "shop.csv",
        });
        expect(await rowsOf(one, "SHOP")).toEqual(rows);
      }
      expect(await rowsOf(store, "nobody")).toEqual([]);
    });

    test("asked a second time it keeps one, and a name that is taken stays with what has it", async () => {
      await store.keepList(shop);
      expect(await store.keepList(shop)).toBe("kept");
      expect(await store.keepList({ ...shop, rows: [], ask: "a2" })).toBe("taken");
      const conditions = { languages: ["fa"] };
      expect(await store.define({ name: "shop", conditions, at: 2, ask: "a3" })).toBe("taken");
      expect(await store.define({ name: "فارسی", conditions, at: 2, ask: "a4" })).toBe("kept");
      const again = await harness.open();
      expect((await again.all()).map(({ name, kind }) => `${kind} ${name}`).toSorted()).toEqual([
        "conditions فارسی",
        "list Shop",
      ]);
      expect(await again.find("فارسی")).toMatchObject({ conditions });
    });

    test("renames onto no other's name, and once more changes nothing", async () => {
      await store.keepList(shop);
      await store.keepList({ ...shop, name: "club", ask: "a2" });
      const outcomes = ["club", "Shop 2", "Shop 2", "elsewhere"].map((to, at) =>
        store.rename(at === 3 ? "nothing" : "shop", to),
      );
      expect(await Promise.all(outcomes)).toEqual(["taken", "renamed", "renamed", "gone"]);
      expect(await rowsOf(await harness.open(), "shop 2")).toEqual(rows);
    });

    test("removes one as it was when that was wanted, and none that was kept since", async () => {
      await store.keepList(shop);
      expect(await store.remove("shop", 0)).toBe(false);
      expect(await store.remove("shop")).toBe(true);
      expect(await store.remove("shop")).toBe(false);
      expect(await (await harness.open()).all()).toEqual([]);
    });

    test("tells what it holds of somebody, and forgets them alone", async () => {
      await store.keepList(shop);
      const held = { list: "Shop", columns: ["name"], username: "ali", values: ["Ali"] };
      expect(await store.holding(["ali", "nima"])).toEqual([held]);
      expect([await store.forget(["ali"]), await store.forget(["ali"])]).toEqual([1, 0]);
      const again = await harness.open();
      expect([await again.holding(["ali"]), await rowsOf(again, "shop")]).toEqual([[], rows.slice(1)]);
      expect(await again.find("shop")).toMatchObject({ count: 1 });
    });
  });
}

export function tagsContract(adapter: string, create: () => Promise<Reopened<TagStore>>): void {
  describe(`tags in ${adapter}`, () => {
    let harness: Reopened<TagStore>;
    let store: TagStore;
    beforeEach(async () => {
      harness = await create();
      store = await harness.open();
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("are put on people, counted, told of somebody and taken again, after a restart too", async () => {
      const many = Array.from({ length: 1200 }, (_, index) => `name_${index}`);
      expect(await store.add("vip", [...many, "id7"], 1)).toBe(1201);
      expect(await store.add("vip", ["id7", "ali"], 2)).toBe(1);
      await store.add("tea", ["id7"], 2);
      expect(await store.remove("vip", ["name_5", "stranger"], 3)).toBe(1);
      for (const one of [store, await harness.open()]) {
        expect(await one.counts()).toEqual([
          { tag: "vip", count: 1201 },
          { tag: "tea", count: 1 },
        ]);
        expect(await one.of(["sara", "id7"])).toEqual(["tea", "vip"]);
        const isOne = await one.questions(["tea", "vip"]);
        expect(["name_4", "name_5", "ali", "sara"].map(isOne)).toEqual([true, false, true, false]);
      }
    });

    test("are not taken from whoever got them after it was wanted", async () => {
      await store.add("vip", ["ali"], 5);
      expect(await store.remove("vip", ["ali"], 9, 4)).toBe(0);
      expect(await store.remove("vip", ["ali"], 9, 5)).toBe(1);
      expect(await (await harness.open()).counts()).toEqual([]);
    });

    test("are gone with whoever is forgotten, and others keep theirs with the moment", async () => {
      await store.add("vip", ["ali", "sara"], 5);
      await store.remove("vip", ["ali"], 6);
      await store.add("vip", ["ali"], 7);
      await store.forget(["ali"]);
      await store.add("tea", ["nima"], 8);
      const again = await harness.open();
      expect([await again.of(["ali"]), await again.of(["sara"]), await again.of(["nima"])]).toEqual([
        [],
        ["vip"],
        ["tea"],
      ]);
      expect(await again.remove("vip", ["sara"], 9, 4)).toBe(0);
    });
  });
}

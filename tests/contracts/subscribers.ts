/** The promises every store of subscribers and of replies' cursors keeps. Each adapter's test runs these suites. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Subscriber } from "../../src/domain/people/subscriber.ts";
import { departed, subscribed } from "../../src/domain/people/subscriber.ts";
import type { ReplyCursorStore, SubscriberStore } from "../../src/storage/ports/people.ts";

export interface Reopened<T> extends AsyncDisposable {
  /** Opens the store, or opens it again as after a crash. */
  open(): Promise<T>;
  /** Opens it as another process beside the first; absent where there is but one process. */
  openBeside?(): Promise<T>;
}

const profile = { id: 7, firstName: "Ali", username: "ali" };
const comes = (from: Subscriber | undefined) => subscribed(from, profile, { source: "poster", at: 1 });
const goes = (from: Subscriber | undefined) => from && departed(from, "stopped", 2);

export function subscribersContract(adapter: string, create: () => Promise<Reopened<SubscriberStore>>): void {
  describe(`subscribers in ${adapter}`, () => {
    let harness: Reopened<SubscriberStore>;
    let one: SubscriberStore;
    let other: SubscriberStore;
    beforeEach(async () => {
      harness = await create();
      one = await harness.open();
      other = (await harness.openBeside?.()) ?? one;
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("knows a person by id, by name and by every name they had, after a restart too", async () => {
      await one.change(7, comes);
      await other.change(7, (from) => from && { ...from, username: "ali_new" });
      for (const store of [one, await harness.open()]) {
        const found = await Promise.all(["ali", "ali_new", "id7"].map((name) => store.find(name)));
        expect(found.map((person) => person?.username)).toEqual(["ali_new", "ali_new", "ali_new"]);
        expect(found[0]?.formerly).toEqual(["ali"]);
        expect(await store.find("nobody")).toBeUndefined();
      }
    });

    test("whoever leaves has left from the moment of the call, whatever else is said of them then", async () => {
      await one.change(7, comes);
      const leaving = one.change(7, goes);
      expect(await one.get(7)).toMatchObject({ state: "stopped" });
      const renaming = other.change(7, (from) => from && { ...from, firstName: "علی" });
      await Promise.all([leaving, renaming]);
      expect(await (await harness.open()).get(7)).toMatchObject({ state: "stopped", firstName: "علی" });
    });

    test("tells every joining and leaving with its moment and link, and nothing else, after a restart too", async () => {
      await one.change(7, comes);
      await one.change(7, (from) => from && { ...from, firstName: "علی" });
      await one.change(7, goes);
      await one.change(7, (from) => from && departed(from, "blocked", 3));
      await one.change(7, (from) => subscribed(from, profile, { at: 4 }));
      for (const store of [one, await harness.open()]) {
        const changes: object[] = [];
        for await (const change of store.changes()) changes.push(change);
        expect(changes).toEqual([
          { kind: "joined", at: 1, source: "poster" },
          { kind: "left", at: 2, source: "poster" },
          { kind: "joined", at: 4, source: "poster" },
        ]);
      }
    });

    test("a change that is none writes down nobody", async () => {
      expect(await one.change(7, () => undefined)).toBeUndefined();
      const all: Subscriber[] = [];
      for await (const person of (await harness.open()).all()) all.push(person);
      expect(all).toEqual([]);
    });
  });
}

export function cursorsContract(adapter: string, create: () => Promise<Reopened<ReplyCursorStore>>): void {
  test(`of two readers of one account's replies the second goes on from where the first is, in ${adapter}`, async () => {
    await using harness = await create();
    const one = await harness.open();
    const other = (await harness.openBeside?.()) ?? one;
    expect(await one.get("x", "news")).toBeUndefined();
    const moved = [await one.move("x", "news", { to: "5" }), await other.move("x", "news", { to: "4" })];
    expect(moved).toEqual([true, false]);
    expect(await other.move("x", "news", { from: "5", to: "6" })).toBe(true);
    expect(await one.move("x", "shop", { to: "1" })).toBe(true);
    const again = await harness.open();
    expect([await again.get("x", "news"), await again.get("x", "shop")]).toEqual(["6", "1"]);
  });
}

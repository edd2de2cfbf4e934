/** The promises every do-not-send list keeps, whatever it is kept in. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Suppression } from "../../src/domain/people/suppression.ts";
import type { SuppressionStore } from "../../src/storage/ports/people.ts";

export interface SuppressionHarness extends AsyncDisposable {
  /** Opens the list, or opens it again as after a crash. */
  open(): Promise<SuppressionStore>;
  /** Lets nothing become durable until it is disposed of; absent where that takes longer than to ask. */
  holdWrites?(): Disposable;
}

export async function everybodyOn(list: SuppressionStore): Promise<readonly Suppression[]> {
  const all: Suppression[] = [];
  for await (const one of list.list()) all.push(one);
  return all;
}

export function suppressionContract(adapter: string, create: () => Promise<SuppressionHarness>): void {
  describe(`the do-not-send list in ${adapter}`, () => {
    let harness: SuppressionHarness;
    let store: SuppressionStore;
    beforeEach(async () => {
      harness = await create();
      store = await harness.open();
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("says nothing about names it does not hold", async () => {
      expect([await store.count(), await store.reasonFor("ali"), await everybodyOn(store)]).toEqual([
        0,
        undefined,
        [],
      ]);
    });

    test("binds at once, before the addition is even on disk", async () => {
      const added = store.add(["ali"], { reason: "optedOut", at: 1 });
      expect(await store.reasonFor("ali")).toBe("optedOut");
      expect(await added).toBe(1);
    });

    test("tells opt-outs from what the operator and complaints put there", async () => {
      await store.add(["ali"], { reason: "optedOut", at: 1 });
      await store.add(["sara"], { reason: "complaint", at: 1 });
      await store.add(["nima"], { reason: "blocked", at: 1 });
      const ask = await store.questions();
      expect(["ali", "sara", "nima"].map(ask)).toEqual(["optedOut", "suppressed", "suppressed"]);
    });

    test("counts only new names, and the last reason holds", async () => {
      await store.add(["ali", "sara"], { reason: "blocked", at: 1 });
      expect(await store.add(["ali", "nima"], { reason: "optedOut", note: "wrote stop", at: 2 })).toBe(1);
      expect(await store.reasonFor("ali")).toBe("optedOut");
      expect(await store.count()).toBe(3);
    });

    test("whoever keeps what they made of it knows that it changed, be it as long as before", async () => {
      const before = await store.revision();
      await store.add(["ali"], { reason: "blocked", at: 1 });
      const after = await store.revision();
      await store.add(["ali"], { reason: "optedOut", at: 2 });
      expect([before < after, after < (await store.revision())]).toEqual([true, true]);
    });

    test("keeps whoever was added after their removal was wanted", async () => {
      await store.add(["ali", "sara"], { reason: "blocked", at: 1 });
      await store.add(["sara"], { reason: "optedOut", at: 3 });
      expect(await store.remove(["ali", "sara"], 4, 2)).toBe(1);
      expect([await store.reasonFor("ali"), await store.reasonFor("sara")]).toEqual([undefined, "optedOut"]);
      expect(await (await harness.open()).reasonFor("sara")).toBe("optedOut");
    });

    test("frees a name, and says how many it held", async () => {
      await store.add(["ali", "sara"], { reason: "blocked", at: 1 });
      expect(await store.remove(["ali", "stranger"], 2)).toBe(1);
      expect([await store.reasonFor("ali"), await store.reasonFor("sara")]).toEqual([
        undefined,
        "suppressed",
      ]);
    });

    test("frees nobody before that is on disk", async () => {
      await store.add(["ali"], { reason: "blocked", at: 1 });
      const held = harness.holdWrites?.();
      const removed = store.remove(["ali"], 2);
      expect(await store.reasonFor("ali")).toBe("suppressed");
      held?.[Symbol.dispose]();
      await removed;
      expect(await store.reasonFor("ali")).toBeUndefined();
    });

    test("somebody who opts out while being freed stays on it, now and after a restart", async () => {
      await store.add(["ali"], { reason: "blocked", at: 1 });
      await Promise.all([store.remove(["ali"], 2), store.add(["ali"], { reason: "optedOut", at: 3 })]);
      expect(await store.reasonFor("ali")).toBe("optedOut");
      expect(await (await harness.open()).reasonFor("ali")).toBe("optedOut");
    });

    test("is the same after a restart", async () => {
      await store.add(["ali", "sara"], { reason: "complaint", note: "by mail", at: 1 });
      await store.remove(["sara"], 2);
      const again = await harness.open();
      expect(await everybodyOn(again)).toEqual([
        { username: "ali", reason: "complaint", note: "by mail", at: 1 },
      ]);
    });
  });
}

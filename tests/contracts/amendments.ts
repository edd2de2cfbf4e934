/** The promises every store of amendments keeps. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AmendmentEntry } from "../../src/domain/amending/amendment.ts";
import type { AmendmentStore } from "../../src/storage/ports/amendments.ts";
import type { Reopened } from "./subscribers.ts";

const begin = (n: number): AmendmentEntry => ({
  t: "begin",
  n,
  at: 1,
  kind: "takeBack",
  scope: { kind: "all" },
  count: 2,
  by: "1001",
});

/** @param create A campaign `spring` is there */
export function amendmentsContract(adapter: string, create: () => Promise<Reopened<AmendmentStore>>): void {
  describe(`amendments in ${adapter}`, () => {
    let harness: Reopened<AmendmentStore>;
    let store: AmendmentStore;
    beforeEach(async () => {
      harness = await create();
      store = await harness.open();
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("are there for whoever looks and whoever opens them again, and unfinished until they ended", async () => {
      const log = await store.open("spring");
      expect([(await store.read("spring")).all, await store.unfinished(["spring"])]).toEqual([[], []]);
      await log.record(begin(1));
      await log.record({ t: "claim", n: 1, r: 0, at: 2 });
      await log.record({ t: "done", n: 1, r: 0, at: 3 });
      await log.record({ t: "kept", n: 1, r: 1, why: "unsaid", at: 4 });
      for (const again of [store, (store = await harness.open())]) {
        expect(await again.unfinished(["spring", "summer"])).toEqual(["spring"]);
        expect((await again.read("spring")).counts(1)).toMatchObject({ done: 1, kept: 1 });
      }
      const reopened = await store.open("spring");
      expect((await store.open("spring")).fold).toBe(reopened.fold);
      expect(reopened.fold.of(0)).toMatchObject({ isTakenBack: "yes" });
      await reopened.record({ t: "status", n: 1, status: "finished", at: 5 });
      expect(await store.unfinished(["spring"])).toEqual([]);
    });
  });
}

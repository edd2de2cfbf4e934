/** The promises of whatever keeps who was erased. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ErasureRequest, Erasing } from "../../src/storage/ports/erasing.ts";

export interface ErasingStore extends Erasing {
  carriedOut(one: ErasureRequest): Promise<void>;
}

export interface ErasingHarness extends AsyncDisposable {
  /** Opens it as another process: what the one before wrote down is there. */
  open(): Promise<ErasingStore>;
}

const ali: ErasureRequest = { names: ["ali", "ali_new"], ids: ["7"], by: "1001", at: 5, chatId: 1001 };

export function erasingContract(adapter: string, create: () => Promise<ErasingHarness>): void {
  describe(`whoever was erased, in ${adapter}`, () => {
    let harness: ErasingHarness;
    let store: ErasingStore;
    beforeEach(async () => {
      harness = await create();
      store = await harness.open();
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("is known by every name and id once that is recorded, and nobody else is", async () => {
      expect([store.has("ali"), store.hasId("7")]).toEqual([false, false]);
      await store.record(ali);
      for (const one of [store, await harness.open()]) {
        expect(["ali", "ali_new", "sara", "7"].map((name) => one.has(name))).toEqual([
          true,
          true,
          false,
          false,
        ]);
        expect(["7", "8", "ali"].map((id) => one.hasId(id))).toEqual([true, false, false]);
      }
    });

    test("stays known when it is carried out, and the chat hears of it once", async () => {
      await store.record(ali);
      expect(await store.toTell()).toEqual([]);
      await store.carriedOut(ali);
      const again = await harness.open();
      expect([await again.toTell(), again.has("ali")]).toEqual([[1001], true]);
      await again.told(1001);
      expect(await again.toTell()).toEqual([]);
    });
  });
}

/** The promises of whatever keeps who is behind the names of a channel. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { KnownPerson } from "../../src/domain/recipient.ts";
import type { IdentityStore } from "../../src/storage/ports/identities.ts";

export interface IdentitiesHarness extends AsyncDisposable {
  /** Opens it as another process: what the one before wrote down is there. */
  open(): Promise<IdentityStore>;
  /** What a claim knows of a name by what was written through the store that was opened last. */
  known(username: string): Promise<KnownPerson>;
}

export function identitiesContract(adapter: string, create: () => Promise<IdentitiesHarness>): void {
  describe(`who is behind a name, in ${adapter}`, () => {
    let harness: IdentitiesHarness;
    let store: IdentityStore;
    beforeEach(async () => {
      harness = await create();
      store = await harness.open();
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("is what was found last, for a claim too, and nothing before", async () => {
      expect([await store.whoIs("ali"), await harness.known("ali")]).toEqual([undefined, {}]);
      await store.found(new Map([["ali", "11"]]), 5);
      expect(await store.whoIs("ali")).toEqual({ id: "11", at: 5 });
      await store.found(
        new Map([
          ["ali", "12"],
          ["sara", "13"],
        ]),
        6,
      );
      expect(await harness.known("ali")).toEqual({ personId: "12" });
      expect(await (await harness.open()).whoIs("ali")).toEqual({ id: "12", at: 6 });
    });

    test("is one person under every name they were found under, also after a restart", async () => {
      await store.found(new Map([["ali", "11"]]), 5);
      await store.found(new Map([["ali_2", "11"]]), 6);
      for (const one of [store, await harness.open()]) {
        expect(await one.namesOf("11")).toEqual(["ali", "ali_2"]);
        expect(await harness.known("ali")).toEqual({ personId: "11", names: ["ali", "ali_2"] });
      }
      expect(await store.namesOf("14")).toEqual([]);
    });

    test("is to be asked for anew, and stays known, once a send showed that it is nobody's", async () => {
      await store.askAnew("ali");
      expect(await store.whoIs("ali")).toBeUndefined();
      await store.found(new Map([["ali", "11"]]), 5);
      await store.askAnew("ali");
      for (const one of [store, await harness.open()])
        expect(await one.whoIs("ali")).toEqual({ id: "11", at: 0 });
    });
  });
}

/** The promises every store of tokens keeps, whatever it is kept in. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ApiToken } from "../../src/domain/hooks/api-token.ts";
import type { ApiTokenStore } from "../../src/storage/ports/api-tokens.ts";

export interface ApiTokensHarness extends AsyncDisposable {
  /** Opens the store, or opens it again as after a crash. */
  open(): Promise<ApiTokenStore>;
}

const token = (name: string, digit = "a"): ApiToken => ({ name, hash: digit.repeat(64), by: "1001", at: 7 });

export function apiTokensContract(adapter: string, create: () => Promise<ApiTokensHarness>): void {
  describe(`tokens in ${adapter}`, () => {
    let harness: ApiTokensHarness;
    let store: ApiTokenStore;
    beforeEach(async () => {
      harness = await create();
      store = await harness.open();
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("there is none before one is made", async () => {
      expect(await store.all()).toEqual([]);
      expect(await store.remove("shop")).toBe(false);
    });

    test("keeps them in their order, also after a restart", async () => {
      expect(await store.add(token("shop"), 9)).toBe("added");
      expect(await store.add(token("crm", "b"), 9)).toBe("added");
      store = await harness.open();
      expect(await store.all()).toEqual([token("shop"), token("crm", "b")]);
      expect(await store.remove("shop")).toBe(true);
      expect(await (await harness.open()).all()).toEqual([token("crm", "b")]);
    });

    test("gives a name to one of two who want it at the same moment, and to the same one again", async () => {
      const wanted = ["a", "b"].map((digit) => store.add(token("shop", digit), 9));
      expect((await Promise.all(wanted)).toSorted()).toEqual(["added", "taken"]);
      const [kept] = await store.all();
      expect(await store.add({ ...kept!, at: 9 }, 9)).toBe("added");
      expect(await store.all()).toEqual([kept]);
    });

    test("takes no more than there may be", async () => {
      await Promise.all(["one", "two"].map((name) => store.add(token(name), 2)));
      expect(await store.add(token("three"), 2)).toBe("full");
      expect(await store.add(token("one"), 2)).toBe("added");
      expect(await store.all()).toHaveLength(2);
    });
  });
}

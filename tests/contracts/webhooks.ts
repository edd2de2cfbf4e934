/** The promises every store of webhooks keeps, whatever it is kept in. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Webhook } from "../../src/domain/hooks/webhook.ts";
import { afterFailure, gotTo } from "../../src/domain/hooks/webhook.ts";
import type { WebhookStore } from "../../src/storage/ports/webhooks.ts";

export interface WebhooksHarness extends AsyncDisposable {
  /** Opens the store, or opens it again as after a crash. */
  open(): Promise<WebhookStore>;
}

const hook = (name: string, secret = "whsec_one"): Webhook => ({
  name,
  url: "https://shop.example/hooks",
  secrets: [secret],
  by: "1001",
  at: 7,
  position: 3,
});
const failure = { kind: "failed", why: { kind: "status", status: 500 } } as const;

export function webhooksContract(adapter: string, create: () => Promise<WebhooksHarness>): void {
  describe(`webhooks in ${adapter}`, () => {
    let harness: WebhooksHarness;
    let store: WebhookStore;
    beforeEach(async () => {
      harness = await create();
      store = await harness.open();
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("keeps them, how far they got and what failed, also after a restart", async () => {
      expect(await store.all()).toEqual([]);
      expect(await store.add({ ...hook("shop"), mayBeNear: true, types: ["recipient.sent"] }, 9)).toBe(
        "added",
      );
      expect(await store.add(hook("crm"), 9)).toBe("added");
      await store.change("shop", (from) => gotTo(from, 9));
      const failed = await store.change("shop", (from) =>
        afterFailure(from, failure, { now: 50, random: 0 }),
      );
      const off = await store.change("crm", (from) => ({
        ...from,
        off: { why: "gone", at: 8 },
        formerUntil: 9,
      }));
      expect(failed).toMatchObject({ position: 9, failing: { tries: 1, since: 50 } });
      expect(await (await harness.open()).all()).toEqual([failed, off]);
    });

    test("gives a name to one of two who want it at the same moment, and to the same one again", async () => {
      const wanted = ["whsec_a", "whsec_b"].map((secret) => store.add(hook("shop", secret), 9));
      expect((await Promise.all(wanted)).toSorted()).toEqual(["added", "taken"]);
      const [kept] = await store.all();
      await store.change("shop", (from) => gotTo(from, 8));
      expect(await store.add(kept!, 9)).toBe("added");
      expect((await store.all())[0]?.position).toBe(8);
      expect(await store.add({ ...kept!, url: "https://other.example/" }, 9)).toBe("taken");
    });

    test("keeps every change of two that are made at the same moment", async () => {
      await store.add(hook("shop"), 9);
      await Promise.all([
        store.change("shop", (from) => gotTo(from, 8)),
        store.change("shop", (from) => ({ ...from, secrets: ["whsec_two", ...from.secrets] })),
      ]);
      expect(await store.all()).toMatchObject([{ position: 8, secrets: ["whsec_two", "whsec_one"] }]);
      expect(await store.change("shop", () => undefined)).toBeUndefined();
      expect(await store.change("nobody", (from) => from)).toBeUndefined();
    });

    test("takes no more than there may be, and removes", async () => {
      await Promise.all(["one", "two"].map((name) => store.add(hook(name), 2)));
      expect(await store.add(hook("three"), 2)).toBe("full");
      expect([await store.remove("one"), await store.remove("one")]).toEqual([true, false]);
      expect((await (await harness.open()).all()).map(({ name }) => name)).toEqual(["two"]);
    });
  });
}

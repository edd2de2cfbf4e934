import { expect, test } from "vitest";
import { createMemoryWebhooks } from "../../../tests/support/memory-webhooks.ts";
import { createSecret } from "../../lib/webhooks/signature.ts";
import { createWebhooks } from "./webhooks.ts";

test("a webhook for which no type was named, as by a variable that is not set, is told everything", async () => {
  const webhookStore = createMemoryWebhooks();
  const webhooks = createWebhooks({
    webhookStore,
    webhookRunner: {
      changed: async () => undefined,
      test: () => Promise.resolve({ kind: "taken" }),
      watch: () => () => undefined,
    },
    feed: { last: () => Promise.resolve(0) },
    clock: { now: () => 0 },
  });
  const asked = { name: "shop", url: "https://shop.example/hooks", secret: createSecret(), types: [] };
  expect(await webhooks.add(asked, "1")).toEqual({ ok: true });
  expect((await webhooks.list())[0]).not.toHaveProperty("types");
});

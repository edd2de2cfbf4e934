import type { Webhook } from "../../src/domain/hooks/webhook.ts";
import { isSame } from "../../src/storage/ports/documents/webhooks.ts";
import type { WebhookStore } from "../../src/storage/ports/webhooks.ts";

/** Webhooks in memory. @param kept What outlives the process; @param effect Before each write: a process may die there */
export function createMemoryWebhooks(
  kept: Webhook[] = [],
  effect: () => Promise<void> = () => Promise.resolve(),
): WebhookStore {
  return {
    all: async () => [...kept],
    async add(given, most) {
      const same = kept.find(({ name }) => name === given.name);
      if (same) return isSame(same, given) ? "added" : "taken";
      if (kept.length >= most) return "full";
      kept.push(given);
      return "added";
    },
    async change(name, to) {
      await effect();
      const place = kept.findIndex((one) => one.name === name);
      const from = kept[place];
      const made = from && to(from);
      if (made) kept[place] = made;
      return made;
    },
    async remove(name) {
      const place = kept.findIndex((one) => one.name === name);
      if (place >= 0) kept.splice(place, 1);
      return place >= 0;
    },
  };
}

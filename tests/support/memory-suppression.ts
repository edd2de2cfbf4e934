import type { Suppression } from "../../src/domain/people/suppression.ts";
import { applySuppression, skipReasonOf } from "../../src/domain/people/suppression.ts";
import type { SuppressionStore } from "../../src/storage/ports/people.ts";

/** A do-not-send list that is forgotten with the test. */
export function createMemorySuppression(): SuppressionStore {
  const list = new Map<string, Suppression>();
  return {
    get size() {
      return list.size;
    },
    reasonFor(username) {
      const found = list.get(username);
      return found && skipReasonOf(found.reason);
    },
    async add(names, detail) {
      const before = list.size;
      for (const username of names) applySuppression(list, { t: "add", username, ...detail });
      return list.size - before;
    },
    remove: async (names) => names.filter((username) => list.delete(username)).length,
    list: () => list.values(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

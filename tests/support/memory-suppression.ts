import type { Suppression } from "../../src/domain/people/suppression.ts";
import { applySuppression, skipReasonOf } from "../../src/domain/people/suppression.ts";
import type { SuppressionStore } from "../../src/storage/ports/people.ts";

/** A do-not-send list that is forgotten with the test. */
export function createMemorySuppression(): SuppressionStore {
  const list = new Map<string, Suppression>();
  let revision = 0;
  const reasonFor = (username: string) => {
    const found = list.get(username);
    return found && skipReasonOf(found.reason);
  };
  return {
    count: async () => list.size,
    revision: async () => revision,
    reasonFor: async (username) => reasonFor(username),
    questions: async () => reasonFor,
    async add(names, detail) {
      const before = list.size;
      revision += 1;
      for (const username of names) applySuppression(list, { t: "add", username, ...detail });
      return list.size - before;
    },
    async remove(names, _, wantedAt = Infinity) {
      revision += 1;
      const isMeant = (username: string): boolean => (list.get(username)?.at ?? 0) <= wantedAt;
      return names.filter((username) => isMeant(username) && list.delete(username)).length;
    },
    async *list() {
      yield* list.values();
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** A history in memory, sealed as the one in files is. */
import type { HistoryEntry } from "../../src/domain/history/entry.ts";
import type { HistoryStore } from "../../src/storage/ports/history.ts";
import { hashOfName, namesIn, withNames } from "../../src/storage/ports/documents/history-line.ts";

const hashOf = (name: string): string => hashOfName("key", name);

export function createMemoryHistory(): HistoryStore {
  const kept: HistoryEntry[] = [];
  const names = new Map<string, string>();
  return {
    async append(content, at) {
      for (const name of namesIn(content)) names.set(hashOf(name), name);
      kept.push({ n: kept.length + 1, at, ...withNames(content, hashOf) });
      return kept.length;
    },
    async entries(person) {
      const about = person === undefined ? undefined : hashOf(person);
      const meant = new Set(
        kept.filter((one) => about === undefined || namesIn(one).includes(about)).map(({ n }) => n),
      );
      return kept
        .filter((one) => meant.has(one.t === "ended" ? one.of : one.n))
        .map((one) => withNames(one, (hash) => names.get(hash)));
    },
    state: async () => ({ kind: "whole", count: kept.length, seal: "" }),
    erase: async (name) => names.delete(hashOf(name)),
  };
}

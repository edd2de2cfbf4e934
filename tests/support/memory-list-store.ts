import { Readable } from "node:stream";
import type { ListStore, ListWriter, RejectedRow, StoredList } from "../../src/storage/ports/lists.ts";

/** A list as the memory store keeps it. */
export interface MemoryList {
  readonly columns: readonly string[];
  readonly rows: { readonly username: string; readonly values: readonly string[] }[];
  readonly rejected: RejectedRow[];
}

/** A list store in memory, with what it keeps and how many writers were opened and let go to look at. */
export interface MemoryListStore extends ListStore {
  readonly kept: ReadonlyMap<string, MemoryList>;
  readonly open: () => number;
}

/** Makes an empty list store that forgets everything with the test. */
export function createMemoryListStore({ now = () => 0 }: { now?: () => number } = {}): MemoryListStore {
  const lookedUpAt = new Map<string, number>();
  const listOf = (listId: string): MemoryList => {
    const list = kept.get(listId);
    if (!list) throw new Error(`There is no list ${JSON.stringify(listId)}`);
    return list;
  };
  const kept = new Map<string, MemoryList>();
  let [open, nextId] = [0, 1];
  const stored = (listId: string, list: MemoryList): StoredList => ({
    listId,
    count: list.rows.length,
    columns: list.columns,
  });

  const createWriter = (columns: readonly string[]): ListWriter => {
    const list: MemoryList = { columns, rows: [], rejected: [] };
    open++;
    return {
      add: (username, values) =>
        void list.rows.push({ username, values: columns.map((_, index) => values[index] ?? "") }),
      reject: (line, text, reason) => void list.rejected.push({ line, text, reason }),
      async finish() {
        const listId = `list-${nextId++}`;
        kept.set(listId, list);
        lookedUpAt.set(listId, now());
        return stored(listId, list);
      },
      async [Symbol.asyncDispose]() {
        open--;
      },
    };
  };

  return {
    kept,
    open: () => open,
    create: async (columns) => createWriter(columns),
    async get(listId) {
      const list = kept.get(listId);
      if (list) lookedUpAt.set(listId, now());
      return list && stored(listId, list);
    },
    async head(listId, count) {
      const { rows, columns } = listOf(listId);
      return rows.slice(0, count).map(({ username, values }) => ({
        username,
        variables: Object.fromEntries(columns.map((column, index) => [column, values[index] ?? ""])),
      }));
    },
    async *rows(listId) {
      yield* listOf(listId).rows;
    },
    async rejected(listId) {
      const rows = kept.get(listId)?.rejected ?? [];
      return rows.length === 0 ? undefined : Readable.from(rows);
    },
    async discard(listId) {
      kept.delete(listId);
    },
    async prune(before) {
      const old = [...kept.keys()].filter((listId) => (lookedUpAt.get(listId) ?? 0) < before);
      for (const listId of old) kept.delete(listId);
      return old.length;
    },
  };
}

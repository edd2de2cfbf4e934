import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "../../../src/app/app.ts";
import type { ImportRequest, ListProblem, ListReport } from "../../../src/app/lists/list-report.ts";
import { readerOf } from "../../../src/composition/sent-lists.ts";
import type { SentElsewhere } from "../../../src/composition/stores/stores.ts";
import { createInProcessReader } from "../../../src/lists/reader/in-process-reader.ts";
import { createImportList } from "../../../src/app/lists/import-list.ts";
import { createMemorySuppression } from "../memory-suppression.ts";
import { createMemorySubscribers } from "../memory-subscribers.ts";
import type { MemoryList, MemoryListStore } from "../memory-list-store.ts";
import { createMemoryListStore } from "../memory-list-store.ts";
import { noContacts } from "../no-contacts.ts";

type Result = ListReport | ListProblem;

/** Imports lists from files that exist for a moment only, into a store in memory. */
export interface ListImports extends AsyncDisposable {
  readonly lists: MemoryListStore;
  /** Reads for real, as the application does. */
  readonly importList: App["importList"];
  file(name: string, content: string | Buffer, choices?: ImportRequest["choices"]): Promise<Result>;
  text(text: string, rule?: ImportRequest["rule"]): Promise<Result>;
  /** What was kept of a list that was imported well. */
  listOf(result: Result): MemoryList;
  namesOf(result: Result): string[];
}

/**
 * Opens a imports at which `sent_1` and `sent_2` have been written to before, `lately_1` by another campaign, and `stop_1`
 * is on the do-not-send list.
 * @param sentElsewhere Files that lie on no disk; absent: all do
 */
export async function openListImports(sentElsewhere?: SentElsewhere): Promise<ListImports> {
  const folder = await mkdtemp(join(tmpdir(), "peyk-lists-"));
  const path = join(folder, "upload");
  const lists = createMemoryListStore();
  const sent = new Set(["sent_1", "sent_2"]);
  const suppression = createMemorySuppression();
  await suppression.add(["stop_1"], { reason: "optedOut", at: 0 });
  const importList = createImportList({
    lists,
    reader: readerOf(createInProcessReader(), sentElsewhere),
    ledgers: { sentNames: async () => sent },
    suppression,
    subscribers: createMemorySubscribers(),
    leadStore: { find: () => Promise.resolve(undefined) },
    contacts: {
      ...noContacts,
      since: async () => ({
        latest: (name) => (name === "lately_1" ? 0 : undefined),
        latestFrom: () => undefined,
      }),
    },
    campaigns: { get: async () => undefined },
    clock: { now: () => 1 },
  });
  const listOf = (result: Result): MemoryList => {
    const list = result.kind === "report" ? lists.kept.get(result.listId) : undefined;
    if (!list) throw new Error(`no list was kept: ${JSON.stringify(result)}`);
    return list;
  };
  return {
    lists,
    importList,
    async file(name, content, choices) {
      await writeFile(path, content);
      const answer = choices === undefined ? {} : { choices };
      return importList({ source: { kind: "file", path, name }, campaignId: "spring", ...answer });
    },
    text: (text, rule) =>
      importList({ source: { kind: "text", text }, campaignId: "spring", ...(rule ? { rule } : {}) }),
    listOf,
    namesOf: (result) => listOf(result).rows.map(({ username }) => username),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** One measured import, alone in its process: prints milliseconds, or the bytes kept for each name. */
import { readFileSync } from "node:fs";
import { createImportList } from "../src/app/lists/import-list.ts";
import { createInProcessReader } from "../src/lists/reader/in-process-reader.ts";
import type { ListStore, StoredList } from "../src/storage/ports/lists.ts";
import { noContacts } from "../tests/support/no-contacts.ts";

/** So many names are in when everything that is needed to import them still lives. */
const NEARLY_ALL = 900_000;

const [what = "", path = ""] = process.argv.slice(2);
switch (what) {
  case "read-and-split":
    print(await timed(async () => readFileSync(path, "latin1").split("\n").length));
    break;
  case "import":
    print(await timed(() => importNames(() => undefined)));
    break;
  default: {
    const before = usedBytes();
    let after = 0;
    const count = await importNames((names) => {
      if (names === NEARLY_ALL) after = usedBytes();
    });
    print((after - before) / count);
  }
}

async function timed(work: () => Promise<number>): Promise<number> {
  const startedAt = performance.now();
  const count = await work();
  if (count < 900_000) throw new Error("names are missing");
  return performance.now() - startedAt;
}

/** Imports into a store that keeps nothing; `onName` is told how many names there are after each. */
async function importNames(onName: (names: number) => void): Promise<number> {
  const stored: StoredList = { listId: "bench", count: 0, columns: [] };
  let names = 0;
  const lists: Pick<ListStore, "create"> = {
    create: async () => ({
      add() {
        onName(++names);
        return undefined;
      },
      reject: () => undefined,
      finish: async () => stored,
      async [Symbol.asyncDispose]() {},
    }),
  };
  const importList = createImportList({
    reader: createInProcessReader(),
    lists,
    ledgers: { sentNames: async () => new Set() },
    suppression: { questions: async () => () => undefined },
    subscribers: { all: async function* () {}, find: async () => undefined },
    leadStore: { find: () => Promise.resolve(undefined) },
    contacts: noContacts,
    campaigns: { get: async () => undefined },
    clock: { now: () => 0 },
  });
  const result = await importList({ source: { kind: "file", path, name: "names.txt" }, campaignId: "bench" });
  if (result.kind === "problem") throw new Error(result.problem);
  return result.valid;
}

function usedBytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function print(figure: number): void {
  process.stdout.write(String(figure));
}

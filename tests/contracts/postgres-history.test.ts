/** The history on PostgreSQL. */
import { describe, expect, test } from "vitest";
import { createHistoryStore } from "../../src/storage/postgres/history/history-store.ts";
import { twoProcesses } from "../support/postgres/two-openers.ts";
import { historyContract } from "./history.ts";

const { fresh, next } = twoProcesses();

describe("in PostgreSQL", () => {
  historyContract(async () => {
    await fresh();
    return {
      store: createHistoryStore(next()),
      beside: createHistoryStore(next()),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  });
});

async function fiveEntries() {
  const here = await fresh();
  const store = createHistoryStore(next());
  for (let n = 1; n <= 5; n++)
    await store.append(
      { t: "begun", deed: "suppress", by: { kind: "peyk" }, about: { people: [`p${n}`] } },
      n,
    );
  return { here, store };
}

test.each([
  ["an entry taken out", "delete from peyk.history where n = 3", { kind: "missing", from: 3, to: 3 }],
  ["the last ones cut off", "delete from peyk.history where n > 3", { kind: "cutOff", from: 4, to: 5 }],
  [
    "an entry altered",
    "update peyk.history set entry = replace(entry, 'suppress', 'cancel') where n = 4",
    { kind: "altered", n: 4 },
  ],
  ["no text of an entry", "update peyk.history set entry = '' where n = 2", { kind: "altered", n: 2 }],
  [
    "a name in another's place",
    "update peyk.history_names set name = 'p9' where name = 'p2'",
    { kind: "altered", n: 2 },
  ],
])("%s is seen, and nobody is kept from his deeds by it", async (_, sql, state) => {
  const { here, store } = await fiveEntries();
  await here.query(sql);
  expect(await store.state()).toEqual(state);
  expect(await store.append({ t: "ended", of: 1, end: "done" }, 9)).toBe(6);
});

test("an entry that could not be committed leaves no trace, and the next one takes its place", async () => {
  const { here, store } = await fiveEntries();
  const failing = createHistoryStore(
    here.open((sql, ask) => (sql === "commit" ? Promise.reject(new Error("lost")) : ask())),
  );
  await expect(failing.append({ t: "ended", of: 1, end: "done" }, 9)).rejects.toThrow("lost");
  expect(await store.append({ t: "ended", of: 1, end: "done" }, 9)).toBe(6);
  expect(await store.state()).toMatchObject({ kind: "whole", count: 6 });
});

/** What every store of the history must do. */
import { expect, test } from "vitest";
import { deedsIn } from "../../src/domain/history/entry.ts";
import type { Begun } from "../../src/domain/history/entry.ts";
import type { HistoryStore } from "../../src/storage/ports/history.ts";

export interface HistoryUnderTest extends AsyncDisposable {
  readonly store: HistoryStore;
  /** The same history in another process; absent where there is but one. */
  readonly beside?: HistoryStore;
}

const blocked = (people: readonly string[]): Begun => ({
  t: "begun",
  deed: "suppress",
  by: { kind: "operator", id: 7, name: "Sara" },
  about: { count: people.length, people },
});

/** Runs the suite on a store that is empty each time it is opened. */
export function historyContract(open: () => Promise<HistoryUnderTest>): void {
  test("numbers entries without gaps, also those that come at once, and gives them back as they were", async () => {
    await using opened = await open();
    const { store } = opened;
    const first = await store.append(blocked(["ali"]), 10);
    const others = [store.append({ t: "ended", of: first, end: "done", count: 1 }, 11)];
    others.push(
      store.append({ t: "begun", deed: "pause", by: { kind: "peyk" }, about: { campaign: "s" } }, 12),
    );
    expect([first, ...(await Promise.all(others))]).toEqual([1, 2, 3]);
    expect(deedsIn(await store.entries())).toEqual([
      {
        deed: "suppress",
        by: { kind: "operator", id: 7, name: "Sara" },
        about: { count: 1, people: ["ali"] },
        n: 1,
        at: 10,
        ended: { end: "done", count: 1, at: 11 },
      },
      { n: 3, at: 12, deed: "pause", by: { kind: "peyk" }, about: { campaign: "s" } },
    ]);
    expect(await store.state()).toMatchObject({ kind: "whole", count: 3 });
  });

  test("stays whole whoever appends at the same moment", async () => {
    await using opened = await open();
    const { store, beside = store } = opened;
    const appended = Array.from({ length: 6 }, (_, at) =>
      (at % 2 === 0 ? store : beside).append(blocked(["ali"]), at),
    );
    expect((await Promise.all(appended)).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await store.state()).toMatchObject({ kind: "whole", count: 6 });
  });

  test("finds what is about a person, and goes on finding it when the name was erased", async () => {
    await using opened = await open();
    const { store } = opened;
    const { beside = store } = opened;
    await store.append(blocked(["ali"]), 1);
    const reza = await beside.append(blocked(["reza", "ali_2"]), 2);
    await store.append({ t: "ended", of: reza, end: "done" }, 3);
    expect((await store.entries("Reza")).map(({ n }) => n)).toEqual([2, 3]);
    expect(await store.erase("reza")).toBe(true);
    expect(await store.erase("reza")).toBe(false);
    const [erased] = deedsIn(await store.entries("@reza"));
    expect(erased).toMatchObject({ n: 2, about: { count: 2, people: ["ali_2"] }, ended: { end: "done" } });
    await store.erase("sara");
    expect(deedsIn(await store.entries())[0]?.by).toEqual({ kind: "operator", id: 7 });
    expect(await store.state()).toMatchObject({ kind: "whole", count: 3 });
  });
}

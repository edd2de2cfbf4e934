import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ChainState } from "../../src/domain/history/chain.ts";
import { historyPaths, lookAtHistory } from "../../src/storage/files/history/history-reads.ts";
import { openHistoryStore } from "../../src/storage/files/history/history-store.ts";
import { createMemoryHistory } from "../support/memory-history.ts";
import { historyContract } from "./history.ts";

describe("in memory", () => {
  historyContract(async () => ({
    store: createMemoryHistory(),
    [Symbol.asyncDispose]: async () => undefined,
  }));
});

async function folder() {
  const path = await mkdtemp(join(tmpdir(), "peyk-history-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

async function fill(path: string, count: number): Promise<void> {
  await using store = await openHistoryStore(path);
  for (let n = 0; n < count; n++)
    await store.append(
      {
        t: "begun",
        deed: "suppress",
        by: { kind: "terminal", name: "somebody" },
        about: { people: [`p${n}`] },
      },
      n,
    );
}

/** Five entries; what becomes of the file's lines; what is seen of it, then and after one more entry. */
async function seen(change: (lines: string[]) => readonly string[]): Promise<readonly ChainState[]> {
  await using dir = await folder();
  const paths = historyPaths(dir.path);
  await fill(dir.path, 5);
  const lines = (await readFile(paths.entries, "utf8")).trimEnd().split("\n");
  await writeFile(
    paths.entries,
    change(lines)
      .map((line) => `${line}\n`)
      .join(""),
  );
  const before = await lookAtHistory(dir.path).state();
  await fill(dir.path, 1);
  return [before, await lookAtHistory(dir.path).state()];
}

describe("in files", () => {
  historyContract(async () => {
    const dir = await folder();
    const store = await openHistoryStore(dir.path);
    return {
      store,
      async [Symbol.asyncDispose]() {
        await store[Symbol.asyncDispose]();
        await dir[Symbol.asyncDispose]();
      },
    };
  });

  test.each<[string, (lines: string[]) => readonly string[], ChainState]>([
    ["an entry taken out", (all) => all.toSpliced(2, 1), { kind: "missing", from: 3, to: 3 }],
    ["the first ones taken out", (all) => all.slice(2), { kind: "missing", from: 1, to: 2 }],
    ["the last ones cut off", (all) => all.slice(0, 3), { kind: "cutOff", from: 4, to: 5 }],
    ["all of it thrown away", () => [], { kind: "cutOff", from: 1, to: 5 }],
    [
      "an entry altered",
      (all) => all.with(3, String(all[3]).replace("suppress", "cancel")),
      { kind: "altered", n: 4 },
    ],
    ["an entry made unreadable", (all) => all.with(1, "{}"), { kind: "altered", n: 2 }],
    [
      "two in each other's place",
      ([a = "", b = "", ...rest]) => [b, a, ...rest],
      { kind: "missing", from: 1, to: 1 },
    ],
    ["one twice", ([a = "", ...rest]) => [a, a, ...rest], { kind: "misplaced", n: 1 }],
    ["bytes that are no text", (all) => all.with(0, "\uFFFD"), { kind: "altered", n: 1 }],
  ])("%s is seen, and still is when more was done since", async (_, change, state) => {
    const [before, after] = await seen(change);
    expect(before).toEqual(state);
    // Behind a tail that was cut off the numbers go on, so that it is a gap then.
    const later = state.kind === "cutOff" ? { ...state, kind: "missing" as const } : state;
    expect(after).toEqual(later);
  });

  test("entries sealed with another key are seen", async () => {
    await using mine = await folder();
    await using other = await folder();
    await fill(mine.path, 2);
    await fill(other.path, 2);
    await writeFile(historyPaths(mine.path).entries, await readFile(historyPaths(other.path).entries));
    expect(await lookAtHistory(mine.path).state()).toEqual({ kind: "altered", n: 1 });
  });

  test("a name that was put in another's place is seen", async () => {
    await using dir = await folder();
    await fill(dir.path, 3);
    const { names } = historyPaths(dir.path);
    await writeFile(names, (await readFile(names, "utf8")).replace('"p1"', '"p9"'));
    expect(await lookAtHistory(dir.path).state()).toEqual({ kind: "altered", n: 2 });
  });

  test("a stop between an entry and its head, or within a line, is no damage", async () => {
    await using dir = await folder();
    const paths = historyPaths(dir.path);
    await fill(dir.path, 2);
    const head = await readFile(paths.head, "utf8");
    await fill(dir.path, 1);
    await writeFile(paths.head, head);
    await writeFile(paths.entries, `${await readFile(paths.entries, "utf8")}{"entry":{"n":4`);
    expect(await lookAtHistory(dir.path).state()).toMatchObject({ kind: "whole", count: 3 });
    await fill(dir.path, 1);
    expect(await lookAtHistory(dir.path).state()).toMatchObject({ kind: "whole", count: 4 });
  });

  test("without its head or its key nobody calls it whole", async () => {
    await using dir = await folder();
    await fill(dir.path, 2);
    const paths = historyPaths(dir.path);
    await rm(paths.head);
    expect(await lookAtHistory(dir.path).state()).toEqual({ kind: "noHead" });
    await rm(paths.key);
    expect(await lookAtHistory(dir.path).state()).toEqual({ kind: "noKey" });
  });

  test("an erased name stands nowhere in the folder", async () => {
    await using dir = await folder();
    await fill(dir.path, 1);
    const texts = async () => {
      const names = await readdir(dir.path, { recursive: true, withFileTypes: true });
      const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
      return (await Promise.all(files.map((one) => readFile(one, "utf8")))).join("");
    };
    expect(await texts()).toContain('"p0"');
    await using store = await openHistoryStore(dir.path);
    await store.erase("p0");
    expect(await texts()).not.toContain("p0");
  });
});

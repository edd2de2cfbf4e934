import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readFile, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { historyProblem } from "../../src/app/health/history-problem.ts";
import type { ChainState } from "../../src/domain/history/chain.ts";
import { historyPaths, lookAtHistory } from "../../src/storage/files/history/history-reads.ts";
import { openHistoryStore } from "../../src/storage/files/history/history-store.ts";
import { readIdentity } from "../../src/storage/files/folder/identity.ts";
import { createLexicon } from "../../src/words/words.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
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

type Files = ReturnType<typeof filesOf>;
const filesOf = (path: string) => ({ ...historyPaths(path), folder: join(path, "history") });
const words = createLexicon({ timeZone: "UTC", clock: createVirtualClock() });
const removed = (...paths: readonly string[]) =>
  Promise.all(paths.map((path) => rm(path, { recursive: true })));
const gone: ChainState = { kind: "gone" };
const cutOff = (from: number, to: number): ChainState => ({ kind: "cutOff", from, to });
const missing = (from: number, to: number): ChainState => ({ kind: "missing", from, to });
const altered = (n: number): ChainState => ({ kind: "altered", n });

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

  /** What somebody does to the files of a folder with five entries; what is seen then, and after one more deed. */
  test.each<[string, (mine: Files, other: Files) => Promise<unknown>, ChainState, ChainState]>([
    ["the head removed", ({ head }) => rm(head), { kind: "noHead" }, { kind: "headAnew", count: 5 }],
    ["the head emptied", ({ head }) => truncate(head), { kind: "noHead" }, { kind: "headAnew", count: 5 }],
    ["the head of another folder", ({ head }, other) => cp(other.head, head), cutOff(6, 9), missing(6, 9)],
    ["the entries removed", ({ entries }) => rm(entries), cutOff(1, 5), missing(1, 5)],
    ["the entries emptied", ({ entries }) => truncate(entries), cutOff(1, 5), missing(1, 5)],
    [
      "entries and head removed",
      (all) => removed(all.entries, all.head),
      gone,
      { kind: "headAnew", count: 0 },
    ],
    ["the folder removed", ({ folder: all }) => removed(all), { kind: "noKey" }, missing(1, 5)],
    ["folder and head removed", (all) => removed(all.folder, all.head), gone, { kind: "another" }],
    [
      "the entries of another folder",
      ({ entries }, other) => cp(other.entries, entries),
      altered(1),
      altered(1),
    ],
    [
      "the folder of another folder",
      async ({ folder: all }, other) => cp(other.folder, all, { recursive: true }),
      altered(5),
      { kind: "another" },
    ],
    [
      "folder and head of another folder",
      async ({ folder: all, head }, other) => {
        await cp(other.folder, all, { recursive: true });
        await cp(other.head, head);
      },
      { kind: "another" },
      { kind: "another" },
    ],
    ["the key removed", ({ key }) => rm(key), { kind: "noKey" }, altered(1)],
  ])(
    "%s is seen, still is after one more deed, and is said in both languages",
    async (_, deed, then, after) => {
      await using mine = await folder();
      await using other = await folder();
      for (const { path } of [mine, other]) await readIdentity(path);
      await fill(mine.path, 5);
      await fill(other.path, 9);
      await deed(filesOf(mine.path), filesOf(other.path));
      const before = await lookAtHistory(mine.path).state();
      await fill(mine.path, 1);
      expect([before, await lookAtHistory(mine.path).state()]).toEqual([then, after]);
      const said = [before, after].flatMap((state) =>
        [words.en, words.fa].map(
          (one) => historyProblem(state, { say: (id, told) => one.plain(id, told) }) ?? "",
        ),
      );
      expect(said.map((text) => /\p{Script=Arabic}/u.test(text))).toEqual([false, true, false, true]);
    },
  );

  test("a folder that is copied, or first started once more after a stop at any file, is whole", async () => {
    await using dir = await folder();
    await using copy = await folder();
    await readIdentity(dir.path);
    await fill(dir.path, 0);
    const { key, head } = filesOf(dir.path);
    // The key is made behind the head, and its print kept behind both.
    await rm(key);
    await writeFile(
      join(dir.path, "identity.json"),
      JSON.stringify({ version: 1, value: { id: randomUUID() } }),
    );
    await fill(dir.path, 3);
    expect(JSON.parse(await readFile(head, "utf8"))).toMatchObject({ value: { count: 3 } });
    await cp(dir.path, copy.path, { recursive: true });
    await fill(copy.path, 1);
    expect(await lookAtHistory(copy.path).state()).toMatchObject({ kind: "whole", count: 4 });
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
    expect(await texts()).not.toContain('"p0"'); // the key, which is random, may hold the letters
  });
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMemoryListStore } from "../../../tests/support/memory-list-store.ts";
import { createMemorySuppression } from "../../../tests/support/memory-suppression.ts";
import type { Clock } from "../../lib/clock.ts";
import { createInProcessReader } from "../../lists/reader/in-process-reader.ts";
import type { DoNotSendList } from "./suppress.ts";
import { createSuppress } from "./suppress.ts";

let folder: string;
let doNotSend: DoNotSendList;
let now = 0;
const clock: Clock = { now: () => now, sleep: () => Promise.reject(new Error("nothing sleeps here")) };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-suppress-"));
  doNotSend = createSuppress({
    suppression: createMemorySuppression(),
    lists: createMemoryListStore(),
    reader: createInProcessReader(),
    clock,
  });
  now = 1;
});
afterEach(() => rm(folder, { recursive: true }));

test("takes names in any spelling, each once, and says which are none", async () => {
  expect(
    await doNotSend.add(["@Ali_1", "ali_1", "https://t.me/Sara", "no name", ""], "complaint", "mail"),
  ).toEqual({ changed: 2, unchanged: 0, invalid: [{ text: "no name", reason: "spaces" }] });
  expect(await doNotSend.list()).toEqual([
    { username: "ali_1", reason: "complaint", note: "mail", at: 1 },
    { username: "sara", reason: "complaint", note: "mail", at: 1 },
  ]);
});

test("takes each of very many names once, however far apart it comes again", async () => {
  const names = Array.from({ length: 2500 }, (_, index) => `name_${index}`);
  await doNotSend.add(["name_7"], "blocked");
  const added = await doNotSend.add([...names, "@NAME_3", "no name", ...names], "optedOut");
  expect(added).toMatchObject({ changed: 2499, unchanged: 1, invalid: [{ text: "no name" }] });
  expect(await doNotSend.count()).toBe(2500);
});

test("frees names, newest left first", async () => {
  await doNotSend.add(["ali", "sara"], "blocked");
  now = 2;
  await doNotSend.add(["nima"], "optedOut");
  expect(await doNotSend.remove(["@SARA", "stranger"])).toMatchObject({ changed: 1, unchanged: 1 });
  expect((await doNotSend.list()).map(({ username }) => username)).toEqual(["nima", "ali"]);
  expect(await doNotSend.count()).toBe(2);
});

async function imported(content: string | Buffer, name = "stop.csv") {
  const path = join(folder, "upload");
  await writeFile(path, content);
  return doNotSend.importList({ source: { kind: "file", path, name }, reason: "optedOut" });
}

test("takes a list as a campaign would, and says what was read and what was not", async () => {
  const list = "username,city\n@Ali_1,Yazd\nsara_2,Shiraz\nALI_1,Qom\nno name,Rasht\n";
  const report = { kind: "report", read: 4, duplicates: 1, invalid: 1, listId: "list-1" };
  expect(await imported(list)).toMatchObject({
    ...report,
    changed: 2,
    unchanged: 0,
    names: { first: ["ali_1", "sara_2"] },
    firstInvalid: [{ line: 5, text: "no name", reason: "spaces" }],
  });
  expect(await imported(list)).toMatchObject({ changed: 0, unchanged: 2 });
});

test("keeps why and since when whoever a list names was put on it before", async () => {
  await doNotSend.add(["ali_1"], "complaint", "by post");
  const before = await doNotSend.list();
  expect(await imported("username\nali_1\nsara_2\n")).toMatchObject({ changed: 1, unchanged: 1 });
  expect(await doNotSend.list()).toEqual(expect.arrayContaining([...before]));
});

test("misses nobody for the shortness of a name, which X allows", async () => {
  expect(await imported("@a\nb\n", "list.txt")).toMatchObject({ kind: "report", changed: 2 });
});

test("asks where it is unclear who is meant, and puts nobody on the list meanwhile", async () => {
  expect(await imported("first,second\nali,reza\nsara,mina\n")).toMatchObject({ problem: "question" });
  expect(await doNotSend.count()).toBe(0);
});

test.each([
  ["", "empty"],
  ["%PDF-1.7 something", "pdf"],
  ["no name\nat all\n", "noUsableName"],
])("says why a file is no list", async (content, problem) => {
  expect(await imported(content, "stop.txt")).toMatchObject({ kind: "problem", problem });
});

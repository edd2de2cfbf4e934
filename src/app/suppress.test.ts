import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMemorySuppression } from "../../tests/support/memory-suppression.ts";
import type { Clock } from "../lib/clock.ts";
import type { SuppressionDesk } from "./suppress.ts";
import { createSuppress } from "./suppress.ts";

let folder: string;
let desk: SuppressionDesk;
let now = 0;
const clock: Clock = { now: () => now, sleep: () => Promise.reject(new Error("nothing sleeps here")) };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-suppress-"));
  desk = createSuppress({ suppression: createMemorySuppression(), clock });
  now = 1;
});
afterEach(() => rm(folder, { recursive: true }));

test("takes names in any spelling, each once, and says which are none", async () => {
  expect(
    await desk.add(["@Ali_1", "ali_1", "https://t.me/Sara", "no name", ""], "complaint", "mail"),
  ).toEqual({ kind: "done", changed: 2, unchanged: 0, invalid: [{ text: "no name", reason: "spaces" }] });
  expect(desk.list()).toEqual([
    { username: "ali_1", reason: "complaint", note: "mail", at: 1 },
    { username: "sara", reason: "complaint", note: "mail", at: 1 },
  ]);
});

test("frees names, newest left first", async () => {
  await desk.add(["ali", "sara"], "blocked");
  now = 2;
  await desk.add(["nima"], "optedOut");
  expect(await desk.remove(["@SARA", "stranger"])).toMatchObject({ changed: 1, unchanged: 1 });
  expect(desk.list().map(({ username }) => username)).toEqual(["nima", "ali"]);
  expect(desk.count()).toBe(2);
});

test("takes a file as a campaign would", async () => {
  const path = join(folder, "upload");
  await writeFile(path, "username,city\n@Ali_1,Yazd\nsara_2,Shiraz\n");
  const file = { path, name: "stop.csv" };
  expect(await desk.importFile(file, "optedOut")).toMatchObject({ kind: "done", changed: 2, invalid: [] });
  expect(await desk.importFile(file, "optedOut")).toMatchObject({ changed: 0, unchanged: 2 });
});

test.each([
  ["", "empty"],
  ["%PDF-1.7 something", "pdf"],
])("says why a file is no list", async (content, problem) => {
  const path = join(folder, "upload");
  await writeFile(path, content);
  expect(await desk.importFile({ path, name: "stop.txt" }, "blocked")).toMatchObject({
    kind: "problem",
    problem,
  });
});

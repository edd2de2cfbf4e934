import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openAccountStore } from "./account-store.ts";

let folder = "";
const problems: string[] = [];
const onProblem = (error: Error): void => void problems.push(error.message);
const open = () => openAccountStore(join(folder, "accounts.json"), { onProblem });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "health-"));
  problems.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("reads what an older version remembered", async () => {
  const value = {
    x: { accounts: { two: { health: { kind: "left", trouble: "locked", why: "accountLocked" } } } },
  };
  await writeFile(join(folder, "accounts.json"), JSON.stringify({ version: 1, value }));
  expect(await (await open()).read("x")).toEqual(value.x);
});

test("writes no file before there is something to remember", async () => {
  await open();
  expect(await readdir(folder)).toEqual([]);
});

test("sets a file aside that it can't understand, says so, and takes every account for well", async () => {
  await writeFile(join(folder, "accounts.json"), '{"version":1,"value":{"x":{"accounts":{"one":"fine"}}}}');
  expect(await (await open()).read("x")).toEqual({ accounts: {} });
  expect(problems).toHaveLength(1);
  expect(await readdir(folder)).toEqual(["accounts.json.broken-1"]);
});

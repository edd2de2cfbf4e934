import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ChannelHealth } from "../../../domain/accounts/channel-health.ts";
import { openHealthStore } from "./health-store.ts";

let folder = "";
const problems: string[] = [];
const onProblem = (error: Error): void => void problems.push(error.message);
const open = () => openHealthStore(join(folder, "accounts.json"), { onProblem });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "health-"));
  problems.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const troubled: ChannelHealth = {
  outage: { until: 5000, opened: 2, why: "serviceDown" },
  rest: { until: 6000, why: "tooFast" },
  accounts: {
    one: {
      health: { kind: "resting", until: 7000, why: "tooFast" },
      pace: { factor: 0.5, limit: { count: 15, windowMs: 900_000 } },
    },
    two: { health: { kind: "left", trouble: "locked", why: "accountLocked" } },
  },
};

test("remembers over a restart how the accounts of each channel stood", async () => {
  const store = await open();
  expect(store.get("x")).toBeUndefined();
  await store.save("x", troubled);
  await store.save("simulator", { accounts: {} });
  const again = await open();
  expect(again.get("x")).toEqual(troubled);
  expect(again.get("simulator")).toEqual({ accounts: {} });
});

test("writes no file before there is something to remember", async () => {
  await open();
  expect(await readdir(folder)).toEqual([]);
});

test("sets a file aside that it can't understand, says so, and takes every account for well", async () => {
  await writeFile(join(folder, "accounts.json"), '{"version":1,"value":{"x":{"accounts":{"one":"fine"}}}}');
  expect((await open()).get("x")).toBeUndefined();
  expect(problems).toHaveLength(1);
  expect(await readdir(folder)).toEqual(["accounts.json.broken-1"]);
});

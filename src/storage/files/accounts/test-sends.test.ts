import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Budgets } from "../../../domain/accounts/budgets.ts";
import { createDayOf } from "../../../domain/accounts/calendar-day.ts";
import { openTestSends } from "./test-sends.ts";

const quiet = { clock: { now: () => 5 }, beforeWrite: () => undefined, onProblem: () => undefined };

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-test-sends-"));
  path = join(folder, "test-sends.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

const open = async () => {
  const budgets = new Budgets(createDayOf("UTC"));
  return { budgets, sends: await openTestSends(path, budgets, quiet) };
};
const request = (channel: string) => ({
  channel,
  account: "news",
  username: "ali_1",
  caps: [{ kind: "day", count: 1 } as const],
  rates: [],
});

test("debits the channel's account alone, also after a restart", async () => {
  const before = await open();
  expect(await before.sends.debit(request("x"))).toBe("debited");
  await before.sends[Symbol.asyncDispose]();
  const { budgets, sends } = await open();
  expect(await sends.debit(request("x"))).toMatchObject({ cappedUntil: expect.any(Number) });
  expect(await sends.debit(request("telegram"))).toBe("debited");
  await sends[Symbol.asyncDispose]();
  expect(budgets.of("x").usedToday("news", 5)).toBe(1);
});

test("counts a line from before there were other channels for the simulator", async () => {
  await writeFile(path, `${JSON.stringify({ a: "news", u: "ali_1", at: 5 })}\n`);
  const { budgets, sends } = await open();
  await sends[Symbol.asyncDispose]();
  expect([budgets.of("simulator"), budgets.of("x")].map((one) => one.usedToday("news", 5))).toEqual([1, 0]);
});

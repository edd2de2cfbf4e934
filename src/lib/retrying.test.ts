import { expect, test } from "vitest";
import type { FailedAttempt, RetryRule } from "./retrying.ts";
import { retrying } from "./retrying.ts";

class Passing extends Error {}

function bench(failures: readonly Error[]) {
  const slept: number[] = [];
  const failed: FailedAttempt[] = [];
  const left = [...failures];
  const rule: RetryRule = {
    delaysMs: [100, 200, 400],
    isTransient: (error) => error instanceof Passing,
    onFailure: (one) => void failed.push(one),
    clock: { now: () => 0, sleep: async (ms) => void slept.push(ms) },
  };
  const work = async (): Promise<string> => {
    const error = left.shift();
    if (error) throw error;
    return "done";
  };
  return { slept, failed, rule, work };
}

test("what fails for a passing reason is tried again after each wait", async () => {
  const error = new Passing("busy");
  const { slept, failed, rule, work } = bench([error, error, error]);
  expect(await retrying(work, rule)).toBe("done");
  expect(slept).toEqual([100, 200, 400]);
  expect(failed).toEqual([
    { error, attempt: 1, of: 4, delayMs: 100 },
    { error, attempt: 2, of: 4, delayMs: 200 },
    { error, attempt: 3, of: 4, delayMs: 400 },
  ]);
});

test("the last attempt's error is thrown, and told without a wait", async () => {
  const error = new Passing("busy");
  const { failed, rule, work } = bench([error, error, error, error]);
  await expect(retrying(work, rule)).rejects.toBe(error);
  expect(failed.at(-1)).toEqual({ error, attempt: 4, of: 4 });
});

test("an error that no repetition mends is thrown at once", async () => {
  const error = new Error("no permission");
  const { slept, failed, rule, work } = bench([error]);
  await expect(retrying(work, rule)).rejects.toBe(error);
  expect(slept).toEqual([]);
  expect(failed).toEqual([{ error, attempt: 1, of: 4 }]);
});

test("nothing is tried again once the signal has fired", async () => {
  const error = new Passing("busy");
  const { slept, rule, work } = bench([error, error]);
  await expect(retrying(work, { ...rule, signal: AbortSignal.abort() })).rejects.toBe(error);
  expect(slept).toEqual([]);
});

import { expect, test } from "vitest";
import { defaultPace, nextInterval } from "./pace.ts";

const policy = { ...defaultPace, intervalMs: 1000 };

test("a slow database is asked less and less often, down to a bound, and more often again when it is quick", () => {
  let interval = policy.intervalMs;
  const slow = Array.from({ length: 10 }, () => (interval = nextInterval(interval, 1001, policy)));
  expect(slow).toEqual([2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000]);
  const quick = Array.from({ length: 10 }, () => (interval = nextInterval(interval, 20, policy)));
  expect(quick.at(-1)).toBe(1000);
  expect(quick.every((one, index) => one <= (quick[index - 1] ?? 300_000))).toBe(true);
});

test("whoever asked for less than the bound keeps what they asked for", () => {
  expect(nextInterval(900_000, 5000, { ...policy, intervalMs: 900_000 })).toBe(900_000);
});

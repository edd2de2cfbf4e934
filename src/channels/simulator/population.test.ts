import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { simulatorConfigSchema } from "./config.ts";
import { draw, personOf } from "./population.ts";

const config = simulatorConfigSchema.parse({});
const names = Array.from({ length: 20_000 }, (_, index) => `person_${index}`);

function shareOf(wanted: (kind: string) => boolean): number {
  return names.filter((name) => wanted(personOf(config, name).habit.kind)).length / names.length;
}

function refused(settings: unknown): string {
  return simulatorConfigSchema.safeParse(settings).error?.issues[0]?.message ?? "";
}

test("draws a number from 0 up to and without 1, the same one every time", () => {
  assert(
    property(string(), string(), string(), (seed, name, question) => {
      const drawn = draw(seed, name, question);
      expect(drawn).toBe(draw(seed, name, question));
      expect(drawn >= 0 && drawn < 1).toBe(true);
    }),
  );
});

test("never changes what was drawn in an earlier version", () => {
  expect(draw("peyk", "sara", "habit")).toBe(0.6436777682974935);
});

test("spreads names that differ in one letter evenly", () => {
  const buckets = Array.from({ length: 10 }, () => 0);
  for (const name of names) buckets[Math.floor(draw("s", name, "q") * 10)]! += 1;
  for (const filled of buckets) expect(Math.abs(filled - 2_000)).toBeLessThan(200);
});

test("gives every habit its share of the population", () => {
  expect(shareOf((kind) => kind === "notFound")).toBeCloseTo(0.04, 2);
  expect(shareOf((kind) => kind === "refuses")).toBeCloseTo(0.03, 2);
  expect(shareOf((kind) => kind === "slow")).toBeCloseTo(0.05, 2);
  expect(shareOf((kind) => kind === "flaky")).toBeCloseTo(0.03, 2);
  expect(shareOf((kind) => kind === "throttled")).toBeCloseTo(0.02, 2);
  expect(shareOf((kind) => kind === "timeout")).toBeCloseTo(0.02, 2);
  expect(shareOf((kind) => kind === "prompt")).toBeCloseTo(0.81, 2);
});

test("answers within the configured latency, and late where somebody is slow", () => {
  for (const name of names.slice(0, 2_000)) {
    const { habit, latencyMs } = personOf(config, name);
    if (habit.kind === "slow") expect(latencyMs).toBe(3_000);
    else expect(latencyMs >= 80 && latencyMs < 400).toBe(true);
  }
});

test("another seed is another population", () => {
  const other = { ...config, seed: "other" };
  const same = names.filter((name) => personOf(config, name).latencyMs === personOf(other, name).latencyMs);
  expect(same.length).toBeLessThan(names.length / 50);
});

test("settings that contradict themselves are refused with the reason", () => {
  expect(refused({ shares: { notFound: 0.9, refuses: 0.2 } })).toBe("the shares add up to more than 1");
  expect(refused({ latencyMs: { min: 500 } })).toBe("min is more than max");
  expect(refused({ accounts: [{ name: "a" }, { name: "a" }] })).toBe("two accounts have the same name");
  expect(refused({ sharez: {} })).toContain("sharez");
});

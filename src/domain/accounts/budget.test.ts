import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Budget } from "./budget.ts";
import { createDayOf } from "./calendar-day.ts";
import type { Limit } from "./limits.ts";

const dayOf = createDayOf("UTC");
const HOUR = 3_600_000;

function spendAll(budget: Budget, caps: readonly Limit[], until: number): number[] {
  const sentAt: number[] = [];
  for (let at = 0; ;) {
    at = budget.nextAllowedAt("a", caps, [], at);
    if (at >= until) return sentAt;
    budget.debit("a", at);
    sentAt.push(at);
  }
}

describe("an account's budget", () => {
  test("has nobody wait beyond the moment at which a limit is to be asked for anew", () => {
    const budget = new Budget(dayOf);
    budget.debit("a", 1000);
    const limit: Limit = { kind: "sliding", count: 1, windowMs: HOUR, freesAt: 5000 };
    expect(budget.nextAllowedAt("a", [], [limit], 1000)).toBe(5000);
    expect(budget.nextAllowedAt("a", [], [limit], 5000)).toBe(1000 + HOUR);
  });

  test("never lets a sliding window overfill and never waits longer than it must", () => {
    const window = fc.record({
      count: fc.integer({ min: 1, max: 5 }),
      windowMs: fc.integer({ min: 1, max: 1000 }),
    });
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), (windows) => {
        const caps = windows.map((one): Limit => ({ kind: "sliding", ...one }));
        const sentAt = spendAll(new Budget(dayOf), caps, 2000).slice(0, 200);
        for (const { count, windowMs } of windows)
          for (const [index, at] of sentAt.entries())
            expect(at - (sentAt[index - count] ?? -Infinity)).toBeGreaterThanOrEqual(windowMs);
        for (const [index, at] of sentAt.entries()) {
          if (at === (sentAt[index - 1] ?? 0)) continue;
          const full = windows.some(
            ({ count, windowMs }) => at - (sentAt[index - count] ?? -Infinity) === windowMs,
          );
          expect(full).toBe(true);
        }
      }),
    );
  });

  test("frees a day's cap at midnight of the time zone", () => {
    const tehran = createDayOf("Asia/Tehran");
    const budget = new Budget(tehran);
    const noon = Date.UTC(2026, 10, 22, 8, 30);
    const caps: Limit[] = [{ kind: "day", count: 2 }];
    budget.debit("a", noon);
    expect(budget.nextAllowedAt("a", caps, [], noon)).toBe(noon);
    budget.debit("a", noon + HOUR);
    const midnight = Date.UTC(2026, 10, 22, 20, 30);
    expect(budget.nextAllowedAt("a", caps, [], noon + 2 * HOUR)).toBe(midnight);
    expect(budget.nextAllowedAt("a", caps, [], midnight)).toBe(midnight);
    expect(budget.usedToday("a", noon + 2 * HOUR)).toBe(2);
    expect(budget.usedToday("a", midnight)).toBe(0);
  });

  test("gives a message back but goes on counting the call", () => {
    const budget = new Budget(dayOf);
    const one: Limit[] = [{ kind: "sliding", count: 1, windowMs: 100 }];
    budget.debit("a", 10);
    budget.credit("a", 10);
    expect(budget.nextAllowedAt("a", one, [], 20)).toBe(20);
    expect(budget.nextAllowedAt("a", [], one, 20)).toBe(110);
  });

  test("counts no call where none was made", () => {
    const budget = new Budget(dayOf);
    const one: Limit[] = [{ kind: "sliding", count: 1, windowMs: 100 }];
    budget.debit("a", 10);
    budget.credit("a", 10, true);
    expect(budget.nextAllowedAt("a", one, one, 20)).toBe(20);
  });

  test("counts moments right whatever order the journals are read in", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000), { minLength: 2 }), (moments) => {
        const budget = new Budget(dayOf);
        for (const at of moments) budget.debit("a", at);
        const second = moments.toSorted((a, b) => a - b).at(-2) ?? 0;
        const caps: Limit[] = [{ kind: "sliding", count: 2, windowMs: 5000 }];
        expect(budget.nextAllowedAt("a", caps, [], 1000)).toBe(second + 5000);
      }),
    );
  });

  test("lets a limit of nothing never send", () => {
    expect(new Budget(dayOf).nextAllowedAt("a", [{ kind: "day", count: 0 }], [], 5)).toBe(Infinity);
  });
});

describe("a calendar day", () => {
  test("has 23 hours where clocks go forward and 25 where they go back", () => {
    const berlin = createDayOf("Europe/Berlin");
    const length = (at: number): number => (berlin(at).end - berlin(at).start) / HOUR;
    expect(length(Date.UTC(2026, 2, 29, 12))).toBe(23);
    expect(length(Date.UTC(2026, 9, 25, 12))).toBe(25);
    expect(length(Date.UTC(2026, 6, 1, 12))).toBe(24);
  });

  test("ends where the next one starts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
        const zone = createDayOf("America/New_York");
        const day = zone(at);
        expect(day.start <= at && at < day.end).toBe(true);
        expect(zone(day.end).start).toBe(day.end);
      }),
      { numRuns: 50 },
    );
  });
});

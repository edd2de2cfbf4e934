import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Budget } from "./budget.ts";
import { createWindowAt } from "../when/send-window.ts";
import { weekdays } from "../when/wall-clock.ts";
import { createWallClock } from "../../lib/time/wall-clock.ts";
import { createDayOf } from "./calendar-day.ts";
import { finishEstimate } from "./finish-estimate.ts";
import type { Limit } from "./limits.ts";

const dayOf = createDayOf("UTC");
const HOUR = 3_600_000;
const noon = Date.UTC(2026, 0, 1, 12);

describe("the estimate of the end", () => {
  test("ends at once when no limit says anything", () => {
    expect(finishEstimate(1000, [{ limits: [], usedToday: 0 }], noon, { dayOf })).toEqual({
      finishesAt: noon,
      beginsAt: noon,
      days: 1,
    });
  });

  test("counts what was already used today", () => {
    const account = { limits: [{ kind: "day", count: 4 }] satisfies Limit[], usedToday: 3 };
    const midnight = noon + 12 * HOUR;
    const beginsAt = noon;
    expect(finishEstimate(1, [account], noon, { dayOf })).toEqual({ finishesAt: noon, beginsAt, days: 1 });
    expect(finishEstimate(2, [account], noon, { dayOf })).toEqual({
      finishesAt: midnight,
      beginsAt,
      days: 2,
    });
    const usedUp = { ...account, usedToday: 4 };
    expect(finishEstimate(2, [usedUp], noon, { dayOf })).toMatchObject({ beginsAt: midnight, days: 1 });
    expect(finishEstimate(9, [account], noon, { dayOf })).toEqual({
      finishesAt: midnight + 24 * HOUR,
      beginsAt,
      days: 3,
    });
  });

  test("takes nothing from a campaign's own pace for what other campaigns sent through its accounts", () => {
    const account = { limits: [], usedToday: 3 };
    const pace: Limit[] = [{ kind: "day", count: 1 }];
    const midnight = noon + 12 * HOUR;
    const estimate = (usedToday: number) => finishEstimate(2, [account], noon, { dayOf, pace, usedToday });
    expect(estimate(0)).toEqual({ finishesAt: midnight, beginsAt: noon, days: 2 });
    expect(estimate(1)).toEqual({ finishesAt: midnight + 24 * HOUR, beginsAt: midnight, days: 2 });
  });

  test("never ends without an account", () => {
    expect(finishEstimate(1, [], noon, { dayOf }).finishesAt).toBe(Infinity);
  });

  test("agrees with what the budget then allows, for one window", () => {
    const window = fc.record({
      count: fc.integer({ min: 1, max: 9 }),
      windowMs: fc.integer({ min: 1, max: HOUR }),
    });
    fc.assert(
      fc.property(window, fc.integer({ min: 1, max: 100 }), (one, count) => {
        const limits: Limit[] = [{ kind: "sliding", ...one }];
        const budget = new Budget(dayOf);
        let at = 0;
        for (let sent = 0; sent < count; sent++) {
          at = budget.nextAllowedAt("a", limits, [], at);
          budget.debit("a", at);
        }
        if (at >= 24 * HOUR) return;
        expect(finishEstimate(count, [{ limits, usedToday: 0 }], 0, { dayOf }).finishesAt).toBe(at);
      }),
    );
  });
});

test("counts only the hours in which the send window is open", () => {
  const hours = [{ days: weekdays, from: 9 * 60, to: 10 * 60 }];
  const windowAt = createWindowAt({ timeZone: "UTC", hours }, createWallClock("UTC"));
  const limits = [{ kind: "sliding" as const, count: 4, windowMs: 900_000 }];
  const from = Date.parse("2026-12-01T12:00Z");
  // Four at nine and four more every quarter of an hour: the twenty-first is of the next day.
  const estimate = (count: number) =>
    finishEstimate(count, [{ limits, usedToday: 0 }], from, { dayOf: createDayOf("UTC"), windowAt });
  expect(estimate(4)).toMatchObject({
    finishesAt: Date.parse("2026-12-02T09:00Z"),
    beginsAt: Date.parse("2026-12-02T09:00Z"),
    days: 1,
  });
  expect(estimate(8)).toMatchObject({ finishesAt: Date.parse("2026-12-02T09:15Z"), days: 1 });
  expect(estimate(24)).toMatchObject({ finishesAt: Date.parse("2026-12-03T09:00Z"), days: 2 });
});

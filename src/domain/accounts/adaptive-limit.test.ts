import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AdaptiveLimit } from "./adaptive-limit.ts";
import { fullSpeed, slowDown, speedUp } from "./adaptive-limit.ts";

describe("the adaptive limiter", () => {
  test("halves on a rate-limit answer and gets back to full speed success by success", () => {
    let limit = slowDown(fullSpeed, 0, 10);
    expect(limit.factor).toBe(0.5);
    let successes = 0;
    for (; limit.factor < 1; successes++) limit = speedUp(limit);
    expect(successes).toBe(10);
    expect(limit.factor).toBe(1);
  });

  test("counts a burst of rate-limit answers once", () => {
    const limit = slowDown(fullSpeed, 0, 10);
    expect(slowDown(limit, 5, 20)).toBe(limit);
    expect(slowDown(limit, 10, 30)).toBe(limit);
    expect(slowDown(limit, 11, 30).factor).toBe(0.25);
  });

  test("never leaves the range from a sixteenth to the whole limit, whatever comes", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), (answers) => {
        let limit: AdaptiveLimit = fullSpeed;
        for (const [at, isGood] of answers.entries()) {
          const next = isGood ? speedUp(limit) : slowDown(limit, at, at);
          if (isGood) expect(next.factor).toBeGreaterThanOrEqual(limit.factor);
          else expect(next.factor).toBeLessThanOrEqual(limit.factor);
          expect(next.factor).toBeGreaterThanOrEqual(1 / 16);
          expect(next.factor).toBeLessThanOrEqual(1);
          limit = next;
        }
      }),
    );
  });
});

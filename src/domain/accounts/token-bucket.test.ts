import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BucketRate } from "./token-bucket.ts";
import { TokenBucket } from "./token-bucket.ts";

const rates = fc.record({
  perMs: fc.double({ min: 0.001, max: 1, noNaN: true }),
  capacity: fc.integer({ min: 1, max: 20 }),
});

/** Moments at which somebody comes, in order. */
const arrivals = fc.array(fc.nat(200), { minLength: 1, maxLength: 60 }).map((gaps) =>
  gaps.map(
    (
      (at) => (gap: number) =>
        (at += gap)
    )(0),
  ),
);

/** What a stretch lets through at most; moments are rounded up to whole ms, so one more of them may count. */
const most = ({ capacity, perMs }: BucketRate, stretchMs: number): number =>
  capacity + (stretchMs + 1) * perMs + 1e-6;

describe("a token bucket", () => {
  test("lets through, in any stretch, no more than it holds and what flows in", () => {
    fc.assert(
      fc.property(rates, arrivals, (rate, moments) => {
        const bucket = new TokenBucket(rate, 0);
        const went = moments.map((now) => bucket.takeAt(now));
        for (const [first, from] of went.entries())
          for (const [index, to] of went.entries())
            if (index >= first) expect(index - first + 1).toBeLessThanOrEqual(most(rate, to - from));
      }),
    );
  });

  test("serves first whoever came first, and nobody before they came", () => {
    fc.assert(
      fc.property(rates, arrivals, (rate, moments) => {
        const bucket = new TokenBucket(rate, 0);
        let last = 0;
        for (const now of moments) {
          const at = bucket.takeAt(now);
          expect(at).toBeGreaterThanOrEqual(Math.max(now, last));
          last = at;
        }
      }),
    );
  });

  test("keeps its word: at the moment it names, a token is there, and a ms before it was not", () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 40 }), (rate, taken) => {
        const after = (now: number): number => {
          const bucket = new TokenBucket(rate, 0);
          for (let count = 0; count < taken; count++) bucket.takeAt(0);
          return bucket.readyAt(now);
        };
        const readyAt = after(0);
        expect(after(readyAt)).toBeLessThanOrEqual(readyAt + 1);
        if (readyAt > 0) expect(after(readyAt - 1)).toBeGreaterThanOrEqual(readyAt);
      }),
    );
  });

  test("lets a burst go at once while tokens last, then goes by the rate", () => {
    const bucket = new TokenBucket({ perMs: 0.01, capacity: 3 }, 0);
    expect([1, 2, 3, 4, 5].map(() => bucket.takeAt(0))).toEqual([0, 0, 0, 100, 200]);
    expect(bucket.readyAt(10_000)).toBe(10_000);
  });

  test("takes back a token that was not used, and never holds more than it can", () => {
    const bucket = new TokenBucket({ perMs: 0.01, capacity: 1 }, 0);
    bucket.takeAt(0);
    bucket.giveBack();
    bucket.giveBack();
    expect([bucket.takeAt(0), bucket.takeAt(0)]).toEqual([0, 100]);
  });

  test("goes by a new rate from the moment it is told", () => {
    const bucket = new TokenBucket({ perMs: 0.01, capacity: 1 }, 0, 0);
    bucket.setRate({ perMs: 0.1, capacity: 1 }, 50);
    expect(bucket.readyAt(50)).toBe(55);
  });

  test("gains and loses nothing by a clock that jumps back", () => {
    const bucket = new TokenBucket({ perMs: 0.01, capacity: 1 }, 1000, 0);
    expect(bucket.readyAt(400)).toBe(500);
  });
});

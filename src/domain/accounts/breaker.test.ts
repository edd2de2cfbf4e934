import { describe, expect, test } from "vitest";
import type { Breaker } from "./breaker.ts";
import {
  breakerBegins,
  breakerFails,
  breakerReadyAt,
  breakerSucceeds,
  closedBreaker,
  defaultBreakerPolicy,
} from "./breaker.ts";

function failing(times: number, from: Breaker = closedBreaker, now = 0): Breaker {
  let breaker = from;
  for (let i = 0; i < times; i++) breaker = breakerFails(breaker, now, defaultBreakerPolicy);
  return breaker;
}

describe("the breaker", () => {
  test("stays closed for four failures in a row and opens at the fifth", () => {
    expect(failing(4).state).toBe("closed");
    expect(failing(5)).toEqual({ state: "open", until: 30_000, opened: 1 });
  });

  test("forgets failures as soon as the service answers", () => {
    expect(failing(4, breakerSucceeds()).state).toBe("closed");
  });

  test("is not opened for longer by those that were under way when it opened", () => {
    const open = failing(5);
    expect(breakerFails(open, 20_000, defaultBreakerPolicy)).toBe(open);
  });

  test("lets a single send try when its time is over", () => {
    const open = failing(5);
    expect(breakerReadyAt(open, 0)).toBe(30_000);
    const probing = breakerBegins(open);
    expect(breakerReadyAt(probing, 30_000)).toBe(Infinity);
    expect(breakerReadyAt(breakerSucceeds(), 30_001)).toBe(30_001);
  });

  test("stays open twice as long each time the one that tries fails, up to ten minutes", () => {
    let breaker = failing(5);
    const lengths: number[] = [];
    for (let i = 0; i < 6; i++) {
      breaker = breakerFails(breakerBegins(breaker), 0, defaultBreakerPolicy);
      lengths.push(breakerReadyAt(breaker, 0));
    }
    expect(lengths).toEqual([60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Looks } from "./uncertainty.ts";
import { isBelievedAbsent, nextLookAt, noLooks } from "./uncertainty.ts";

const MINUTE = 60_000;
const uncertainty = { claimedAt: 1_000_000, attempt: 1, absentAfterMs: 5 * MINUTE };
const after = (ms: number): number => uncertainty.claimedAt + ms;

test("believes an absence only after two looks apart, and as old as the platform's list may be late", () => {
  expect(isBelievedAbsent(uncertainty, noLooks, after(60 * MINUTE))).toBe(false);
  const looked: Looks = { unanswered: 0, absentAt: after(12_000) };
  expect(isBelievedAbsent(uncertainty, looked, after(20_000))).toBe(false);
  expect(isBelievedAbsent(uncertainty, looked, after(5 * MINUTE - 1))).toBe(false);
  expect(isBelievedAbsent(uncertainty, looked, after(5 * MINUTE))).toBe(true);
  const late: Looks = { unanswered: 0, absentAt: after(60 * MINUTE) };
  expect(isBelievedAbsent(uncertainty, late, after(61 * MINUTE - 1))).toBe(false);
  expect(isBelievedAbsent(uncertainty, late, after(61 * MINUTE))).toBe(true);
});

test("looks longer with every attempt, and not at all where the list is never late", () => {
  const looked: Looks = { unanswered: 0, absentAt: after(12_000) };
  const third = { ...uncertainty, attempt: 3 };
  expect(isBelievedAbsent(third, looked, after(20 * MINUTE - 1))).toBe(false);
  expect(isBelievedAbsent(third, looked, after(20 * MINUTE))).toBe(true);
  expect(isBelievedAbsent({ ...uncertainty, absentAfterMs: 0 }, noLooks, after(0))).toBe(true);
});

test("looks after the moment that the platform names, and leaves what it never answers to the operator", () => {
  const busy: Looks = { unanswered: 0, notBefore: after(15 * MINUTE) };
  expect(nextLookAt(uncertainty, busy, after(0))).toBe(after(15 * MINUTE));
  const pauses = [0, 1, 2, 3].map((unanswered) => nextLookAt(uncertainty, { unanswered }, after(0)));
  expect(pauses).toEqual([after(2000), after(10_000), after(60_000), undefined]);
});

test("the look that is due after a look in vain can settle it", () => {
  const moments = fc.integer({ min: 0, max: 60 * MINUTE });
  fc.assert(
    fc.property(moments, moments, fc.integer({ min: 1, max: 4 }), (absent, later, attempt) => {
      const looks: Looks = { unanswered: 0, absentAt: after(absent) };
      const asked = { ...uncertainty, attempt };
      const at = nextLookAt(asked, looks, after(absent + later)) ?? 0;
      expect(at).toBeGreaterThan(after(absent + later));
      expect(isBelievedAbsent(asked, looks, at)).toBe(true);
    }),
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { SubscriberChange } from "./growth.ts";
import { changeBetween, growthIn, growthKinds } from "./growth.ts";
import type { Subscriber } from "./subscriber.ts";

const ali: Subscriber = { id: 7, firstName: "Ali", source: "poster", state: "active", at: 5 };

test("only what begins or ends a subscription counts", () => {
  expect(changeBetween(undefined, ali)).toEqual({ kind: "joined", at: 5, source: "poster" });
  expect(changeBetween(ali, { ...ali, firstName: "علی" })).toBeUndefined();
  expect(changeBetween(ali, { ...ali, state: "blocked", at: 8 })).toMatchObject({ kind: "blocked", at: 8 });
  expect(changeBetween({ ...ali, state: "blocked" }, { ...ali, state: "stopped" })).toBeUndefined();
  expect(changeBetween({ ...ali, state: "stopped" }, ali)).toMatchObject({ kind: "joined" });
  expect(changeBetween(ali, { ...ali, state: "deactivated" })).toMatchObject({ kind: "gone" });
});

test("steps and links add up to the whole, whatever the order of the changes", () => {
  const change: fc.Arbitrary<SubscriberChange> = fc.record(
    {
      kind: fc.constantFrom(...growthKinds),
      at: fc.integer({ min: 0, max: 99 }),
      source: fc.constantFrom("a", "b"),
    },
    { requiredKeys: ["kind", "at"] },
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const growth = growthIn(changes, { starts: [20, 40, 60, 80], until: 99, stepDays: 1 });
      for (const kind of growthKinds) {
        const within = changes.filter((one) => one.kind === kind && one.at >= 20).length;
        const inSteps = growth.steps.reduce((sum, step) => sum + step[kind], 0);
        const inSources = growth.sources.reduce((sum, source) => sum + source[kind], 0);
        expect([growth[kind], inSteps, inSources]).toEqual([within, within, within]);
      }
      expect(growth.steps.at(-1)?.standing).toBe(growth.standing);
      expect(growth.sources.reduce((sum, { standing }) => sum + standing, 0)).toBe(growth.standing);
    }),
    { numRuns: 60 },
  );
});

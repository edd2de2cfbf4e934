import fc from "fast-check";
import { expect, test } from "vitest";
import type { Inbox } from "./hearing.ts";
import { HEARD_FOR_MS, isHeard, unheardUntil } from "./hearing.ts";

const NOW = 10_000_000;
const read: Inbox = { readAt: NOW };
const shut: Inbox = { trouble: { until: Infinity, why: "accountLocked" } };

test("lets nobody be written to again before every inbox they may have answered is read", () => {
  expect(unheardUntil([], NOW, NOW)).toBeUndefined();
  expect(unheardUntil([read], NOW, NOW)).toBeUndefined();
  expect(unheardUntil([read, {}], NOW, NOW)).toBeGreaterThan(NOW);
  expect(unheardUntil([read, shut], NOW, NOW)).toBe(Infinity);
});

test("does not take for read what was read before the run, or minutes ago", () => {
  expect(unheardUntil([{ readAt: NOW - 1 }], NOW, NOW)).toBeGreaterThan(NOW);
  expect(unheardUntil([{ readAt: NOW - HEARD_FOR_MS }], 0, NOW)).toBeGreaterThan(NOW);
  expect(unheardUntil([{ readAt: NOW - HEARD_FOR_MS + 1 }], 0, NOW)).toBeUndefined();
});

test("waits for the inbox that takes longest, and lets go exactly when all are read", () => {
  const moment = fc.integer({ min: 0, max: 2 * NOW });
  const inbox: fc.Arbitrary<Inbox> = fc.record(
    { readAt: moment, trouble: fc.record({ until: moment, why: fc.constant("tooFast" as const) }) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(inbox), moment, (inboxes, since) => {
      const until = unheardUntil(inboxes, since, NOW);
      const unheard = inboxes.filter((one) => !isHeard(one, since, NOW));
      expect(until === undefined).toBe(unheard.length === 0);
      for (const { trouble } of unheard) expect(until).toBeGreaterThanOrEqual(trouble?.until ?? 0);
    }),
  );
});

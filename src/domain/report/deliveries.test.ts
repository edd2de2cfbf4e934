import fc from "fast-check";
import { expect, test } from "vitest";
import type { Entry } from "../journal.ts";
import { JournalContradiction, JournalFold } from "../journal-fold.ts";
import type { Deliveries } from "./attempts.ts";
import { attemptEnds, forEachEnd } from "./attempts.ts";
import { DeliveriesFold } from "./deliveries.ts";
import { inAtMost } from "./stretches.ts";

const DAY = 86_400_000;
const SIZE = 5;

const anyEntry = fc.nat(SIZE - 1).chain((r): fc.Arbitrary<Entry> => {
  const at = fc.nat(400 * DAY);
  return fc.oneof(
    fc
      .tuple(fc.constantFrom("one", "two"), at)
      .map(([a, when]): Entry => ({ t: "claim", r, a, n: 1, at: when })),
    at.map((when): Entry => ({ t: "sent", r, id: "m", at: when })),
    fc
      .tuple(
        fc.constantFrom<"notFound" | "refused" | "failed" | "uncertain">(
          "notFound",
          "refused",
          "failed",
          "uncertain",
        ),
        at,
      )
      .map(([t, when]): Entry => ({ t, r, why: "connectionBroke", at: when })),
    at.map((when): Entry => ({ t: "planned", r, due: 0, free: false, why: "tooFast", at: when })),
    at.map((when): Entry => ({ t: "skipped", r, reason: "leftInDoubt", at: when })),
    fc.constantFrom<Entry>({ t: "retryAll", at: 1 }, { t: "cancelAll", at: 1 }),
  );
});

/** Folds what a journal may hold; answers both folds. */
function folded(entries: readonly Entry[]): {
  readonly journal: JournalFold;
  readonly deliveries: Deliveries;
} {
  const journal = new JournalFold(SIZE, { debit: () => undefined, credit: () => undefined });
  const fold = new DeliveriesFold();
  for (const entry of entries) {
    try {
      journal.apply(entry);
    } catch (error) {
      if (error instanceof JournalContradiction) continue;
      throw error;
    }
    fold.apply(entry);
  }
  return { journal, deliveries: fold.deliveries() };
}

function totalOf(counts: readonly Deliveries["stretches"][number][]) {
  return forEachEnd((end) => counts.reduce((sum, one) => sum + one[end], 0));
}

test("over time, by account and by state it is the same people, whatever happened", () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 80 }), (entries) => {
      const { journal, deliveries } = folded(entries);
      const standing = forEachEnd((end) => journal.count(end));
      expect(totalOf(deliveries.stretches)).toEqual(standing);
      expect(totalOf(deliveries.accounts.map(({ counts }) => counts))).toEqual(standing);
      expect(deliveries.stretches.length).toBeLessThanOrEqual(240);
      const few = inAtMost(12, deliveries);
      expect(totalOf(few.stretches)).toEqual(standing);
      expect(few.stretches.length).toBeLessThanOrEqual(12);
      expect(few.from % few.stretchMs).toBe(0);
    }),
  );
});

test("a million deliveries over a year are a few stretches, and each stands in its own", () => {
  const fold = new DeliveriesFold();
  const step = (365 * DAY) / 1_000_000;
  for (let r = 0; r < 1_000_000; r++) {
    const at = Math.floor(r * step);
    fold.apply({ t: "claim", r, a: "one", n: 1, at });
    fold.apply({ t: "sent", r, id: "m", at });
  }
  const { stretches, stretchMs } = fold.deliveries();
  expect(stretches.length).toBeLessThanOrEqual(240);
  const each = stretchMs / step;
  for (const counts of stretches.slice(0, -1)) expect(Math.abs(counts.sent - each)).toBeLessThan(2);
});

test("somebody uncertain who turns out to have it counts once, where the account is the one that wrote", () => {
  const { deliveries } = folded([
    { t: "claim", r: 0, a: "two", n: 1, at: 0 },
    { t: "uncertain", r: 0, why: "noAnswerInTime", at: 1000 },
    { t: "sent", r: 0, id: "m", at: 60_000 },
  ]);
  expect(deliveries.accounts).toEqual([{ name: "two", counts: { ...forEachEnd(() => 0), sent: 1 } }]);
  expect(attemptEnds.map((end) => totalOf(deliveries.stretches)[end])).toEqual([1, 0, 0, 0, 0]);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Entry } from "./journal.ts";
import { JournalContradiction, JournalFold } from "./journal-fold.ts";
import { importedTotal } from "./recipient.ts";

const nobody = { debit: () => undefined, credit: () => undefined };
const claim = (r: number, n = 1, at = 0): Entry => ({ t: "claim", r, a: "acc", n, at });
const sent = (r: number): Entry => ({ t: "sent", r, id: `m${r}`, at: 1 });
const uncertain = (r: number): Entry => ({ t: "uncertain", r, why: "noAnswerInTime", at: 1 });
const planned = (r: number, due: number, free = false): Entry => ({
  t: "planned",
  r,
  due,
  free,
  why: "tooFast",
  at: 1,
});

function foldOf(size: number, entries: readonly Entry[]): JournalFold {
  const fold = new JournalFold(size, nobody);
  for (const entry of entries) fold.apply(entry);
  return fold;
}

const anyEntry = fc.nat(5).chain((r): fc.Arbitrary<Entry> =>
  fc.oneof(
    fc.nat(3).map((n) => claim(r, n + 1)),
    fc.constant(sent(r)),
    fc.constantFrom<Entry>({ t: "claim", r, a: "acc", n: 1, w: true, at: 1 }, { t: "leaves", r, at: 1 }),
    fc.nat(50).map((due) => planned(r, due)),
    fc
      .constantFrom<"notFound" | "refused" | "failed" | "uncertain">(
        "notFound",
        "refused",
        "failed",
        "uncertain",
      )
      .map((t): Entry => ({ t, r, why: "connectionBroke", at: 1 })),
    fc
      .constantFrom<"optedOut" | "leftInDoubt">("optedOut", "leftInDoubt")
      .map((reason): Entry => ({ t: "skipped", r, reason, at: 1 })),
    fc.constantFrom<Entry>({ t: "cancelAll", at: 1 }, { t: "retryAll", at: 1 }),
  ),
);

describe("the fold of the journal", () => {
  test("gives everyone planned before the first entry", () => {
    expect(foldOf(3, []).counts()).toMatchObject({ planned: 3, claimed: 0, sent: 0 });
  });

  test("keeps the counts adding up to the list whatever is applied or refused", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 60 }), (entries) => {
        const fold = new JournalFold(6, nobody);
        for (const entry of entries) {
          try {
            fold.apply(entry);
          } catch (error) {
            if (!(error instanceof JournalContradiction)) throw error;
          }
          expect(importedTotal(fold.counts())).toBe(6);
          expect(Object.values(fold.counts()).every((count) => count >= 0)).toBe(true);
        }
      }),
    );
  });

  test("never offers anyone who is sent, gone or in flight, and everyone planned exactly once", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 60 }), (entries) => {
        const fold = new JournalFold(6, nobody);
        for (const entry of entries) {
          try {
            fold.apply(entry);
          } catch {
            continue;
          }
        }
        const before = fold.counts().planned;
        const offered: number[] = [];
        for (let next = fold.due.next(100); next !== undefined; next = fold.due.next(100)) {
          expect(fold.stateOf(next)).toBe("planned");
          fold.apply(claim(next, fold.attemptsOf(next) + 1));
          offered.push(next);
        }
        expect(offered.length).toBe(before);
        expect(new Set(offered).size).toBe(before);
      }),
    );
  });

  test("refuses a second claim on someone already sent", () => {
    expect(() => foldOf(1, [claim(0), sent(0), claim(0, 2)])).toThrow(JournalContradiction);
  });

  test("lets the first of two endings of one uncertain send stand, as earlier versions could write them", () => {
    const left: Entry = { t: "skipped", r: 0, reason: "leftInDoubt", at: 2 };
    const lost: Entry = { t: "uncertain", r: 0, why: "noAnswerInTime", at: 1 };
    const endings: readonly Entry[] = [
      sent(0),
      planned(0, 9),
      { t: "failed", r: 0, why: "connectionBroke", at: 1 },
      left,
    ];
    for (const ending of endings) {
      const fold = foldOf(1, [claim(0), lost, left, ending]);
      expect(fold.counts()).toMatchObject({ skipped: 1 });
      expect(fold.due.next(99)).toBeUndefined();
    }
    expect(foldOf(1, [claim(0), lost, sent(0), left]).counts()).toMatchObject({ sent: 1 });
    expect(() => foldOf(1, [claim(0), lost, left, claim(0, 2)])).toThrow(JournalContradiction);
  });

  test("knows who still waits for a call, and lets nobody leave who does not wait", () => {
    const waiting: Entry = { t: "claim", r: 0, a: "acc", n: 1, w: true, at: 1 };
    const leaves: Entry = { t: "leaves", r: 0, at: 2 };
    expect(foldOf(1, [waiting]).openClaim(0)).toMatchObject({ waits: true });
    expect(foldOf(1, [waiting, leaves]).openClaim(0)).not.toHaveProperty("waits");
    expect(() => foldOf(1, [waiting, leaves, leaves])).toThrow(JournalContradiction);
    expect(() => foldOf(1, [claim(0), leaves])).toThrow(JournalContradiction);
    expect(() => foldOf(1, [leaves])).toThrow(JournalContradiction);
  });

  test("refuses an entry about someone outside the list", () => {
    expect(() => foldOf(1, [claim(7)])).toThrow("recipient 7 is not in the list");
  });

  test("lets nobody be tried again before their time", () => {
    const fold = foldOf(1, [claim(0), planned(0, 500)]);
    expect(fold.due.next(499)).toBeUndefined();
    expect(fold.due.earliest()).toBe(500);
    expect(fold.due.next(500)).toBe(0);
  });

  test("lets nobody be tried again before their time when the attempt was free", () => {
    const fold = foldOf(2, []);
    expect(fold.due.next(0)).toBe(0);
    fold.apply(claim(0));
    fold.apply(planned(0, 500, true));
    expect(fold.due.next(499)).toBe(1);
    expect(fold.attemptsOf(0)).toBe(0);
  });

  test("keeps to the last moment given when a journal is read back without anyone asking who is due", () => {
    const fold = foldOf(1, [claim(0), planned(0, 100), claim(0, 2), planned(0, 900)]);
    expect(fold.due.next(500)).toBeUndefined();
    expect(fold.due.earliest()).toBe(900);
    expect(fold.due.next(900)).toBe(0);
  });

  test("offers the same recipient until they are claimed", () => {
    const fold = foldOf(2, [claim(0), planned(0, 10)]);
    expect([fold.due.next(10), fold.due.next(10)]).toEqual([0, 0]);
  });

  test("plans everyone failed again with fresh attempts", () => {
    const fold = foldOf(2, [
      claim(0),
      { t: "failed", r: 0, why: "serviceDown", at: 1 },
      { t: "retryAll", at: 2 },
    ]);
    expect(fold.counts()).toMatchObject({ planned: 2, failed: 0 });
    expect(fold.attemptsOf(0)).toBe(0);
    expect(fold.due.next(2)).toBe(0);
  });

  test("skips nobody in flight when everything is cancelled", () => {
    const fold = foldOf(3, [claim(0), { t: "cancelAll", at: 1 }]);
    expect(fold.counts()).toMatchObject({ claimed: 1, skipped: 2, planned: 0 });
    expect(fold.due.next(9)).toBeUndefined();
  });

  test("gives the budget back only on proof that nothing was sent", () => {
    const calls: string[] = [];
    const budget = {
      debit: (account: string, at: number) => calls.push(`-${account}@${at}`),
      credit: (account: string, at: number) => calls.push(`+${account}@${at}`),
    };
    const fold = new JournalFold(4, budget);
    fold.apply(claim(0, 1, 10));
    fold.apply(sent(0));
    fold.apply(claim(1, 1, 11));
    fold.apply({ t: "uncertain", r: 1, why: "noAnswerInTime", at: 12 });
    expect(calls).toEqual(["-acc@10", "-acc@11"]);
    fold.apply(planned(1, 13));
    fold.apply(claim(2, 1, 14));
    fold.apply({ t: "notFound", r: 2, why: "noSuchName", at: 15 });
    expect(calls.slice(2)).toEqual(["+acc@11", "-acc@14", "+acc@14"]);
  });
});

test("knows who was sent to again by choice, also from journals of an earlier version, once they are claimed", () => {
  const why = "sentAgain";
  const again = (r: number): Entry => ({ t: "planned", r, due: 2, free: true, why, again: true, at: 2 });
  const before = (r: number): Entry => ({ t: "planned", r, due: 2, free: true, why, at: 2 });
  const entries = [claim(0), uncertain(0), claim(1), uncertain(1), claim(2), uncertain(2)];
  const fold = foldOf(3, [...entries, again(0), before(1), planned(2, 2, true)]);
  expect(fold.sentAgain).toBe(0);
  for (const r of [0, 1, 2]) fold.apply(claim(r, 1, 3));
  expect(fold.sentAgain).toBe(2);
});

test("tells by which revision's values somebody may have been written to", () => {
  const fold = foldOf(3, [claim(0), sent(0), { t: "claim", r: 1, a: "acc", n: 1, v: 2, at: 1 }]);
  expect([0, 1, 2].map((r) => fold.revisionOf(r))).toEqual([0, 2, Infinity]);
  fold.apply({ t: "failed", r: 1, why: "messageTooLong", at: 2 });
  expect(fold.revisionOf(1)).toBe(2);
  fold.apply({ t: "retryAll", at: 3 });
  expect(fold.revisionOf(1)).toBe(Infinity);
});

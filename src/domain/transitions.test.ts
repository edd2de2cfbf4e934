import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Budget } from "./accounts/budget.ts";
import { createDayOf } from "./accounts/calendar-day.ts";
import { JournalAudit } from "./invariants.ts";
import type { Entry } from "./journal.ts";
import { JournalContradiction, JournalFold } from "./journal-fold.ts";
import type { Ordinal } from "./recipient.ts";
import { recipientStates } from "./recipient.ts";
import { isLate, ReachedFold, transitionOf } from "./transitions.ts";

type Personal = Extract<Entry, { readonly r: Ordinal }>;

const dayOf = createDayOf("UTC");

/** One of every kind and mark about the same person. */
function kinds(r: number): readonly Personal[] {
  const ended = ["notFound", "refused", "failed", "uncertain"] as const;
  return [
    { t: "claim", r, a: "one", n: 1, at: 1 },
    { t: "claim", r, a: "one", n: 1, w: true, at: 1 },
    { t: "leaves", r, at: 1 },
    { t: "sent", r, id: "m", at: 1 },
    ...ended.map((t): Personal => ({ t, r, why: "connectionBroke", at: 1 })),
    { t: "failed", r, why: "connectionBroke", uncalled: true, at: 1 },
    { t: "planned", r, due: 0, free: false, why: "connectionBroke", at: 1 },
    { t: "planned", r, due: 0, free: true, why: "connectionBroke", again: true, at: 1 },
    { t: "skipped", r, reason: "optedOut", at: 1 },
    { t: "skipped", r, reason: "leftInDoubt", at: 1 },
  ];
}

const journals = fc.array(
  fc
    .nat(2)
    .chain((r) =>
      fc.constantFrom<Entry>(
        ...kinds(r),
        { t: "cancelAll", at: 1 },
        { t: "retryAll", at: 1 },
        { t: "checkpoint", names: 0, crc: 0, at: 1 },
      ),
    ),
  { maxLength: 40 },
);

/** Plays a journal, and leaves out what contradicts it or comes late. */
function played(entries: readonly Entry[]) {
  const budget = new Budget(dayOf);
  const fold = new JournalFold(3, budget);
  const audit = new JournalAudit(3, dayOf);
  const reached = new ReachedFold(3);
  const taken = entries.filter((entry) => {
    try {
      return fold.apply(entry);
    } catch (error) {
      if (error instanceof JournalContradiction) return false;
      throw error;
    }
  });
  for (const entry of taken) {
    audit.take(entry);
    reached.apply(entry);
  }
  return { budget, fold, audit, reached, taken };
}

describe("the table of what can happen to a recipient", () => {
  test("says of nobody whose message may be under way or may have arrived that they surely have none", () => {
    for (const entry of kinds(0)) {
      const { to, reached, givesBack } = transitionOf(entry);
      if (to === "claimed" || to === "uncertain") expect([entry.t, reached]).toEqual([entry.t, "maybe"]);
      if (to === "sent") expect(reached).toBe("yes");
      if (givesBack) expect([entry.t, reached]).toEqual([entry.t, "no"]);
    }
  });

  test("lets somebody be claimed who is planned, and nobody else", () => {
    const claim = transitionOf({ t: "claim", r: 0, a: "one", n: 1, at: 0 });
    expect(claim.from).toEqual(["planned"]);
  });

  test("leaves nobody where nothing can happen any more but those who are surely done with", () => {
    const left = recipientStates.filter((state) => {
      const all: readonly Exclude<Entry, { t: "checkpoint" }>[] = [
        ...kinds(0),
        { t: "cancelAll", at: 0 },
        { t: "retryAll", at: 0 },
      ];
      return !all.some((entry) => transitionOf(entry).from.includes(state));
    });
    expect(left).toEqual(["sent", "notFound", "refused", "skipped"]);
  });
});

test("who was sent to again and surely missed then may still have the first message", () => {
  const claim: Personal = { t: "claim", r: 0, a: "one", n: 1, at: 1 };
  const again: Personal = {
    t: "planned",
    r: 0,
    due: 0,
    free: true,
    why: "connectionBroke",
    again: true,
    at: 1,
  };
  const uncertain: Personal = { t: "uncertain", r: 0, why: "connectionBroke", at: 1 };
  const failed: Personal = { t: "failed", r: 0, why: "connectionBroke", at: 1 };
  const { fold, reached } = played([claim, uncertain, again, claim, failed]);
  expect([fold.stateOf(0), fold.reached(0), reached.of(0)]).toEqual(["failed", "maybe", "maybe"]);
  expect(reached.isLasting(0)).toBe(true);
});

test("the fold and whoever reads the journal alone agree on who may have a message", () => {
  fc.assert(
    fc.property(journals, (entries) => {
      const { fold, reached } = played(entries);
      for (const r of [0, 1, 2]) expect(reached.of(r)).toBe(fold.reached(r));
    }),
  );
});

test("the auditor counts apart what the budget counts, and comes to the same", () => {
  fc.assert(
    fc.property(journals, (entries) => {
      const { budget, audit } = played(entries);
      const messages = audit.uses.reduce((sum, use) => sum + use.messages, 0);
      expect(messages).toBe(budget.usedToday("one", 1));
    }),
  );
});

test("an ending after the operator left somebody uncertain is late, and so is leaving whom a check settled", () => {
  const left: Personal = { t: "skipped", r: 0, reason: "leftInDoubt", at: 1 };
  const sent: Personal = { t: "sent", r: 0, id: "m", at: 1 };
  expect(isLate(sent, "skipped", true)).toBe(true);
  for (const state of recipientStates)
    expect(isLate(left, state, false)).toBe(state !== "planned" && state !== "uncertain");
});

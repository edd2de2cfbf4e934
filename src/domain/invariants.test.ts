import fc from "fast-check";
import { expect, test } from "vitest";
import { createDayOf } from "./accounts/calendar-day.ts";
import type { CampaignUse } from "./invariants.ts";
import { JournalAudit, overdrafts } from "./invariants.ts";
import type { Entry } from "./journal.ts";

const dayOf = createDayOf("UTC");
const DAY = 86_400_000;
const claim = (r: number, at: number, a = "one"): Entry => ({ t: "claim", r, a, n: 1, at });
const sent = (r: number, at: number): Entry => ({ t: "sent", r, id: `m${r}`, at });

function audit(entries: readonly Entry[], size = 10): JournalAudit {
  const taken = new JournalAudit(size, dayOf);
  for (const entry of entries) taken.take(entry);
  return taken;
}

test("two sent records of one recipient are found", () => {
  expect(audit([claim(1, 5), sent(1, 6)]).sentTwice).toEqual([]);
  expect(audit([claim(1, 5), sent(1, 6), claim(2, 7), sent(1, 8)]).sentTwice).toEqual([1]);
});

test("a message sent by a claim that waited and never left is found", () => {
  const waiting: Entry = { t: "claim", r: 1, a: "one", n: 1, w: true, at: 5 };
  const leaves: Entry = { t: "leaves", r: 1, at: 6 };
  expect(audit([waiting, leaves, sent(1, 7)]).sentUnmarked).toEqual([]);
  expect(audit([waiting, sent(1, 7)]).sentUnmarked).toEqual([1]);
  expect(audit([waiting, { t: "uncertain", r: 1, why: "unsaid", at: 6 }, sent(1, 7)]).sentUnmarked).toEqual([
    1,
  ]);
});

test("an entry about nobody in the lists is found", () => {
  expect(audit([claim(9, 1), claim(10, 2)]).strangers).toEqual([10]);
});

test("whoever no entry settles by a moment is counted, and whoever is tried again later is not", () => {
  const all = [claim(0, 1), sent(0, 2), claim(1, 3), sent(1, 4)];
  const again: Entry = { t: "planned", r: 1, due: 9, free: false, why: "unsaid", again: true, at: 9 };
  expect(audit([...all, { t: "retryAll", at: 8 }, again, claim(1, 10)], 2).unsettledAt(5)).toBe(0);
  expect(all.map((_, kept) => audit(all.slice(0, kept), 2).unsettledAt(5))).toEqual([2, 2, 1, 1]);
});

test("a message counts on the day of its claim, and not when it surely was not sent", () => {
  const entries: Entry[] = [
    claim(0, DAY - 1),
    sent(0, DAY + 1),
    claim(1, DAY + 2),
    { t: "refused", r: 1, why: "unsaid", at: DAY + 3 },
    claim(2, DAY + 4),
    { t: "uncertain", r: 2, why: "unsaid", at: DAY + 5 },
    claim(3, DAY + 6),
    { t: "planned", r: 3, due: DAY + 9, free: true, why: "unsaid", at: DAY + 7 },
  ];
  expect(audit(entries).uses).toEqual([
    { account: "one", day: 0, messages: 1 },
    { account: "one", day: DAY, messages: 1 },
  ]);
});

test("an uncertain send that turns out not delivered gives its message back", () => {
  const entries: Entry[] = [
    claim(0, 1),
    { t: "uncertain", r: 0, why: "unsaid", at: 2 },
    { t: "planned", r: 0, due: 3, free: false, why: "unsaid", at: 3 },
  ];
  expect(audit(entries).uses).toEqual([{ account: "one", day: 0, messages: 0 }]);
});

test("knows the moment of the latest entry, also when clocks jumped", () => {
  expect(audit([claim(0, 50), sent(0, 20)]).lastAt).toBe(50);
});

const use = (id: string, messages: number, perDay?: number): CampaignUse => ({
  id,
  accounts: [{ name: "one", caps: perDay === undefined ? {} : { perDay } }],
  channel: "x",
  uses: [{ account: "one", day: 0, messages }],
});

test("an account that sent more in a day than it may is found, over all campaigns together", () => {
  expect(overdrafts([use("a", 4, 4)])).toEqual([]);
  expect(overdrafts([use("a", 3, 4), use("b", 2, 4)])).toEqual([
    { account: "one", day: 0, messages: 5, cap: 4, campaigns: ["a", "b"] },
  ]);
});

test("the largest limit of the campaigns that used it counts, and none where one has none", () => {
  expect(overdrafts([use("a", 4, 4), use("b", 5, 9)])).toEqual([]);
  expect(overdrafts([use("a", 4, 4), use("b", 50)])).toEqual([]);
});

test("never more than one sent record goes unseen, whatever else the journal says", () => {
  const entry = fc.record({ r: fc.nat(9), isSent: fc.boolean() });
  fc.assert(
    fc.property(fc.array(entry), (steps) => {
      const entries = steps.map(({ r, isSent }, at) => (isSent ? sent(r, at) : claim(r, at)));
      const times = (r: number): number => steps.filter((step) => step.isSent && step.r === r).length;
      const expected = Array.from({ length: 10 }, (_, r) => r).filter((r) => times(r) > 1);
      expect([...audit(entries).sentTwice].toSorted((a, b) => a - b)).toEqual(expected);
    }),
  );
});

test("accounts of the same name on two channels are two accounts", () => {
  const other = { ...use("b", 4, 4), channel: "telegram" };
  expect(overdrafts([use("a", 4, 4), other])).toEqual([]);
});

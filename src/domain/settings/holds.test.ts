import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Counts } from "../recipient.ts";
import { Fared } from "./fared.ts";
import { FEWEST, USUAL_RAILS, brokenRail } from "./guard-rails.ts";
import { holdOn } from "./holds.ts";
import { costOf, isSpent } from "./spending.ts";
import { fewMore, firstFew, startedAgain } from "./try-first.ts";

const nobody: Counts = {
  planned: 0,
  claimed: 0,
  sent: 0,
  notFound: 0,
  refused: 0,
  failed: 0,
  uncertain: 0,
  skipped: 0,
};
const quiet = { sent: 0, refused: 0, failed: 0, optedOut: 0 };
const free = { messages: 0, lookUps: 0 };

describe("first a few", () => {
  /** What becomes of each claim that is let through, in the order in which they settle. */
  const outcome = fc.constantFrom("sent", "uncertain", "failed", "refused", "notFound");

  test("lets exactly so many have the message or perhaps have it, whoever fails and however many are in flight", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(outcome, { maxLength: 60 }),
        (count, atOnce, outcomes) => {
          const tryFirst = firstFew(count);
          const counts = { ...nobody, planned: outcomes.length };
          const may = (): boolean =>
            holdOn({ tryFirst }, { counts, fared: quiet, charged: free }) === undefined && counts.planned > 0;
          let most = 0;
          for (const became of outcomes) {
            while (counts.claimed < atOnce && may()) {
              counts.planned--;
              counts.claimed++;
            }
            most = Math.max(most, counts.sent + counts.uncertain + counts.claimed);
            if (counts.claimed === 0) break;
            counts.claimed--;
            counts[became]++;
          }
          expect(most).toBeLessThanOrEqual(count);
          const isEnough = outcomes.filter((one) => one === "sent" || one === "uncertain").length >= count;
          if (isEnough) expect(counts.sent + counts.uncertain).toBe(count);
        },
      ),
    );
  });

  test("offers as many more beside those who have it by then", () => {
    expect(fewMore(firstFew(20), { ...nobody, sent: 18, uncertain: 2 })).toEqual({ count: 20, upTo: 40 });
  });
});

test("a start again after the first few tries as many more where that is asked for, else everybody", () => {
  const [held, given] = [firstFew(20), firstFew(5)];
  expect(startedAgain(held, given, true)).toEqual({ count: 5, upTo: 25 });
  expect(startedAgain(held, undefined, true)).toBeUndefined();
  expect(startedAgain(held, given, false)).toEqual(held);
  expect(startedAgain(undefined, given, false)).toBeUndefined();
});

describe("the guard rails", () => {
  const some = fc.nat(200);
  const counts = fc.record({ sent: some, refused: some, failed: some, optedOut: some });
  const share = fc.integer({ min: 1, max: 99 });

  test("say nothing of fewer than fifty, and nothing where they are off", () => {
    fc.assert(
      fc.property(counts, (fared) => {
        expect(brokenRail({}, fared)).toBeUndefined();
        const broken = brokenRail(USUAL_RAILS, fared);
        if (broken) expect(broken.of).toBeGreaterThanOrEqual(FEWEST);
        if (fared.sent + fared.refused + fared.failed < FEWEST) expect(broken).toBeUndefined();
      }),
    );
  });

  test("break at the first one beyond the share, and not before", () => {
    fc.assert(
      fc.property(share, fc.integer({ min: FEWEST, max: 500 }), (declined, of) => {
        const most = Math.floor((declined * of) / 100);
        const fared = (refused: number) => ({ ...quiet, sent: of - refused, refused });
        expect(brokenRail({ declined }, fared(most))).toBeUndefined();
        expect(brokenRail({ declined }, fared(most + 1))).toEqual({
          rule: "declined",
          count: most + 1,
          of,
          share: declined,
        });
      }),
    );
  });

  test("count only claims made after somebody looked, and name the newest", () => {
    const fared = new Fared();
    for (let claim = 1; claim <= 8; claim++) fared.count(claim, claim - 1, claim % 2 ? "refused" : "failed");
    expect(fared.image).toMatchObject({ refused: 4, failed: 4, lastRefused: [0, 2, 4, 6] });
    fared.lookFrom(8);
    fared.count(7, 6, "refused");
    fared.count(9, 8, "refused");
    expect(fared.image).toMatchObject({ since: 8, refused: 1, failed: 0, lastRefused: [8] });
    expect(new Fared(8, fared.image).image).toEqual(fared.image);
    expect(new Fared(9, fared.image).image).toMatchObject({ since: 9, refused: 0, lastRefused: [] });
  });
});

describe("the spend cap", () => {
  const cents = fc.integer({ min: 0, max: 20 }).map((one) => one / 1000);

  test("is never exceeded and is used up to the last message that fits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), cents, cents, (hundredths, perMessage, perLookUp) => {
        const [cap, prices] = [hundredths / 100, { perMessage, perLookUp: perLookUp + 0.001 }];
        const charged = { messages: 0, lookUps: 0 };
        while (!isSpent(cap, charged, prices)) {
          charged.messages++;
          charged.lookUps++;
        }
        expect(costOf(charged, prices)).toBeLessThanOrEqual(cap);
        const more = { messages: charged.messages + 1, lookUps: charged.lookUps + 1 };
        expect(costOf(more, prices)).toBeGreaterThan(cap);
      }),
    );
  });

  test("holds nothing where sending is free", () => {
    const standing = { counts: nobody, fared: quiet, charged: { messages: 9999, lookUps: 9999 } };
    expect(holdOn({ spendCap: 0.01 }, standing)).toBeUndefined();
    const prices = { perMessage: 0.015, perLookUp: 0.01 };
    expect(holdOn({ spendCap: 0.01 }, { ...standing, charged: free, prices })).toEqual({
      kind: "spendCap",
      spent: 0,
      cap: 0.01,
    });
  });
});

/** The promises of whatever looks at campaigns. Each adapter's test runs this suite. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Entry } from "../../src/domain/journal.ts";
import { JournalFold } from "../../src/domain/journal-fold.ts";
import { DeliveriesFold } from "../../src/domain/report/deliveries.ts";
import { attemptEnds, forEachEnd } from "../../src/domain/report/attempts.ts";
import type { Deliveries } from "../../src/domain/report/attempts.ts";
import type { ResultRow } from "../../src/storage/ports/ledger.ts";
import type { CampaignReads } from "../../src/storage/ports/reads.ts";
import { chances, journalOf } from "../support/journal-writer.ts";

export interface CampaignReadsHarness extends AsyncDisposable {
  readonly reads: CampaignReads;
  /** Makes a campaign to `p0`, `p1`, … that nobody was written to for; answers its id. */
  put(names: number): Promise<string>;
  /** What its engine writes. */
  write(id: string, entries: readonly Entry[]): Promise<void>;
  /** These join it. */
  join(id: string, names: readonly string[]): Promise<void>;
  /** Whether the process that has claims open lives. */
  own(isOwned: boolean): Promise<void>;
}

const claim = (r: number, more: { readonly w?: true } = {}): Entry => ({
  t: "claim",
  r,
  a: "one",
  n: 1,
  ...more,
  at: 100 + r,
});
const sent = (r: number): Entry => ({ r, t: "sent", id: `m${r}`, at: 200 + r });

async function allOf(rows: AsyncIterable<ResultRow> | undefined): Promise<ResultRow[]> {
  const all: ResultRow[] = [];
  for await (const row of rows ?? []) all.push(row);
  return all;
}

export function campaignReadsContract(adapter: string, create: () => Promise<CampaignReadsHarness>): void {
  describe(`looking at campaigns in ${adapter}`, () => {
    let harness: CampaignReadsHarness;
    let reads: CampaignReads;
    let spring = "";
    beforeEach(async () => {
      harness = await create();
      ({ reads } = harness);
      spring = await harness.put(4);
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("a campaign that never began has everybody planned", async () => {
      expect(await reads.standing(spring)).toMatchObject({
        campaign: { id: spring },
        counts: { planned: 4, sent: 0 },
        tally: { claims: 0 },
      });
      expect((await allOf((await reads.results(spring))?.rows)).map(({ username }) => username)).toEqual([
        "p0",
        "p1",
        "p2",
        "p3",
      ]);
    });

    test("nobody knows anything of a campaign that there is not", async () => {
      expect(await reads.standing("other")).toBeUndefined();
      expect(await reads.uncertain("other")).toEqual([]);
      expect(await reads.results("other")).toBeUndefined();
      expect(await reads.deliveries("other")).toBeUndefined();
    });

    test("each look sees what was written since the last one, and who joined", async () => {
      await harness.write(spring, [claim(0)]);
      expect((await reads.standing(spring))?.counts).toMatchObject({ claimed: 1, planned: 3 });
      await harness.write(spring, [sent(0), claim(1)]);
      expect((await reads.standing(spring))?.counts).toMatchObject({ sent: 1, claimed: 1, planned: 2 });
      await harness.join(spring, ["q0", "q1"]);
      await harness.write(spring, [sent(1), claim(5)]);
      expect((await reads.standing(spring))?.counts).toMatchObject({ sent: 2, claimed: 1, planned: 3 });
    });

    test("an open claim is a claim while its process lives, and what it will become when it does not", async () => {
      await harness.write(spring, [claim(0), claim(1, { w: true }), claim(2), sent(2)]);
      const alive = await reads.standing(spring);
      expect(alive).toMatchObject({ counts: { claimed: 2, uncertain: 0, sent: 1 } });
      expect(alive).not.toHaveProperty("oldestUncertainAt");
      expect(await reads.uncertain(spring)).toEqual([]);
      await harness.own(false);
      expect(await reads.standing(spring)).toMatchObject({
        counts: { claimed: 0, uncertain: 1, planned: 2, sent: 1 },
        oldestUncertainAt: 100,
      });
      expect(await reads.uncertain(spring)).toMatchObject([
        { recipient: { username: "p0" }, account: "one", attempt: 1, at: 100 },
      ]);
      const results = await reads.results(spring);
      expect(results?.count).toBe(4);
      const told = await allOf(results?.rows);
      expect(told.map(({ username, state, why, at }) => [username, state, why, at])).toEqual([
        ["p0", "uncertain", "interruptedBeforeRecord", 100],
        ["p1", "planned", "interruptedBeforeCall", 101],
        ["p2", "sent", undefined, 202],
        ["p3", "planned", undefined, undefined],
      ]);
      await harness.own(true);
      await harness.write(spring, [sent(0)]);
      expect(await reads.standing(spring)).toMatchObject({ counts: { claimed: 1, uncertain: 0, sent: 2 } });
    });

    test("results are of one moment, whatever happens while they are taken", async () => {
      await harness.write(spring, [claim(0), claim(3)]);
      const results = await reads.results(spring);
      const told: ResultRow[] = [];
      for await (const row of results?.rows ?? []) {
        if (told.length === 0) {
          await harness.write(spring, [sent(3), claim(1)]);
          await harness.join(spring, ["q0"]);
        }
        told.push(row);
      }
      expect(told.map(({ state }) => state)).toEqual(["claimed", "planned", "planned", "claimed"]);
      expect(results?.count).toBe(4);
    });

    test("how it stands and how messages went out is what the journal says, whatever happened", async () => {
      await fc.assert(
        fc.asyncProperty(chances, async (taken) => {
          const entries = journalOf(taken, 5);
          const id = await harness.put(5);
          await harness.write(id, entries);
          const [fold, went] = [new JournalFold(5, noBudget), new DeliveriesFold()];
          for (const entry of entries) if (fold.apply(entry)) went.apply(entry);
          const { counts, tally, sentAgain, oldestUncertainAt } = (await reads.standing(id)) ?? {};
          expect({ counts, sentAgain, tally }).toEqual({
            counts: fold.counts(),
            sentAgain: fold.sentAgain,
            tally: { claims: fold.tally.claims, charged: fold.tally.charged },
          });
          const open = fold.openIn("uncertain").toSorted(([, one], [, other]) => one.at - other.at);
          expect(oldestUncertainAt).toBe(open[0]?.[1].at);
          expect((await reads.uncertain(id)).map(({ at }) => at)).toEqual(open.map(([, { at }]) => at));
          expect(ofWhom(await reads.deliveries(id))).toEqual(ofWhom(went.deliveries()));
        }),
        { numRuns: 12 },
      );
    });

    test("how messages went out is told in stretches that hold all of them", async () => {
      const late = 400 * 86_400_000;
      await harness.write(spring, [claim(0), sent(0), claim(1)]);
      await harness.write(spring, [{ ...sent(1), at: late }]);
      const { from, stretchMs, stretches } = (await reads.deliveries(spring)) ?? {};
      expect(stretches?.[0]).toMatchObject({ sent: 1 });
      expect(stretches?.at(-1)).toMatchObject({ sent: 1 });
      const end = (from ?? 0) + (stretchMs ?? 0) * (stretches?.length ?? 0);
      expect(end).toBeGreaterThan(late);
      expect(stretches?.length).toBeLessThanOrEqual(240);
    });
  });
}

const noBudget = { debit: () => undefined, credit: () => undefined };

/** By account, where somebody was tried, and over all time. */
function ofWhom(deliveries: Deliveries | undefined) {
  const { accounts = [], stretches = [] } = deliveries ?? {};
  return {
    accounts: accounts.filter(({ counts }) => attemptEnds.some((end) => counts[end] > 0)),
    all: forEachEnd((end) => stretches.reduce((sum, counts) => sum + counts[end], 0)),
  };
}

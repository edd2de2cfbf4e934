/** The promises of whatever looks at lists of leads. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LeadListRead, LeadReads } from "../../src/storage/ports/reads.ts";
import type { LeadLedger, LeadStore } from "../../src/storage/ports/leads.ts";

export interface LeadReadsHarness extends AsyncDisposable {
  /** Whoever collects. */
  readonly store: LeadStore;
  /** Looks beside them. */
  look(): Promise<LeadReads>;
}

const spring = { source: "x-followers", query: "spring" };
const lead = (id: number) => ({ id: String(id), username: `name_${id}`, details: { bio: "-" } });

const over = {
  list: "one",
  number: 1,
  targets: [spring],
  count: 5,
  delivered: 2,
  calls: 3,
  end: "targetReached",
  startedAt: 2,
  endedAt: 6,
} as const;

async function collected<T>(all: AsyncIterable<T> | undefined): Promise<T[]> {
  const found: T[] = [];
  for await (const one of all ?? []) found.push(one);
  return found;
}

/** One of two is delivered by then. */
async function begun(ledger: LeadLedger, at: number): Promise<void> {
  const targets = await ledger.join([spring], at);
  await ledger.note({ t: "request", targets, count: 1, at });
  await ledger.takePage({ target: 0, leads: [lead(1), lead(2)], rows: 2, next: "p2", at });
}

const summaryOf = async (read: LeadListRead | undefined) => {
  const state = await read?.state();
  return { size: state?.size, delivered: state?.delivered, targets: state?.targets.length };
};

export function leadReadsContract(adapter: string, create: () => Promise<LeadReadsHarness>): void {
  describe(`looking at lists of leads in ${adapter}`, () => {
    let harness: LeadReadsHarness;
    beforeEach(async () => void (harness = await create()));
    afterEach(() => harness[Symbol.asyncDispose]());

    test("a list that there is not stays none", async () => {
      const reads = await harness.look();
      expect(await reads.find("one")).toBeUndefined();
      expect([await reads.summaries(), await reads.finished()]).toEqual([[], []]);
    });

    test("a list is as it was when somebody looked, and each look sees what came since", async () => {
      const ledger = await harness.store.open("one");
      await begun(ledger, 3);
      const reads = await harness.look();
      const read = await reads.find("one");
      await ledger.takePage({ target: 0, cursor: "p2", leads: [lead(3)], rows: 1, at: 4 });
      expect(read?.list).toBe("one");
      expect(await summaryOf(read)).toEqual({ size: 2, delivered: 1, targets: 1 });
      expect(await read?.details()).toEqual(["bio"]);
      expect(await read?.spareFor([spring])).toBe(1);
      expect((await collected(read?.entries())).map(({ t }) => t)).toEqual(["target", "request", "page"]);
      expect((await collected(read?.delivered())).map(({ id }) => id)).toEqual(["1"]);
      expect(await summaryOf(await reads.find("one"))).toMatchObject({ size: 3 });
    });

    test("lists are told as whoever collects tells them, the one changed last first", async () => {
      for (const [name, at] of [
        ["one", 1],
        ["two", 5],
        ["three", 3],
      ] as const)
        await begun(await harness.store.open(name), at);
      await harness.store.finish(over);
      const reads = await harness.look();
      expect((await reads.summaries()).map(({ list }) => list)).toEqual(["two", "three", "one"]);
      expect(await reads.summaries()).toMatchObject(await harness.store.summaries());
      expect(await reads.finished()).toEqual([over]);
    });
  });
}

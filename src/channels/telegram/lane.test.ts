import fc from "fast-check";
import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { LaneRank } from "../../lib/pace/priority-lane.ts";
import { createTelegramLane } from "./lane.ts";

/** Calls of every kind, in bursts and one by one; some are not made after all, and each takes its time to leave. */
const arrivals = fc.array(
  fc.record({
    rank: fc.constantFrom<LaneRank>("operator", "departure", "answer", "campaign"),
    chat: fc.option(fc.integer({ min: 1, max: 60 }).map(String), { nil: undefined }),
    calls: fc.integer({ min: 1, max: 40 }),
    leavesAfterMs: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(1500)),
    isMade: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.boolean()),
    thenMs: fc.oneof(fc.constant(0), fc.nat(400), fc.nat(3000)),
  }),
  { maxLength: 30 },
);

test("never lets more than thirty arrive in any rolling second, however they come and vary on their way", async () => {
  await fc.assert(
    fc.asyncProperty(
      arrivals,
      fc.array(fc.nat(199), { minLength: 1, maxLength: 50 }),
      async (given, ways) => {
        const clock = createVirtualClock();
        const lane = createTelegramLane({ clock });
        const arrived: number[] = [];
        let open = 0;
        for (const { rank, chat, calls, leavesAfterMs, isMade, thenMs } of given) {
          for (let nth = 0; nth < calls; nth += 1) {
            open += 1;
            void lane.enter({ rank, ...(chat === undefined ? {} : { chat }) }).then(async (place) => {
              await clock.sleep(leavesAfterMs);
              open -= 1;
              if (place.kind !== "go") return;
              if (!isMade) return place.giveBack();
              place.left();
              arrived.push(clock.now() + (ways[arrived.length % ways.length] ?? 0));
            });
          }
          await clock.advance(thenMs);
        }
        await clock.runUntilIdle();
        expect(open).toBe(0);
        const moments = arrived.toSorted((a, b) => a - b);
        for (const [index, at] of moments.entries())
          if (index >= 30) expect(at - (moments[index - 30] ?? 0)).toBeGreaterThan(1000);
      },
    ),
    { numRuns: 60 },
  );
});

test("serves an operator within a moment while a campaign takes all there is", async () => {
  const clock = createVirtualClock();
  const lane = createTelegramLane({ clock });
  const left: string[] = [];
  const call = (name: string, rank: LaneRank): void => {
    void lane.enter({ rank, chat: name }).then((place) => {
      if (place.kind === "go") place.left();
      left.push(name);
    });
  };
  for (let index = 0; index < 300; index += 1) call(`c${index}`, "campaign");
  await clock.advance(5000);
  expect(left.length).toBeGreaterThan(120);
  call("boss", "operator");
  await clock.advance(41);
  expect(left).toContain("boss");
});

test("says when it is asked for an absurd silence", () => {
  const said: string[] = [];
  const lane = createTelegramLane({ clock: createVirtualClock(), warn: (text) => said.push(text) });
  lane.told({ rank: "operator", chat: "boss" }, 1_000_000_000);
  expect(said).toEqual([expect.stringContaining("1000000000 s")]);
});

interface Caller {
  readonly name: string;
  readonly rank: LaneRank;
}

/** Runs callers of distinct chats through the lane; who had been waiting already is told at each departure, in order. */
async function leaving(given: readonly (readonly Caller[])[], everyMs: number) {
  const clock = createVirtualClock();
  const lane = createTelegramLane({ clock });
  const waiting = new Map<Caller, number>();
  const left: { readonly at: number; readonly who: Caller; readonly others: readonly Caller[] }[] = [];
  for (const callers of given) {
    for (const who of callers) {
      waiting.set(who, clock.now());
      void lane.enter({ rank: who.rank, chat: who.name }).then((permit) => {
        if (permit.kind === "go") permit.left();
        waiting.delete(who);
        const at = clock.now();
        left.push({ at, who, others: [...waiting].filter(([, since]) => since < at).map(([one]) => one) });
      });
    }
    await clock.advance(everyMs);
  }
  await clock.runUntilIdle();
  return left;
}

const isAnswer = ({ rank }: Caller): boolean => rank === "answer" || rank === "departure";
const isCampaigns = ({ rank }: Caller): boolean => rank === "campaign";
const ranks = fc.array(fc.constantFrom<LaneRank>("operator", "departure", "answer", "campaign"), {
  maxLength: 60,
});

test("operators leave first, then answers and campaigns by turns, and who leaves is told before who comes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(ranks, { maxLength: 6 }), fc.nat(1500), async (given, everyMs) => {
      const callers = given.map((some, batch) => some.map((rank, at) => ({ name: `${batch}-${at}`, rank })));
      const left = await leaving(callers, everyMs);
      expect(left).toHaveLength(given.flat().length);
      const shared = left.filter(({ who }) => who.rank !== "operator");
      for (const { who, others } of shared) {
        expect(others.some(({ rank }) => rank === "operator")).toBe(false);
        if (who.rank === "answer") expect(others.some(({ rank }) => rank === "departure")).toBe(false);
      }
      for (const [index, { who }] of shared.slice(1).entries()) {
        const before = shared[index];
        if (before && before.others.some(isAnswer) && before.others.some(isCampaigns))
          expect(isCampaigns(who)).toBe(!isCampaigns(before.who));
      }
    }),
    { numRuns: 60 },
  );
});

const many = (rank: LaneRank, count: number): Caller[] =>
  Array.from({ length: count }, (_, index) => ({ name: `${rank}-${index}`, rank }));

test("a storm of newcomers leaves a campaign half of what Telegram takes, and is answered with the other half", async () => {
  const left = await leaving([[...many("answer", 2000), ...many("campaign", 1000)]], 0);
  const both = left.filter(({ others }) => others.some(isAnswer) && others.some(isCampaigns));
  const took = both.filter(({ who }) => isCampaigns(who)).length;
  expect(took / both.length).toBeCloseTo(0.5, 2);
  const seconds = ((both.at(-1)?.at ?? 0) - (both[0]?.at ?? 0)) / 1000;
  expect(both.length / seconds).toBeCloseTo(25, 0);
});

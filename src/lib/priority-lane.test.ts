import fc from "fast-check";
import { expect, test } from "vitest";
import type { VirtualClock } from "../../tests/support/virtual-clock.ts";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import type { LanePass, LaneRank } from "./priority-lane.ts";
import { PriorityLane } from "./priority-lane.ts";

interface Bench {
  readonly clock: VirtualClock;
  readonly lane: PriorityLane;
  /** Who left, in order, with the moment since the start. */
  readonly left: { readonly name: string; readonly at: number }[];
  /** Sends a call into the lane under a name. */
  readonly call: (name: string, pass: LanePass) => void;
}

function openLane(limits: Partial<ConstructorParameters<typeof PriorityLane>[0]> = {}): Bench {
  const clock = createVirtualClock();
  const start = clock.now();
  const overall = { perSecond: 10, burst: 2 };
  const lane = new PriorityLane({ clock, overall, perChat: { perSecond: 1, burst: 1 }, ...limits });
  const left: Bench["left"] = [];
  const call: Bench["call"] = (name, pass) => {
    void lane.enter(pass).then(({ kind }) => kind === "go" && left.push({ name, at: clock.now() - start }));
  };
  return { clock, lane, left, call };
}

const campaign = (chat: string): LanePass => ({ rank: "campaign", chat });

test("lets a burst go at once and the rest at the rate over all", async () => {
  const { clock, left, call } = openLane();
  for (const name of ["a", "b", "c", "d"]) call(name, campaign(name));
  await clock.runUntilIdle();
  expect(left.map(({ at }) => at)).toEqual([0, 0, 100, 200]);
});

test("keeps one chat to its own rate without holding the others up", async () => {
  const { clock, left, call } = openLane();
  call("a1", campaign("a"));
  call("a2", campaign("a"));
  call("b", campaign("b"));
  await clock.runUntilIdle();
  expect(left).toEqual([
    { name: "a1", at: 0 },
    { name: "b", at: 0 },
    { name: "a2", at: 1000 },
  ]);
});

test("lets the operator go before everybody who waits, and answers before campaigns", async () => {
  const { clock, left, call } = openLane();
  for (let index = 0; index < 20; index += 1) call(`c${index}`, campaign(String(index)));
  call("answer", { rank: "answer", chat: "stranger" });
  call("operator", { rank: "operator", chat: "boss" });
  await clock.runUntilIdle();
  expect(left.map(({ name }) => name).slice(0, 6)).toEqual(["c0", "c1", "operator", "answer", "c2", "c3"]);
  expect(left).toHaveLength(22);
});

test("does not let an operator who waits for their own chat hold up a campaign", async () => {
  const { clock, left, call } = openLane();
  call("o1", { rank: "operator", chat: "boss" });
  call("o2", { rank: "operator", chat: "boss" });
  call("c", campaign("c"));
  await clock.runUntilIdle();
  expect(left.map(({ name }) => name)).toEqual(["o1", "c", "o2"]);
});

test("lets nobody go during a pause, and turns back who asked for that", async () => {
  const { clock, lane, left, call } = openLane();
  const until = clock.now() + 5000;
  lane.pause(until);
  lane.pause(until - 1000);
  call("operator", { rank: "operator" });
  expect(await lane.enter({ rank: "campaign", turnsBack: true })).toEqual({ kind: "paused", until });
  await clock.runUntilIdle();
  expect(left).toEqual([{ name: "operator", at: 5000 }]);
});

test("turns back who waits already when a pause begins", async () => {
  const { clock, lane } = openLane();
  for (const chat of ["a", "b"]) await lane.enter(campaign(chat));
  const waiting = lane.enter({ rank: "campaign", chat: "c", turnsBack: true });
  const until = clock.now() + 3000;
  lane.pause(until);
  expect(await waiting).toEqual({ kind: "paused", until });
  expect(lane.pausedUntil).toBe(until);
});

test("gives a place back when the caller stops waiting", async () => {
  const { clock, lane, left, call } = openLane();
  for (const chat of ["a", "b"]) await lane.enter(campaign(chat));
  const stop = new AbortController();
  const stopped = lane.enter(campaign("c"), stop.signal);
  call("d", campaign("d"));
  stop.abort(new Error("no more"));
  await expect(stopped).rejects.toThrow("no more");
  await clock.runUntilIdle();
  expect(left).toEqual([{ name: "d", at: 100 }]);
  await expect(lane.enter(campaign("e"), AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
});

test("is never faster than its limits, whoever calls when", async () => {
  const rank = fc.constantFrom<LaneRank>("operator", "answer", "campaign");
  const calls = fc.array(fc.record({ rank, chat: fc.constantFrom("a", "b", "c"), afterMs: fc.nat(300) }), {
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(calls, async (given) => {
      const { clock, left, call } = openLane();
      for (const { afterMs, ...pass } of given) {
        call(pass.chat, pass);
        await clock.advance(afterMs);
      }
      await clock.runUntilIdle();
      expect(left).toHaveLength(given.length);
      expectWithin(
        left.map(({ at }) => at),
        { perSecond: 10, burst: 2 },
      );
      for (const chat of ["a", "b", "c"])
        expectWithin(
          left.filter(({ name }) => name === chat).map(({ at }) => at),
          { perSecond: 1, burst: 1 },
        );
    }),
    { numRuns: 50 },
  );
});

/** In any stretch of time no more than the burst and what came in meanwhile. */
function expectWithin(
  moments: readonly number[],
  { perSecond, burst }: { readonly perSecond: number; readonly burst: number },
): void {
  moments.forEach((from, first) =>
    moments.slice(first).forEach((to, index) => {
      expect(index + 1).toBeLessThanOrEqual(burst + ((to - from) / 1000) * perSecond + 1e-6);
    }),
  );
}

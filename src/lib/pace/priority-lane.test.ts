import fc from "fast-check";
import { expect, test } from "vitest";
import type { VirtualClock } from "../../../tests/support/virtual-clock.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { Clock } from "../clock.ts";
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
  const overall = { count: 10, windowMs: 1000 };
  const others = { perSecond: 10, burst: 2 };
  const lane = new PriorityLane({
    clock,
    overall,
    others,
    perChat: { perSecond: 1, burst: 1 },
    ...limits,
  });
  const left: Bench["left"] = [];
  const call: Bench["call"] = (name, pass) => {
    void lane.enter(pass).then((answer) => {
      if (answer.kind !== "go") return;
      answer.left();
      left.push({ name, at: clock.now() - start });
    });
  };
  return { clock, lane, left, call };
}

const campaign = (chat: string): LanePass => ({ rank: "campaign", chat });

test("lets a campaign go evenly, so that there is room for others at any moment", async () => {
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

test("lets the operator go before everybody who waits, and answers and campaigns by turns", async () => {
  const { clock, left, call } = openLane({ overall: { count: 2, windowMs: 1000 } });
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
  expect(await lane.enter({ rank: "campaign", turnsBack: true })).toEqual({
    kind: "paused",
    until,
    scope: "all",
  });
  await clock.runUntilIdle();
  expect(left).toEqual([{ name: "operator", at: 5000 }]);
});

test("turns back who waits already when a pause begins", async () => {
  const { clock, lane } = openLane();
  for (const chat of ["a", "b"]) await lane.enter(campaign(chat));
  const waiting = lane.enter({ rank: "campaign", chat: "c", turnsBack: true });
  const until = clock.now() + 3000;
  lane.pause(until);
  expect(await waiting).toMatchObject({ kind: "paused", until });
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

test("gives the place of a call that was not made to the next one", async () => {
  const { clock, lane, left, call } = openLane({ overall: { count: 1, windowMs: 1000 } });
  const place = await lane.enter({ rank: "operator", chat: "boss" });
  call("answer", { rank: "answer", chat: "a" });
  await clock.advance(5000);
  expect(left).toEqual([]);
  if (place.kind === "go") place.giveBack();
  await clock.runUntilIdle();
  expect(left).toEqual([{ name: "answer", at: 5000 }]);
});

test("forgets a clock that ran ahead: nobody waits for longer than the window", async () => {
  let ahead = 3_600_000;
  const { clock: virtual } = openLane();
  const clock: Clock = { now: () => virtual.now() + ahead, sleep: (ms, signal) => virtual.sleep(ms, signal) };
  const overall = { count: 1, windowMs: 1000 };
  const quick = { perSecond: 1000, burst: 1000 };
  const lane = new PriorityLane({ clock, overall, others: quick, perChat: quick });
  const go = async (): Promise<void> => {
    const place = await lane.enter({ rank: "operator" });
    if (place.kind === "go") place.left();
  };
  await go();
  ahead = 0;
  let isThrough = false;
  void go().then(() => (isThrough = true));
  await virtual.advance(1100);
  expect(isThrough).toBe(true);
});

test("a chat that was told it is too fast waits alone", async () => {
  const { clock, lane, left, call } = openLane();
  const boss: LanePass = { rank: "operator", chat: "boss" };
  expect(lane.told(boss, 300)).toMatchObject({ scope: "chat", isAbsurd: false });
  call("operator", boss);
  call("campaign", campaign("a"));
  await clock.runUntilIdle();
  expect(left).toEqual([
    { name: "campaign", at: 0 },
    { name: "operator", at: 301_000 },
  ]);
});

test("everybody waits when a chat is told that nobody had written to lately", async () => {
  const { clock, lane, left, call } = openLane();
  call("first", campaign("a"));
  await clock.advance(10);
  expect(lane.told(campaign("a"), 5)).toMatchObject({ scope: "all" });
  call("operator", { rank: "operator", chat: "boss" });
  await clock.runUntilIdle();
  expect(left.map(({ at }) => at)).toEqual([0, 6010]);
});

test("a campaign's own chat is to blame when it was written to a moment ago", async () => {
  const { clock, lane, call } = openLane({ perChat: { perSecond: 1, burst: 15 } });
  for (const name of ["answer 1", "answer 2", "answer 3"]) call(name, { rank: "answer", chat: "a" });
  call("campaign", campaign("a"));
  await clock.advance(1);
  expect(lane.told(campaign("a"), 5)).toMatchObject({ scope: "chat" });
  const turned = await lane.enter({ ...campaign("a"), turnsBack: true });
  expect(turned).toEqual({ kind: "paused", until: clock.now() + 6000, scope: "chat" });
});

test("everybody waits when several chats are told within a moment, and only until the first may write again", async () => {
  const { clock, lane } = openLane();
  const verdicts = [];
  for (const [chat, seconds] of [
    ["a", 30],
    ["a", 31],
    ["b", 9],
    ["c", 20],
  ] as const) {
    verdicts.push(lane.told({ rank: "operator", chat }, seconds).scope);
    await clock.advance(500);
  }
  expect(verdicts).toEqual(["chat", "chat", "chat", "all"]);
  expect(lane.pausedUntil - clock.now()).toBe(9000);
});

test("chats that are told minutes apart are each too fast by themselves", async () => {
  const { clock, lane } = openLane();
  for (const chat of ["a", "b", "c", "d", "e"]) {
    expect(lane.told({ rank: "operator", chat }, 300)).toMatchObject({ scope: "chat" });
    await clock.advance(60_000);
  }
});

test.each([1e9, 1e300, Infinity, NaN, 86_400])(
  "does not believe a silence of %d seconds, and says so",
  async (seconds) => {
    const absurd: number[] = [];
    const { clock, lane } = openLane({ onAbsurd: (asked) => absurd.push(asked) });
    const told = lane.told({ rank: "operator", chat: "boss" }, seconds);
    expect(told).toEqual({ scope: "chat", until: clock.now() + 86_400_000, isAbsurd: true });
    expect(absurd).toEqual([seconds]);
  },
);

test.each([0, -5])("waits a second when told to wait %d", (seconds) => {
  const { clock, lane } = openLane();
  expect(lane.told({ rank: "operator" }, seconds)).toMatchObject({ until: clock.now() + 1000 });
});

test("is never faster than its limits, whoever calls when", async () => {
  const rank = fc.constantFrom<LaneRank>("operator", "departure", "answer", "campaign");
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
      const moments = left.map(({ at }) => at);
      for (const at of moments)
        expect(moments.filter((one) => one >= at && one < at + 1000).length).toBeLessThanOrEqual(10);
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

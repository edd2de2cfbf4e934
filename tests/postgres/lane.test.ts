/** Telegram's thirty a second hold over all processes that use one token. */
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createTelegramLane, laneLimit } from "../../src/channels/telegram/lane.ts";
import type { LaneRank } from "../../src/lib/pace/priority-lane.ts";
import type { PlaceSource } from "../../src/lib/pace/shared-places.ts";
import { USABLE_MS } from "../../src/lib/pace/shared-places.ts";
import { createPlaceSource } from "../../src/storage/postgres/lanes/place-source.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const opened = databaseOfFile();

/** Each has a clock of its own. */
let tokens = 0;

/** Two processes with a lane each, on pools of their own; who left when is kept. */
async function twoLanes() {
  const here = await opened();
  const clock = createVirtualClock();
  const token = ++tokens;
  const asking = { now: 0, isAway: false };
  const counted = <A extends unknown[], R>(ask: (...given: A) => Promise<R>) =>
    async function (...given: A): Promise<R> {
      here.time.at = clock.now();
      if (asking.isAway) throw new Error("the database is away");
      asking.now++;
      return ask(...given).finally(() => asking.now--);
    };
  const left: { readonly rank: LaneRank; readonly at: number }[] = [];
  const lanes = [here.open(), here.open()].map((pool) => {
    const source = createPlaceSource(pool, `telegram/${token}`, laneLimit(false));
    const places: PlaceSource = {
      take: counted((wanted, isUrgent) => source.take(wanted, isUrgent)),
      report: counted((reported) => source.report(reported)),
      pause: counted((ms) => source.pause(ms)),
    };
    return createTelegramLane({ clock, places });
  });
  const state = { waiting: 0 };
  const call = (process: number, rank: LaneRank, chat: string, leavesAfterMs = 0): void => {
    state.waiting++;
    void lanes[process]?.enter({ rank, chat }).then(async (place) => {
      if (place.kind !== "go") return;
      await clock.sleep(leavesAfterMs);
      place.left();
      left.push({ rank, at: clock.now() });
      state.waiting--;
    });
  };
  const pass = async (ms: number): Promise<void> => {
    for (let gone = 0; gone < ms; gone += 10) {
      await clock.advance(10);
      while (asking.now > 0) await turn();
    }
  };
  const passAll = async (): Promise<void> => {
    for (let times = 0; state.waiting > 0 && times < 2000; times++) await pass(10);
  };
  return { clock, lanes, left, call, pass, passAll, state, asking };
}

test("never do two processes together send more than thirty in Telegram's second, whoever calls when", async () => {
  const calls = fc.array(
    fc.record({
      process: fc.nat(1),
      rank: fc.constantFrom<LaneRank>("operator", "answer", "campaign", "campaign"),
      times: fc.integer({ min: 1, max: 25 }),
      leavesAfterMs: fc.nat(150),
      afterMs: fc.nat(400),
    }),
    { minLength: 2, maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(calls, async (given) => {
      const { left, call, pass, passAll, state } = await twoLanes();
      let chat = 0;
      for (const { process, rank, times, leavesAfterMs, afterMs } of given) {
        for (let one = 0; one < times; one++) call(process, rank, String(chat++), leavesAfterMs);
        await pass(afterMs);
      }
      await passAll();
      expect(state.waiting).toBe(0);
      for (const { at } of left)
        expect(left.filter((one) => one.at >= at && one.at < at + 1200).length).toBeLessThanOrEqual(30);
    }),
    { numRuns: 4 },
  );
});

test("nor do they when the database is away for a while, or for a moment: what campaigns leave is shared by whoever must speak", async () => {
  for (const awayMs of [10, 700, 5000]) {
    const { left, call, pass, passAll, state, asking } = await twoLanes();
    for (let one = 0; one < 100; one++) {
      call(0, "campaign", `c${one}`, 40);
      call(1, one % 10 === 0 ? "operator" : "answer", `a${one}`, 40);
    }
    await pass(600);
    asking.isAway = true;
    await pass(awayMs);
    asking.isAway = false;
    const before = left.length;
    await pass(3000);
    expect(left.length).toBeGreaterThan(before + 20);
    await passAll();
    expect(state.waiting).toBe(0);
    for (const { at } of left)
      expect(left.filter((one) => one.at >= at && one.at < at + 1200).length).toBeLessThanOrEqual(30);
  }
});

test("while the database is away the chat speaks, and no campaign does", async () => {
  const { left, call, pass, asking } = await twoLanes();
  asking.isAway = true;
  for (let one = 0; one < 30; one++) {
    call(0, "campaign", `c${one}`);
    call(1, "answer", `a${one}`);
  }
  await pass(6000);
  expect(left.filter(({ rank }) => rank === "campaign")).toEqual([]);
  expect(left.length).toBeGreaterThan(10);
});

test("an operator finds a place though another process sends as fast as it may, and a silence binds both", async () => {
  const { clock, lanes, left, call, pass } = await twoLanes();
  for (let one = 0; one < 200; one++) call(0, "campaign", `c${one}`);
  await pass(3000);
  const before = left.length;
  expect(before).toBeGreaterThan(50);
  const calledAt = clock.now();
  call(1, "operator", "boss");
  await pass(200);
  expect((left.find(({ rank }) => rank === "operator")?.at ?? Infinity) - calledAt).toBeLessThan(200);
  lanes[1]?.told({ rank: "operator", chat: "a" }, 5);
  lanes[1]?.told({ rank: "operator", chat: "b" }, 5);
  lanes[1]?.told({ rank: "operator", chat: "c" }, 5);
  await pass(400);
  const silent = left.length;
  await pass(4000);
  expect(left.length).toBe(silent);
  await pass(3000);
  expect(left.length).toBeGreaterThan(silent + 20);
});

test("a place of which nothing is said counts while it may be used, and as long as the limit looks back after that", async () => {
  const here = await opened();
  here.time.at = 0;
  const source = createPlaceSource(here.open(), "silent", { count: 2, windowMs: 1000 });
  expect((await source.take(2, true)).ids).toHaveLength(2);
  here.time.at = USABLE_MS + 999;
  expect(await source.take(1, true)).toEqual({ ids: [], inMs: 1 });
  here.time.at++;
  expect((await source.take(1, true)).ids).toHaveLength(1);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { Clock } from "../clock.ts";
import type { LaneRank } from "./priority-lane.ts";
import { PriorityLane } from "./priority-lane.ts";
import type { PlaceSource } from "./shared-places.ts";

const limit = { count: 12, windowMs: 1000 };

/** What the source says when it is asked: places, when to ask again, or nothing. */
const answers = fc.oneof(
  fc.record({ ids: fc.constantFrom(0, 0, 1, 3), inMs: fc.nat(120) }),
  fc.constant("away" as const),
);

const calls = fc.array(
  fc.record({ rank: fc.constantFrom<LaneRank>("operator", "answer", "campaign"), afterMs: fc.nat(300) }),
  { minLength: 1, maxLength: 12 },
);

/** Wakes whoever sleeps for some ms a little before the time, as timers may. */
function hasty(clock: Clock, byMs: number): Clock {
  return {
    now: () => clock.now(),
    sleep: (ms, signal) => clock.sleep(Math.max(Math.min(ms, 1), ms - byMs), signal),
  };
}

test("whoever waits for a place goes in the end, also where timers wake the lane before the moment is there", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(answers, { maxLength: 12 }), calls, fc.nat(3), async (given, made, byMs) => {
      const clock = createVirtualClock();
      const rest = [...given];
      let place = 0;
      const source: PlaceSource = {
        async take() {
          const answer = rest.shift() ?? { ids: 2, inMs: 0 };
          if (answer === "away") throw new Error("the database is away");
          return { ids: Array.from({ length: answer.ids }, () => ++place), inMs: answer.inMs };
        },
        report: async () => undefined,
        pause: async () => undefined,
      };
      const lane = new PriorityLane({
        clock: hasty(clock, byMs),
        overall: limit,
        others: { perSecond: 10, burst: 2 },
        perChat: { perSecond: 1, burst: 1 },
        places: source,
      });
      let waiting = 0;
      for (const [chat, { rank, afterMs }] of made.entries()) {
        waiting++;
        void lane.enter({ rank, chat: String(chat) }).then((answer) => {
          if (answer.kind === "go") answer.left();
          waiting--;
        });
        await clock.advance(afterMs);
      }
      await clock.advance(60_000);
      expect(waiting).toBe(0);
    }),
    { numRuns: 60 },
  );
});

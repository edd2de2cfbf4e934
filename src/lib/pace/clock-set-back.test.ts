import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { LanePass } from "./priority-lane.ts";
import { PriorityLane } from "./priority-lane.ts";
import type { PlacesTaken } from "./shared-places.ts";

const answer: LanePass = { rank: "answer", chat: "a" };
const campaign: LanePass = { rank: "campaign", chat: "a" };

/** A lane whose clock can be set back, over places that are given out as the function says when it is asked first. */
function openLane(first: () => PlacesTaken = () => ({ ids: [1] })) {
  const virtual = createVirtualClock();
  let backMs = 0;
  const clock = { ...virtual, now: () => virtual.now() - backMs, sleep: virtual.sleep.bind(virtual) };
  let asked = 0;
  const lane = new PriorityLane({
    clock,
    overall: { count: 12, windowMs: 1000 },
    others: { perSecond: 10, burst: 2 },
    perChat: { perSecond: 1, burst: 1 },
    places: {
      take: async () => (++asked === 1 ? first() : { ids: [100 + asked] }),
      report: async () => undefined,
      pause: async () => undefined,
    },
  });
  return {
    lane,
    clock,
    setBack: (ms: number) => void (backMs += ms),
    asked: () => asked,
    advance: (ms: number) => virtual.advance(ms),
  };
}

type Lane = ReturnType<typeof openLane>;
const away = (): never => {
  throw new Error("the database is away");
};

test.each<[string, LanePass, () => Lane, (opened: Lane) => unknown]>([
  ["for all of them to be silent", answer, openLane, ({ lane, clock }) => lane.pause(clock.now() + 2000)],
  ["for one chat to be silent", answer, openLane, ({ lane }) => lane.told(answer, 1)],
  ["to be asked again later", answer, () => openLane(() => ({ ids: [], inMs: 2000 })), () => undefined],
  ["nothing, for it is away", campaign, () => openLane(away), () => undefined],
])("a clock that is set back keeps nobody waiting where the service asked %s", async (_, pass, open, ask) => {
  const opened = open();
  ask(opened);
  let isGone = false;
  void opened.lane.enter(pass).then((one) => {
    if (one.kind === "go") one.left();
    isGone = true;
  });
  await opened.advance(100);
  expect(isGone).toBe(false);
  opened.setBack(3_600_000);
  await opened.advance(6000);
  expect(isGone).toBe(true);
});

test("a place that was given out before the clock was set back is used no longer than it is counted on", async () => {
  const opened = openLane(() => ({ ids: [1, 2, 3] }));
  const go = async () => {
    const place = await opened.lane.enter({ rank: "operator" });
    if (place.kind === "go") place.left();
  };
  await go();
  opened.setBack(3_600_000);
  await opened.advance(10_000);
  await go();
  expect(opened.asked()).toBe(2);
});

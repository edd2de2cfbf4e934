import { expect, test } from "vitest";
import { createStopTest, defaultStopWords } from "../../domain/people/stop-words.ts";
import { createMemorySubscribers } from "../../../tests/support/memory-subscribers.ts";
import type { SubscriberDesk } from "./subscribers.ts";
import { createSubscriberDesk, subscriberList } from "./subscribers.ts";

const person = (id: number, username = `person_${id}`) => ({ id, username, firstName: `P${id}` });

function openDesk(): { desk: SubscriberDesk; subscribers: ReturnType<typeof createMemorySubscribers> } {
  const subscribers = createMemorySubscribers();
  const isStop = createStopTest(defaultStopWords);
  return { subscribers, desk: createSubscriberDesk({ subscribers, clock: { now: () => 1000 }, isStop }) };
}

async function namesIn(subscribers: ReturnType<typeof createMemorySubscribers>, source?: string) {
  const list = subscriberList(subscribers, source);
  const rows = [];
  for await (const batch of list.rows) rows.push(...batch);
  return rows.map((row) => [list.nameOf(row), ...list.valuesOf(row)]);
}

test("tells a new subscriber from one who comes back and one who is there already", async () => {
  const { desk } = openDesk();
  expect(await desk.subscribe(person(1))).toBe("new");
  expect(await desk.subscribe(person(1))).toBe("again");
  expect(await desk.leave(1, "stopped")).toBe(true);
  expect(await desk.leave(1, "stopped")).toBe(false);
  expect(await desk.leave(99, "stopped")).toBe(false);
  expect(await desk.subscribe(person(1))).toBe("back");
});

test("lets nobody back in by lifting a block", async () => {
  const { desk } = openDesk();
  await desk.subscribe(person(1));
  await desk.leave(1, "blocked");
  await desk.seen(person(1, "renamed"));
  expect([desk.isSubscribed(1), desk.count()]).toEqual([false, 0]);
});

test("counts by source only those who are subscribed now", async () => {
  const { desk } = openDesk();
  await desk.subscribe(person(1), "poster");
  await desk.subscribe(person(2), "shop");
  await desk.subscribe(person(3), "shop");
  await desk.subscribe(person(4), "poster");
  await desk.subscribe(person(5));
  await desk.leave(1, "stopped");
  expect(desk.count()).toBe(4);
  expect(desk.count("shop")).toBe(2);
  expect(desk.bySource()).toEqual([
    { source: "shop", count: 2 },
    { source: "poster", count: 1 },
  ]);
});

test("makes a list of those who are subscribed now, under the names they have now", async () => {
  const { desk, subscribers } = openDesk();
  await desk.subscribe(person(1), "shop");
  await desk.subscribe({ id: 2, firstName: "No Name" }, "shop");
  await desk.subscribe(person(3));
  await desk.leave(3, "stopped");
  await desk.seen(person(1, "renamed"));
  await desk.seen(person(77));
  expect(await namesIn(subscribers)).toEqual([
    ["renamed", "P1"],
    ["id2", "No Name"],
  ]);
  expect(await namesIn(subscribers, "nowhere")).toEqual([]);
});

test("knows a stop word without a slash for what it is", () => {
  const { desk } = openDesk();
  expect(["stop", "لغو!", "when does the shop open?"].map((text) => desk.isStop(text))).toEqual([
    true,
    true,
    false,
  ]);
});

test("a departure binds at the call, and keeping it again ends no newer subscription", async () => {
  const { desk } = openDesk();
  await desk.subscribe(person(1));
  const leaving = desk.leave(1, "stopped");
  expect(desk.isSubscribed(1)).toBe(false);
  expect(await leaving).toBe(true);
  await desk.subscribe(person(1));
  await desk.keep(1);
  await desk.keep(77);
  expect([desk.isSubscribed(1), desk.isSubscribed(77)]).toEqual([true, false]);
});

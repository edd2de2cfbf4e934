import { expect, test } from "vitest";
import { createStopTest, defaultStopWords } from "../domain/stop-words.ts";
import { createMemorySubscribers } from "../../tests/support/memory-subscribers.ts";
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
  expect(await desk.stop(1)).toBe(true);
  expect(await desk.stop(1)).toBe(false);
  expect(await desk.stop(99)).toBe(false);
  expect(await desk.subscribe(person(1))).toBe("back");
});

test("lets nobody back in by lifting a block", async () => {
  const { desk } = openDesk();
  await desk.subscribe(person(1));
  await desk.blocked(1);
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
  await desk.stop(1);
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
  await desk.stop(3);
  await desk.seen(person(1, "renamed"));
  await desk.seen(person(77));
  expect(await namesIn(subscribers)).toEqual([
    ["renamed", "P1"],
    ["id2", "No Name"],
  ]);
  expect(await namesIn(subscribers, "nowhere")).toEqual([]);
});

test("takes a stop word without a slash for what it is, of those who are subscribed", async () => {
  const { desk } = openDesk();
  expect(await desk.wrote(1, "stop")).toBe(false);
  await desk.subscribe(person(1));
  expect(await desk.wrote(1, "when does the shop open?")).toBe(false);
  expect(await desk.wrote(1, "لغو!")).toBe(true);
  expect([desk.isSubscribed(1), await desk.wrote(1, "stop")]).toEqual([false, false]);
});

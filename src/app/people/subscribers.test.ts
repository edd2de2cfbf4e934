import { expect, test } from "vitest";
import { createStopTest, defaultStopWords } from "../../domain/people/stop-words.ts";
import { createMemorySubscribers } from "../../../tests/support/memory-subscribers.ts";
import type { Subscribers } from "./subscribers.ts";
import { createSubscribers, subscriberList } from "./subscribers.ts";

const person = (id: number, username = `person_${id}`) => ({ id, username, firstName: `P${id}` });

function openSubscribers(): { people: Subscribers; subscribers: ReturnType<typeof createMemorySubscribers> } {
  const subscribers = createMemorySubscribers();
  const isStop = createStopTest(defaultStopWords);
  return { subscribers, people: createSubscribers({ subscribers, clock: { now: () => 1000 }, isStop }) };
}

async function namesIn(subscribers: ReturnType<typeof createMemorySubscribers>, source?: string) {
  const list = await subscriberList(subscribers, source);
  const rows = [];
  for await (const batch of list.rows) rows.push(...batch);
  return rows.map((row) => [list.nameOf(row), ...list.valuesOf(row)]);
}

test("tells a new subscriber from one who comes back and one who is there already", async () => {
  const { people } = openSubscribers();
  expect(await people.subscribe(person(1))).toBe("new");
  expect(await people.subscribe(person(1))).toBe("again");
  expect(await people.leave(1, "stopped")).toBe(true);
  expect(await people.leave(1, "stopped")).toBe(false);
  expect(await people.leave(99, "stopped")).toBe(false);
  expect(await people.subscribe(person(1))).toBe("back");
});

test("lets nobody back in by lifting a block", async () => {
  const { people } = openSubscribers();
  await people.subscribe(person(1));
  await people.leave(1, "blocked");
  await people.seen(person(1, "renamed"));
  expect([await people.isSubscribed(1), await people.count()]).toEqual([false, 0]);
});

test("counts by source only those who are subscribed now", async () => {
  const { people } = openSubscribers();
  await people.subscribe(person(1), "poster");
  await people.subscribe(person(2), "shop");
  await people.subscribe(person(3), "shop");
  await people.subscribe(person(4), "poster");
  await people.subscribe(person(5));
  await people.leave(1, "stopped");
  expect(await people.count()).toBe(4);
  expect(await people.count("shop")).toBe(2);
  expect(await people.bySource()).toEqual([
    { source: "shop", count: 2 },
    { source: "poster", count: 1 },
  ]);
});

test("makes a list of those who are subscribed now, under the names they have now", async () => {
  const { people, subscribers } = openSubscribers();
  await people.subscribe(person(1), "shop");
  await people.subscribe({ id: 2, firstName: "No Name" }, "shop");
  await people.subscribe(person(3));
  await people.leave(3, "stopped");
  await people.seen(person(1, "renamed"));
  await people.seen(person(77));
  expect(await namesIn(subscribers)).toEqual([
    ["renamed", "P1"],
    ["id2", "No Name"],
  ]);
  expect(await namesIn(subscribers, "nowhere")).toEqual([]);
});

test("knows a stop word without a slash for what it is", () => {
  const { people } = openSubscribers();
  expect(["stop", "لغو!", "when does the shop open?"].map((text) => people.isStop(text))).toEqual([
    true,
    true,
    false,
  ]);
});

test("a departure binds at the call, and keeping it again ends no newer subscription", async () => {
  const { people } = openSubscribers();
  await people.subscribe(person(1));
  const leaving = people.leave(1, "stopped");
  expect(await people.isSubscribed(1)).toBe(false);
  expect(await leaving).toBe(true);
  await people.subscribe(person(1));
  await people.keep(1);
  await people.keep(77);
  expect([await people.isSubscribed(1), await people.isSubscribed(77)]).toEqual([true, false]);
});

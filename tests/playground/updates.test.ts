/** Long polling as the real server does it: nothing is lost before it was confirmed. */
import { expect, test } from "vitest";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { open, poll, sara } from "./open-playground.ts";

const texts = (updates: Awaited<ReturnType<typeof poll>>): unknown[] =>
  updates.map((one) => one.message?.text);

test("gives an update again until a higher offset confirms it", async () => {
  const playground = await open();
  for (const text of ["a", "b", "c"]) playground.world.sendText(sara.id, text);
  const first = await poll(playground, { limit: 2 });
  expect(texts(first)).toEqual(["a", "b"]);
  expect(texts(await poll(playground))).toEqual(["a", "b", "c"]);
  const offset = (first[1]?.update_id ?? 0) + 1;
  expect(texts(await poll(playground, { offset }))).toEqual(["c"]);
  expect(texts(await poll(playground))).toEqual(["c"]);
});

test("a world that is begun anew gives no update a number that a busy one before it had", async () => {
  const clock = createVirtualClock();
  const before = await open({ clock });
  for (let count = 0; count < 20; count += 1) before.world.sendText(sara.id, "a");
  const last = (await poll(before)).at(-1)?.update_id ?? Infinity;
  await clock.advance(5000);
  const after = await open({ clock });
  after.world.sendText(sara.id, "b");
  expect((await poll(after))[0]?.update_id).toBeGreaterThan(last);
});

test("a negative offset forgets all but the last ones", async () => {
  const playground = await open();
  for (const text of ["a", "b", "c"]) playground.world.sendText(sara.id, text);
  expect(texts(await poll(playground, { offset: -1 }))).toEqual(["c"]);
  expect(texts(await poll(playground))).toEqual(["c"]);
});

test("a waiting poll answers as soon as something comes", async () => {
  const playground = await open();
  const waiting = poll(playground, { timeout: 50 });
  playground.world.sendText(sara.id, "now");
  expect(texts(await waiting)).toEqual(["now"]);
});

test("a waiting poll answers with nothing when its time is over", async () => {
  const clock = createVirtualClock(1_700_000_000_000);
  const playground = await open({ clock });
  const waiting = poll(playground, { timeout: 30 });
  await expect.poll(() => clock.pending).toBe(1);
  await clock.advance(30_000);
  expect(await waiting).toEqual([]);
});

test("kinds the bot did not ask for are not queued", async () => {
  const playground = await open();
  await poll(playground, { allowed_updates: ["callback_query"] });
  playground.world.sendText(sara.id, "unheard");
  void playground.world.press(sara.id, 1, "pressed");
  const updates = await poll(playground);
  expect(updates).toHaveLength(1);
  expect(updates[0]).toMatchObject({ callback_query: { data: "pressed", message: { text: "unheard" } } });
});

test("a text too long for one message arrives as several, as Telegram's apps send it", async () => {
  const playground = await open();
  const names = Array.from({ length: 1000 }, (_, index) => `@member_${index}`);
  playground.world.sendText(sara.id, names.join("\n"));
  const received = texts(await poll(playground)).map(String);
  expect(received.length).toBeGreaterThan(1);
  expect(received.flatMap((text) => text.split("\n"))).toEqual(names);
});

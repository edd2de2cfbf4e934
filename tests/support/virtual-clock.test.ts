import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createVirtualClock } from "./virtual-clock.ts";

test("stands still until it is moved", async () => {
  const clock = createVirtualClock(1_000);
  let woken = false;
  void clock.sleep(1).then(() => (woken = true));
  await clock.advance(0);
  expect([clock.now(), woken, clock.pending]).toEqual([1_000, false, 1]);
  await clock.advance(1);
  expect([clock.now(), woken, clock.pending]).toEqual([1_001, true, 0]);
});

test("wakes sleepers in order of time, then of lying down, each at its own moment", async () => {
  const clock = createVirtualClock(0);
  const seen: string[] = [];
  const lie = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms);
    seen.push(`${name}@${clock.now()}`);
  };
  void Promise.all([lie("c", 20), lie("a", 10), lie("b", 10), lie("now", 0)]);
  await clock.advance(15);
  expect(seen).toEqual(["now@0", "a@10", "b@10"]);
  expect(clock.now()).toBe(15);
  await clock.advance(5);
  expect(seen.at(-1)).toBe("c@20");
});

test("wakes those who lie down again on the way", async () => {
  const clock = createVirtualClock(0);
  const ticks: number[] = [];
  const tick = async (): Promise<void> => {
    for (let count = 0; count < 3; count += 1) {
      await clock.sleep(10);
      ticks.push(clock.now());
    }
  };
  void tick();
  await clock.advance(100);
  expect(ticks).toEqual([10, 20, 30]);
});

test("rejects an aborted sleeper with the signal's reason and forgets it", async () => {
  const clock = createVirtualClock();
  const controller = new AbortController();
  const reason = new Error("enough");
  const sleep = clock.sleep(1_000, controller.signal);
  controller.abort(reason);
  await expect(sleep).rejects.toBe(reason);
  expect(clock.pending).toBe(0);
  await expect(clock.sleep(1, controller.signal)).rejects.toBe(reason);
  expect(clock.pending).toBe(0);
});

test("an abort after waking changes nothing", async () => {
  const clock = createVirtualClock();
  const controller = new AbortController();
  const other = clock.sleep(50);
  const sleep = clock.sleep(10, controller.signal);
  await clock.advance(10);
  controller.abort();
  await sleep;
  expect(clock.pending).toBe(1);
  await clock.runUntilIdle();
  await other;
});

test("runs until nobody sleeps", async () => {
  const clock = createVirtualClock(0);
  void clock.sleep(5).then(() => clock.sleep(7));
  await clock.runUntilIdle();
  expect([clock.now(), clock.pending]).toEqual([12, 0]);
});

test("runs until a promise is settled, through files and past sleepers that never end", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-clock-"));
  const clock = createVirtualClock(0);
  const work = async (): Promise<string> => {
    await clock.sleep(10);
    await writeFile(join(folder, "a"), "written");
    await clock.sleep(10);
    return readFile(join(folder, "a"), "utf8");
  };
  expect(await clock.runUntil(work())).toBe("written");
  expect(clock.now()).toBe(20);
  await expect(clock.runUntil(Promise.reject(new Error("no")))).rejects.toThrow("no");
  await rm(folder, { recursive: true });
});

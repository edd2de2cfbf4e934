/** Somebody says stop behind a storm of newcomers: what is heard first, and what waits. */
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openIntake, said } from "../../../tests/support/scripted/scripted-intake.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { UpdateSpool } from "./update-spool.ts";
import { openUpdateSpool } from "./spool-file.ts";

let folder: string;
let spool: UpdateSpool;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-storm-"));
  spool = await openUpdateSpool(join(folder, "updates.jsonl"));
});
afterEach(async () => {
  await spool[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const BATCH = 100;
const newcomers = (from: number, count = BATCH) =>
  Array.from({ length: count }, (_, index) => said(from + index, "?start", from + index));

test("hears all that Telegram has before it handles the crowd, and acts on a stop or a pause among it", async () => {
  const bound: number[] = [];
  let handledBefore: number | undefined;
  const { intake, begun } = openIntake(spool, {
    depart: async ({ update_id: id }) => {
      handledBefore = begun.filter((text) => text === "?start").length;
      return bound.push(id) > 0;
    },
  });
  for (let batch = 0; batch < 50; batch += 1) await intake.take(newcomers(1 + batch * BATCH), true);
  await intake.take([said(9000, "!pause", 1), ...newcomers(10_000, BATCH - 1)], true);
  await expect.poll(() => begun).toEqual(["!pause"]);
  await intake.take([said(20_000, "?stop", 7)]);
  expect(bound).toEqual([20_000]);
  expect(handledBefore).toBe(0);
  await expect.poll(() => spool.pendingCount).toBe(0);
  expect(begun.filter((text) => text === "?start")).toHaveLength(50 * BATCH + BATCH - 1);
});

test("handles the crowd after a moment when the next batch is late, or there is none", async () => {
  const clock = createVirtualClock();
  const { intake, begun } = openIntake(spool, { clock });
  await intake.take(newcomers(1), true);
  await clock.advance(300);
  await intake.take(newcomers(1000), true);
  await clock.advance(499);
  expect(begun).toEqual([]);
  await clock.advance(1);
  await expect.poll(() => begun).toHaveLength(2 * BATCH);
});

test("handles the crowd when no more can be taken in", async () => {
  const clock = createVirtualClock();
  const { intake, begun } = openIntake(spool, { clock });
  await intake.take(newcomers(1), true);
  Object.defineProperty(spool, "pendingCount", { get: () => (begun.length < BATCH ? 50_000 : 0) });
  const room = intake.room(new AbortController().signal);
  await expect.poll(() => begun).toHaveLength(BATCH);
  await clock.advance(50);
  await room;
});

test("writes nothing anew while all of a storm still counts", async () => {
  const path = join(folder, "updates.jsonl");
  const before = await stat(path);
  const long = "x".repeat(4000);
  for (let batch = 0; batch < 10; batch += 1)
    await spool.take(
      newcomers(1 + batch * BATCH).map(({ update_id: id }) => said(id, long)),
      () => false,
    );
  const after = await stat(path);
  expect(after.size).toBeGreaterThan(4_000_000);
  expect(after.ino).toBe(before.ino);
});

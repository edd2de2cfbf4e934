import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Scene } from "../../../tests/support/scripted/scripted-intake.ts";
import { openIntake, said, stuck } from "../../../tests/support/scripted/scripted-intake.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { IntakeParts } from "./intake.ts";
import type { UpdateSpool } from "./update-spool.ts";
import { openUpdateSpool } from "./spool-file.ts";

let folder: string;
let spool: UpdateSpool;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-intake-"));
  spool = await openUpdateSpool(join(folder, "updates.jsonl"));
});
afterEach(async () => {
  await spool[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** As a restart after a kill: the file as it is, and nothing of what was in memory. */
async function die(): Promise<void> {
  await spool[Symbol.asyncDispose]();
  spool = await openUpdateSpool(join(folder, "updates.jsonl"));
}

const open = (some: Partial<IntakeParts> = {}): Scene => openIntake(spool, some);

test("what was in hand or waited when the process died is handled by the next one, in order", async () => {
  const first = open();
  await first.intake.take([said(1, "a~"), said(2, "b"), said(3, "!c~")]);
  await expect.poll(() => first.begun.length).toBe(2);
  await die();
  const second = open();
  await second.intake.resume();
  await expect.poll(() => second.begun.toSorted()).toEqual(["!c~", "a~"]);
  second.release("a~");
  second.release("!c~");
  await expect.poll(() => second.ended.length).toBe(3);
  expect(second.ended.toSorted()).toEqual(["!c~", "a~", "b"]);
  await die();
  expect(spool.pendingCount).toBe(0);
});

test("an update that was in hand when the process died twice is set aside the third time, and nothing else is", async () => {
  for (let starts = 0; starts < 2; starts += 1) {
    const scene = open();
    if (starts === 0) await scene.intake.take([said(1, "bomb~"), said(2, "next")]);
    else await scene.intake.resume();
    await expect.poll(() => scene.begun).toEqual(["bomb~"]);
    expect(scene.aside).toEqual([]);
    await die();
  }
  const third = open();
  await third.intake.resume();
  await expect.poll(() => third.ended).toEqual(["next"]);
  expect(third.aside).toEqual([1]);
  await expect.poll(() => spool.pendingCount).toBe(0);
  await die();
  expect(spool.pendingCount).toBe(0);
});

test("of many that were in hand at both deaths, only the one that is it is set aside, and every opt-out binds", async () => {
  const storm = Array.from({ length: 50 }, (_, index) => said(index + 1, `!stop${index}`, index));
  const bomb = said(99, "!bomb", 99);
  await open({ handle: stuck }).intake.take([...storm, bomb]);
  await die();
  await open({ handle: stuck }).intake.resume();
  await die();
  let isBombInHand = false;
  const third = open({
    handle: async (work) => {
      isBombInHand = work.update.update_id === 99;
      if (isBombInHand) await stuck(work);
    },
  });
  void third.intake.resume();
  await expect.poll(() => isBombInHand).toBe(true);
  expect(spool.pendingCount).toBe(1);
  expect(third.aside).toEqual([]);
  await die();
  const fourth = open();
  await fourth.intake.resume();
  expect(fourth.aside).toEqual([99]);
});

test("an orderly stop lays back what is in hand, and that is no death", async () => {
  for (let starts = 0; starts < 4; starts += 1) {
    const clock = createVirtualClock();
    const scene = open({ clock });
    if (starts === 0) await scene.intake.take([said(1, "a~"), said(2, "b")]);
    else await scene.intake.resume();
    await expect.poll(() => scene.begun).toEqual(["a~"]);
    await clock.runUntil(scene.intake.close());
    expect(scene.aside).toEqual([]);
    expect(scene.ended).toEqual([]);
    await die();
  }
  const last = open();
  await last.intake.resume();
  await expect.poll(() => last.begun).toEqual(["a~"]);
  last.release("a~");
  await expect.poll(() => last.ended).toEqual(["a~", "b"]);
});

test("a departure that waits at a start binds before anything is handled, once, and is answered as it was", async () => {
  await spool.take([said(1, "?stop", 7), said(2, "?start", 8)], () => false);
  await die();
  const bound: number[] = [];
  const answers: (boolean | undefined)[] = [];
  const { intake } = open({
    // Only the first word to leave finds a subscription to end.
    depart: async ({ update_id: id }) => bound.push(id) === 1,
    handle: async (work) => void answers.push(await work.departed),
  });
  await intake.bindLeftOver();
  expect(bound).toEqual([1]);
  expect(answers).toEqual([]);
  await intake.resume();
  await expect.poll(() => spool.pendingCount).toBe(0);
  expect(bound).toEqual([1]);
  expect([answers.length, answers.includes(true), answers.includes(undefined)]).toEqual([2, true, true]);
});

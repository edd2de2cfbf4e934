import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Scene } from "../../../tests/support/scripted-intake.ts";
import { openIntake, said } from "../../../tests/support/scripted-intake.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { IntakeOptions } from "./intake.ts";
import type { UpdateSpool } from "./update-spool.ts";
import { openUpdateSpool } from "./update-spool.ts";
import type { UpdateWork } from "./update-work.ts";

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

const open = (some: Partial<IntakeOptions> = {}): Scene => openIntake(spool, some);

/** Time for the disk; what it is waited for is then looked at. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

test("one chat's updates are handled in order, different chats' side by side", async () => {
  const { intake, begun, ended, release } = open();
  await intake.take([said(1, "a~"), said(2, "b"), said(3, "c", 2)]);
  await expect.poll(() => begun).toEqual(["a~", "c"]);
  release("a~");
  await expect.poll(() => ended).toEqual(["c", "a~", "b"]);
  expect(spool.pendingCount).toBe(0);
});

test("what binds at receipt comes before whatever else of its chat waits, and keeps its own order", async () => {
  const { intake, begun } = open();
  const many = Array.from({ length: 1000 }, (_, index) => said(index + 10, `m${index}~`));
  await intake.take([...many, said(2000, "!pause"), said(2001, "!resume")]);
  await expect.poll(() => begun.toSorted()).toEqual(["!pause", "!resume", "m0~"]);
});

test("a thousand updates of one person that bind at receipt wait for no disk between them", async () => {
  let durable = 0;
  const waitingFor: number[] = [];
  const slowDone = spool.done.bind(spool);
  Object.assign(spool, {
    done: async (id: number) => {
      await slowDone(id);
      durable += 1;
    },
  });
  const { intake } = open({ handle: async () => void waitingFor.push(durable) });
  await intake.take(Array.from({ length: 1000 }, (_, index) => said(index + 1, `!stop${index}`)));
  await expect.poll(() => durable).toBe(1000);
  expect(waitingFor.at(-1)).toBeLessThan(500);
});

test("an update may let others pass while it goes on", async () => {
  const passing = open({
    async handle(work) {
      passing.begun.push(work.update.message?.text ?? "");
      work.letOthersPass();
      await new Promise(() => undefined);
    },
  });
  await passing.intake.take([said(1, "!a"), said(2, "!b"), said(3, "c"), said(4, "d")]);
  await expect.poll(() => passing.begun.toSorted()).toEqual(["!a", "!b", "c", "d"]);
  expect(spool.pendingCount).toBe(4);
});

test("leaving a dialogue ends the work on it and drops what waited for it", async () => {
  const cancelled: UpdateWork[] = [];
  const scene = open();
  await scene.intake.take([said(1, "/new~")]);
  const { intake, begun, ended } = open({
    isDialogueOpen: () => true,
    handle: async (work) => {
      const text = work.update.message?.text ?? "";
      begun.push(text);
      if (text === "/cancel") cancelled.push(work);
      if (text.includes("~")) await work.while(() => new Promise(() => undefined));
      ended.push(text);
    },
  });
  await intake.take([said(2, "list~", 2), said(3, "message", 2), said(4, "/status", 2), said(5, "/new", 2)]);
  await expect.poll(() => begun).toEqual(["list~"]);
  await intake.take([said(6, "/cancel", 2)]);
  await expect.poll(() => begun).toEqual(["list~", "/cancel", "/status"]);
  expect(ended).toEqual(["/cancel", "/status"]);
  expect(cancelled[0]?.leaves).toBe("dialogue");
  expect(spool.pending.map(({ update }) => update.update_id)).toEqual([1]);
});

test("a dialogue that hands over can't be left any more: the word is about the campaign then, once it is there", async () => {
  const order: string[] = [];
  let isThere: (() => void) | undefined;
  const { intake } = open({
    isDialogueOpen: () => true,
    handle: async (work) => {
      const text = work.update.message?.text ?? "";
      if (text === "start") {
        work.dialogue = { name: "new", mark: "1" };
        await work.handOver(() => new Promise<void>((resolve) => (isThere = resolve)));
        await work.while(() => new Promise(() => undefined));
      }
      order.push(`${text} ${work.leaves ?? ""}`);
    },
  });
  await intake.take([said(1, "start")]);
  await expect.poll(() => isThere).toBeDefined();
  await intake.take([said(2, "/cancel")]);
  await turn();
  expect(order).toEqual([]);
  isThere?.();
  await expect.poll(() => order).toEqual(["/cancel campaign"]);
});

test("an old dialogue's button does not end the work on another one", async () => {
  const { intake, begun } = open({
    isDialogueOpen: () => true,
    handle: async (work) => {
      begun.push(work.update.message?.text ?? "");
      work.dialogue = { name: "new", mark: "now" };
      await work.while(() => new Promise(() => undefined));
    },
  });
  await intake.take([said(1, "list"), said(2, "xold")]);
  await expect.poll(() => begun).toEqual(["list"]);
  await intake.take([said(3, "xnow")]);
  await expect.poll(() => begun).toEqual(["list", "xnow"]);
});

test("what must bind is tried until it does", async () => {
  const clock = createVirtualClock();
  let tries = 0;
  const { intake } = open({
    clock,
    failed: async () => true,
    handle: async () => {
      tries += 1;
      if (tries < 4) throw new Error("disk full");
    },
  });
  await intake.take([said(1, "!stop")]);
  await expect.poll(() => tries).toBe(1);
  await clock.advance(60_000);
  await expect.poll(() => tries).toBe(4);
  await expect.poll(() => spool.pendingCount).toBe(0);
  expect(tries).toBe(4);
});

test("more than can wait in one chat is refused and said, and other chats are heard", async () => {
  const refused: number[] = [];
  const { intake, begun } = open({ refused: ({ updateId }) => void refused.push(updateId) });
  await intake.take([said(1, "slow~")]);
  const flood = Array.from({ length: 2100 }, (_, index) => said(index + 2, "more"));
  await intake.take([...flood, said(9000, "hello", 2), said(9001, "!pause")]);
  expect(refused.length).toBe(100);
  await expect.poll(() => begun.toSorted()).toEqual(["!pause", "hello", "slow~"]);
});

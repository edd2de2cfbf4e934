import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Update } from "grammy/types";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Scene } from "../../../tests/support/scripted/scripted-intake.ts";
import { openIntake, said } from "../../../tests/support/scripted/scripted-intake.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { IntakeParts } from "./intake.ts";
import type { UpdateSpool } from "./update-spool.ts";
import { openUpdateSpool } from "./spool-file.ts";
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

const open = (some: Partial<IntakeParts> = {}): Scene => openIntake(spool, some);

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

const many = (text: string, from: number, chat: number): Update[] =>
  Array.from({ length: 2200 }, (_, index) => said(from + index, text, chat));

test("what binds is never refused, however much of its chat waits", async () => {
  const refused: number[] = [];
  const departed: number[] = [];
  const { intake, begun } = open({
    refused: ({ updateId }) => void refused.push(updateId),
    depart: async ({ update_id: id }) => departed.push(id) > 0,
  });
  await intake.take([...many("?chat~", 1, 1), said(3000, "?stop", 1)]);
  await intake.take([...many("!pause~", 5000, 2), said(8000, "!pause", 2), said(8001, "/cancel", 2)]);
  expect(departed).toEqual([3000]);
  expect(refused.every((id) => id < 3000)).toBe(true);
  await expect.poll(() => begun).toContain("?stop");
});

test("a departure binds before anything of its batch is handled, in a crowd as well", async () => {
  let handledBefore: number | undefined;
  const scene = open({ depart: async () => (handledBefore = scene.begun.length) === 0 });
  const crowd = Array.from({ length: 1000 }, (_, index) => said(index + 1, "?start", index + 1));
  await scene.intake.take(crowd);
  await scene.intake.take([said(2000, "?start", 2000), said(2001, "?stop", 5)]);
  expect(handledBefore).toBeLessThan(200);
  await expect.poll(() => spool.pendingCount).toBe(0);
});

test("whoever leaves takes back what they asked for before, and whoever comes back after it stays", async () => {
  const done: string[] = [];
  const scene = open({
    handle: async (work) => {
      const text = work.update.message?.text ?? "";
      await turn();
      if (text.startsWith("?start") && !work.isOvertaken) done.push(text);
    },
    depart: async ({ message }) => done.push(message?.text ?? "") > 0,
  });
  await scene.intake.take([said(1, "?start1"), said(2, "?start2"), said(3, "?stop"), said(4, "?start3")]);
  await expect.poll(() => spool.pendingCount).toBe(0);
  expect(done).toEqual(["?stop", "?start3"]);
});

test("a departure that can't be kept is tried again, and the update is not done before", async () => {
  const clock = createVirtualClock();
  let tries = 0;
  const { intake } = open({
    clock,
    failed: async () => true,
    depart: async () => {
      tries += 1;
      if (tries < 3) throw new Error("disk full");
      return true;
    },
    handle: async (work) => void (await work.departed),
  });
  await intake.take([said(1, "?stop")]);
  await expect.poll(() => tries).toBe(1);
  await turn();
  expect(spool.pendingCount).toBe(1);
  await clock.advance(60_000);
  await expect.poll(() => spool.pendingCount).toBe(0);
  expect(tries).toBe(3);
});

test("an operator's press that waits for its turn is told so, once it waits long, and no other", async () => {
  const clock = createVirtualClock();
  const late: number[] = [];
  const begun: number[] = [];
  const { intake } = open({
    clock,
    late: ({ updateId }) => void late.push(updateId),
    handle: async (work) => {
      begun.push(work.updateId);
      work.isAnswered = true;
      await work.while(() => new Promise(() => undefined));
    },
  });
  const { message } = said(1, "card");
  if (!message?.from) throw new Error("no message");
  const press = { id: "1", from: message.from, chat_instance: "1", message, data: "x" };
  await intake.take([1, 2].map((id) => ({ update_id: id, callback_query: press })));
  await expect.poll(() => begun).toEqual([1]);
  await clock.advance(1500);
  expect(late).toEqual([]);
  await clock.advance(1500);
  expect(late).toEqual([2]);
});

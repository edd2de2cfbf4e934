import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Update } from "grammy/types";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { Errand } from "./errand.ts";
import type { IntakeOptions } from "./intake.ts";
import { Intake } from "./intake.ts";
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

/** As a restart after a kill: the file as it is, and nothing of what was in memory. */
async function die(): Promise<void> {
  await spool[Symbol.asyncDispose]();
  spool = await openUpdateSpool(join(folder, "updates.jsonl"));
}

function said(id: number, text: string, chatId = 1): Update {
  const chat = { id: chatId, type: "private" as const, first_name: "Sara" };
  return {
    update_id: id,
    message: { message_id: id, date: 0, chat, from: { ...chat, is_bot: false }, text },
  };
}

/** Errands by the first letter of a text: `!` now, `/new` opens, `/cancel` leaves, a command none, else it goes on. */
function errandOf({ message }: Update): Errand {
  const text = message?.text ?? "";
  const chat = String(message?.chat.id);
  if (text.startsWith("!")) return { chat, turn: "now", dialogue: "none" };
  if (text === "/new") return { chat, turn: "inTurn", dialogue: "opens" };
  if (text === "/cancel") return { chat, turn: "now", dialogue: "leaves" };
  if (text.startsWith("x")) return { chat, turn: "now", dialogue: "leaves", mark: text.slice(1) };
  return { chat, turn: "inTurn", dialogue: text.startsWith("/") ? "none" : "goesOn" };
}

interface Scene {
  readonly intake: Intake;
  /** Texts in the order their handling began. */
  readonly begun: string[];
  readonly ended: string[];
  readonly aside: number[];
  /** Lets the handling of a text end. */
  release(this: void, text: string): void;
}

/** Handling that never comes to an end. */
const stuck = async (work: UpdateWork): Promise<void> => work.while(() => new Promise(() => undefined));

/** Time for the disk; what it is waited for is then looked at. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** An intake whose handlers end at once, but for texts with a `~`, which wait to be released. */
function open(some: Partial<IntakeOptions> = {}): Scene {
  const [begun, ended, aside]: [string[], string[], number[]] = [[], [], []];
  const waiting = new Map<string, () => void>();
  const handle = async (work: UpdateWork): Promise<void> => {
    const text = work.update.message?.text ?? "";
    begun.push(text);
    const slow = (): Promise<void> => new Promise((resolve) => waiting.set(text, resolve));
    if (text.includes("~")) await work.while(slow);
    ended.push(text);
  };
  const intake = new Intake({
    spool,
    clock: createVirtualClock(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    errandOf,
    isDialogueOpen: () => false,
    handle,
    failed: async () => false,
    refused: () => undefined,
    setAside: async ({ update_id: id }) => void aside.push(id),
    ...some,
  });
  return { intake, begun, ended, aside, release: (text) => waiting.get(text)?.() };
}

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

import { copyFile, readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import type { z } from "zod";
import type { Answer } from "../../domain/fault.ts";
import { namesWith, openTestSimulator } from "../../../tests/support/simulator.ts";
import type { SimulatorUnderTest } from "../../../tests/support/simulator.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { simulatorConfigSchema } from "./config.ts";
import { personOf } from "./population.ts";
import { deliveries } from "./record.ts";
import { openSimulator } from "./simulator.ts";

let opened: SimulatorUnderTest | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

async function open(settings: z.input<typeof simulatorConfigSchema> = {}): Promise<SimulatorUnderTest> {
  opened = await openTestSimulator(settings);
  return opened;
}

function send(it: SimulatorUnderTest, username: string, key = "c", account = "sim-1"): Promise<Answer> {
  const request = { account, username, text: "Hello", dedupKey: `${key}:${username}` };
  return it.clock.runUntil(it.channel.send(request, new AbortController().signal));
}

async function kindsOf(it: SimulatorUnderTest, username: string, tries: number): Promise<string[]> {
  const kinds: string[] = [];
  for (let count = 0; count < tries; count += 1) kinds.push((await send(it, username)).kind);
  return kinds;
}

async function outcomes(): Promise<string[]> {
  const it = await open();
  const all: string[] = [];
  for (let index = 0; index < 100; index += 1) all.push(JSON.stringify(await send(it, `member_${index}`)));
  await it.close();
  opened = undefined;
  return all.map((one) => one.replace(/"retryAt":\d+/, ""));
}

test("somebody who fails for a while takes the message afterwards, also when restarted in between", async () => {
  const it = await open();
  const [name] = namesWith(it.config, (habit) => habit.kind === "flaky" && habit.attempts === 3, 1);
  expect(await kindsOf(it, name!, 2)).toEqual(["unavailable", "unavailable"]);
  await it.reopen();
  expect(await kindsOf(it, name!, 2)).toEqual(["unavailable", "delivered"]);
  expect(await deliveries(it.recordFile)).toEqual(new Map([[name, 1]]));
});

test("every message meets the same habits, whatever was sent before", async () => {
  const it = await open();
  const [name] = namesWith(it.config, (habit) => habit.kind === "throttled", 1);
  for (const key of ["first", "second"]) {
    expect((await send(it, name!, key)).kind).toBe("throttled");
    expect((await send(it, name!, key)).kind).toBe("delivered");
  }
});

test("a rate limit says when to come back", async () => {
  const it = await open({ throttleMs: 7_000 });
  const [name] = namesWith(it.config, (habit) => habit.kind === "throttled", 1);
  const answer = await send(it, name!);
  expect(answer).toMatchObject({ scope: "account", retryAt: it.clock.now() + 7_000 });
});

test("an answer takes the person's latency, and a time-out its own time on top", async () => {
  const it = await open();
  const [slow] = namesWith(it.config, (habit) => habit.kind === "slow", 1);
  const [late] = namesWith(it.config, (habit) => habit.kind === "timeout", 1);
  const start = it.clock.now();
  await send(it, slow!);
  expect(it.clock.now() - start).toBe(3_000);
  await send(it, late!);
  expect(it.clock.now() - start).toBe(3_000 + personOf(it.config, late!).latencyMs + 2_000);
});

test("a process that ends on the way leaves a message that never arrived, or one nobody knows of", async () => {
  const it = await open({ latencyMs: { min: 100, max: 100 } });
  const [name] = namesWith(it.config, (habit) => habit.kind === "prompt", 1);
  const dedupKey = `c:${name}`;
  const request = { account: "sim-1", username: name!, text: "Hello", dedupKey };
  const { signal } = new AbortController();
  const ended = `${it.recordFile}.ended`;
  const afterEnd = async (): Promise<string | undefined> => {
    await copyFile(it.recordFile, ended);
    await using again = await openSimulator({ ...it, recordFile: ended });
    return (await it.clock.runUntil(again.readBack!({ ...request, claimedAt: 0 }, signal))).kind;
  };
  const sending = it.channel.send(request, signal);
  while (it.clock.pending === 0) await new Promise(setImmediate);
  expect(await afterEnd()).toBe("absent");
  await it.clock.advance(50);
  await it.clock.runUntil(sending);
  expect(await afterEnd()).toBe("delivered");
});

test("a message that froze on the way with its sender is lost, and not there late for whoever was told that it is not", async () => {
  const it = await open();
  const [name] = namesWith(it.config, (habit) => habit.kind === "prompt", 1);
  let frozenMs = 0;
  const clock = { now: () => it.clock.now() + frozenMs, sleep: it.clock.sleep.bind(it.clock) };
  const recordFile = `${it.recordFile}.frozen`;
  await using channel = await openSimulator({ config: it.config, recordFile, clock });
  const request = { account: "sim-1", username: name!, text: "Hello", dedupKey: `c:${name}` };
  const { signal } = new AbortController();
  const sending = channel.send(request, signal);
  while (it.clock.pending === 0) await new Promise(setImmediate);
  frozenMs = 30_000;
  expect(await it.clock.runUntil(sending)).toEqual({ kind: "uncertain", why: "noAnswerInTime" });
  expect(await it.clock.runUntil(channel.readBack!({ ...request, claimedAt: 0 }, signal))).toEqual({
    kind: "absent",
  });
  expect(await it.clock.runUntil(channel.send(request, signal))).toMatchObject({ kind: "delivered" });
  expect(await deliveries(recordFile)).toEqual(new Map([[name, 1]]));
});

test("the record is on disk before the answer and holds no message", async () => {
  const it = await open();
  const [name] = namesWith(it.config, (habit) => habit.kind === "prompt", 1);
  const answer = await send(it, name!);
  const text = await readFile(it.recordFile, "utf8");
  const at = it.clock.now();
  expect(
    text
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line)),
  ).toEqual([
    { e: "asked", u: name, a: "sim-1", key: `c:${name}`, at: expect.any(Number) },
    {
      e: "delivered",
      u: name,
      a: "sim-1",
      key: `c:${name}`,
      at: at - personOf(it.config, name!).latencyMs / 2,
      text: "185f8db32271fe25",
      id: answer.kind === "delivered" && answer.messageId,
    },
  ]);
  expect(text).not.toContain("Hello");
});

test("an account in trouble says so, and is well again after its time", async () => {
  const it = await open({
    latencyMs: { min: 0, max: 0 },
    accountTroubles: [
      { account: "sim-1", afterSends: 2, trouble: "resting", forMs: 60_000 },
      { account: "sim-2", afterSends: 1, trouble: "locked" },
    ],
  });
  const [a, b, c, d] = namesWith(it.config, (habit) => habit.kind === "prompt", 4);
  await send(it, a!);
  await send(it, b!);
  const until = it.clock.now() + 60_000;
  expect(await send(it, c!)).toMatchObject({ kind: "account", trouble: "resting", until });
  await it.reopen();
  expect(await send(it, c!)).toMatchObject({ kind: "account", trouble: "resting", until });
  await it.clock.advance(60_000);
  expect((await send(it, c!)).kind).toBe("delivered");

  expect((await send(it, d!, "c", "sim-2")).kind).toBe("delivered");
  const locked = await send(it, c!, "other", "sim-2");
  expect(locked).toEqual({ kind: "account", trouble: "locked", why: "accountLocked" });
  expect((await deliveries(it.recordFile)).get(c!)).toBe(1);
});

test("a hundred names end in the same outcomes in every run", async () => {
  const first = await outcomes();
  expect(await outcomes()).toEqual(first);
  const kinds = new Set(first.map((one) => one.replace(/.*?"kind":"(\w+)".*/, "$1")));
  expect(kinds).toEqual(new Set(["delivered", "recipient", "unavailable", "throttled", "uncertain"]));
});

test("without a record it answers at once and keeps nothing", async () => {
  const config = simulatorConfigSchema.parse({ latencyMs: { min: 0, max: 0 }, readsBack: false });
  const clock = createVirtualClock();
  await using channel = await openSimulator({ config, clock });
  const [name] = namesWith(config, (habit) => habit.kind === "prompt", 1);
  const request = { account: "sim-1", username: name!, text: "Hello", dedupKey: "k" };
  const answer = await channel.send(request, new AbortController().signal);
  expect(answer).toEqual({ kind: "delivered", messageId: expect.stringMatching(/^sim-[0-9a-f]{12}$/) });
  expect(clock.pending).toBe(0);
});

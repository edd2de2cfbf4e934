/** Several targets in one list, what goes wrong on the way, and who waits for what: in virtual time. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Page, SourceFault } from "../../src/sources/source.ts";
import type { LeadLedger } from "../../src/storage/ports/leads.ts";
import type { Collecting, CollectingOptions } from "../support/collecting.ts";
import { createLeadWorld, deliveredIds } from "../support/collecting.ts";
import type { ScriptedSource } from "../support/scripted/scripted-source.ts";
import { createScriptedSource, people } from "../support/scripted/scripted-source.ts";

const spring = { source: "x-followers", query: "spring" };
const summer = { source: "x-followers", query: "summer" };
const autumn = { source: "x-followers", query: "autumn" };
const rows = { spring: people(1, 40), summer: people(101, 140), autumn: people(201, 205) };
const MINUTE = 60_000;

let world: Awaited<ReturnType<typeof createLeadWorld>>;
let lives: Collecting[] = [];

beforeEach(async () => {
  world = await createLeadWorld();
});

afterEach(async () => {
  for (const life of lives.splice(0)) await life.close();
  await world[Symbol.asyncDispose]();
});

async function live(options: CollectingOptions): Promise<Collecting> {
  const life = await world.live(options);
  lives.push(life);
  return life;
}

/** Ends a process in order; what it had under way goes on with the next. */
async function close(life: Collecting): Promise<void> {
  await life.close();
  lives = lives.filter((one) => one !== life);
}

function queriesOf({ asked }: ScriptedSource): string[] {
  return asked.map(({ query, cursor = "0" }) => `${query} ${cursor}`);
}

async function statusOf(ledger: LeadLedger): Promise<string> {
  const status = (await ledger.state()).request?.status;
  if (status?.kind === "ended") return status.end;
  return status?.kind === "paused" ? `paused ${status.pause.kind}` : "running";
}

test("targets take turns, and one that gave all it has is passed over", async () => {
  const source = createScriptedSource({ rows });
  const life = await live({ sources: [source] });
  const ledger = await life.begin({ targets: [spring, autumn, summer], count: 500 });
  await life.finish();
  expect(queriesOf(source)).toEqual([
    "spring 0",
    "autumn 0",
    "summer 0",
    "spring 10",
    "summer 10",
    "spring 20",
    "summer 20",
    "spring 30",
    "summer 30",
  ]);
  expect(await statusOf(ledger)).toBe("sourceExhausted");
  expect(await deliveredIds(ledger)).toHaveLength(85);
});

test("a completed target is not asked again by the next request, unless it is reset", async () => {
  const source = createScriptedSource({ rows });
  const life = await live({ sources: [source] });
  const ledger = await life.begin({ targets: [autumn], count: 500 });
  await life.finish();
  await life.begin({ targets: [autumn], count: 10 });
  await life.finish();
  expect([source.asked.length, await statusOf(ledger)]).toEqual([1, "sourceExhausted"]);
  await life.collector.reset(ledger, [0]);
  await life.begin({ targets: [autumn], count: 10 });
  await life.finish();
  expect([source.asked.length, (await ledger.state()).size]).toEqual([2, 5]);
});

test("a target that is reset while others are collected begins anew, and makes nobody a second lead", async () => {
  const source = createScriptedSource({
    rows,
    turn: (ask) => (ask === 3 ? { kind: "throttled", why: "tooFast" } : undefined),
  });
  const life = await live({ sources: [source] });
  const ledger = await life.begin({ targets: [spring, summer], count: 60 });
  await life.pass(0);
  await life.clock.runUntil(life.collector.reset(ledger, [0]));
  await life.finish();
  expect(queriesOf(source).filter((one) => one === "spring 0")).toHaveLength(2);
  expect(queriesOf(source).filter((one) => one === "summer 0")).toHaveLength(1);
  const ids = await deliveredIds(ledger);
  expect([await statusOf(ledger), ids.length, new Set(ids).size]).toEqual(["targetReached", 60, 60]);
});

test("a page that does not come is asked for four times, 2, 4 and 8 seconds apart; the other target goes on meanwhile", async () => {
  const askedAt: number[] = [];
  const down: SourceFault = { kind: "unavailable", why: "serviceDown" };
  const source = createScriptedSource({
    rows,
    turn(_, { query }) {
      if (query !== "spring") return undefined;
      askedAt.push(life.clock.now());
      return down;
    },
  });
  const life = await live({ sources: [source] });
  const ledger = await life.begin({ targets: [spring, summer], count: 40 });
  await life.finish();
  expect(await statusOf(ledger)).toBe("targetReached");
  expect(queriesOf(source).filter((one) => one.startsWith("summer"))).toHaveLength(4);
  askedAt.length = 0;
  await life.begin({ targets: [spring], count: 40 });
  for (let second = 0; second < 60; second++) await life.pass(1000);
  const [first = 0, ...more] = askedAt;
  expect(more.map((at) => (at - first) / 1000)).toEqual([2, 6, 14]);
  expect(
    life.logged.some((line) =>
      line.includes("followers_spring: unavailable, attempt 2 of 4: serviceDown; again in 4 s"),
    ),
  ).toBe(true);
});

test("trouble is told until a page comes again", async () => {
  const source = createScriptedSource({
    rows,
    turn: (ask) => (ask === 1 ? { kind: "unavailable", why: "serviceDown" } : undefined),
  });
  const life = await live({ sources: [source] });
  const ledger = await life.begin({ targets: [spring], count: 20 });
  await life.pass(1000);
  expect((await ledger.state()).targets[0]?.lastFault).toMatchObject({ why: "serviceDown" });
  await life.finish();
  expect((await ledger.state()).targets[0]?.lastFault).toBeUndefined();
});

test("a rate limit that names no time is waited out for 30 seconds, by this target alone", async () => {
  let limited = true;
  const source = createScriptedSource({
    rows,
    turn: (_, { query }) =>
      query === "spring" && limited ? { kind: "throttled", why: "tooFast" } : undefined,
  });
  const life = await live({ sources: [source] });
  const startedAt = life.clock.now();
  const ledger = await life.begin({ targets: [spring, summer], count: 80 });
  await life.pass(1000);
  expect((await ledger.state()).targets[1]).toMatchObject({ found: 40, end: "exhausted" });
  expect(life.collector.waitOf("one")).toMatchObject({ kind: "rateLimit", until: startedAt + 30_000 });
  limited = false;
  await life.finish();
  expect(await statusOf(ledger)).toBe("targetReached");
  expect(life.clock.now() - startedAt).toBe(30_000);
});

test("a moment that the source names is obeyed to the second, by every target of the source", async () => {
  const retryAt = Date.UTC(2026, 0, 1, 0, 13, 7);
  const source = createScriptedSource({
    rows,
    turn: (ask) => (ask === 2 ? { kind: "throttled", retryAt, why: "limitUsedUp" } : undefined),
  });
  const life = await live({ sources: [source] });
  await life.begin({ targets: [spring, summer], count: 80 });
  await life.pass(13 * MINUTE);
  expect(source.asked).toHaveLength(2);
  await life.finish();
  expect(life.clock.now()).toBe(retryAt);
});

test("a source that asks for months of patience is asked again after a day", async () => {
  const months = Date.UTC(2026, 8, 1);
  const source = createScriptedSource({
    rows,
    turn: (ask) => (ask === 1 ? { kind: "throttled", retryAt: months, why: "tooFast" } : undefined),
  });
  const life = await live({ sources: [source] });
  const startedAt = life.clock.now();
  await life.begin({ targets: [spring], count: 5 });
  await life.finish();
  expect(life.clock.now() - startedAt).toBe(24 * 60 * MINUTE);
});

test("never makes more calls than the source allows, not even over a restart", async () => {
  const manifest = { callLimit: { count: 3, windowMs: 15 * MINUTE }, pageSize: 5 };
  const source = createScriptedSource({ rows, manifest });
  const life = await live({ sources: [source] });
  await life.begin({ targets: [spring], count: 40 });
  await life.pass(MINUTE);
  expect(source.asked).toHaveLength(3);
  await close(life);
  const next = await live({ sources: [source] });
  await next.collector.recover();
  await next.pass(13 * MINUTE);
  expect(source.asked).toHaveLength(3);
  await next.pass(2 * MINUTE);
  expect(source.asked).toHaveLength(6);
});

test("calls that an earlier process made for another list count in the source's limit", async () => {
  const manifest = { callLimit: { count: 3, windowMs: 15 * MINUTE }, pageSize: 10 };
  const source = createScriptedSource({ rows, manifest });
  const life = await live({ sources: [source] });
  await life.begin({ targets: [spring], count: 20 });
  await life.finish();
  await close(life);
  const next = await live({ sources: [source] });
  await next.begin({ targets: [summer], count: 20 }, "two");
  await next.pass(MINUTE, "two");
  expect(source.asked).toHaveLength(3);
  await next.pass(15 * MINUTE, "two");
  expect(source.asked).toHaveLength(4);
});

test("a target that is not there stops nobody else", async () => {
  const source = createScriptedSource({ rows: { summer: rows.summer } });
  const life = await live({ sources: [source] });
  const ledger = await life.begin({ targets: [spring, summer], count: 40 });
  await life.finish();
  expect(await statusOf(ledger)).toBe("targetReached");
  expect((await ledger.state()).targets[0]).toMatchObject({
    end: "gone",
    lastFault: { why: "noSuchName" },
  });
});

test("a cursor that is refused lets the target begin anew and makes nobody a second lead", async () => {
  let refused = false;
  const source = createScriptedSource({
    rows,
    turn(_, { cursor }): Page | SourceFault | undefined {
      if (cursor !== "20" || refused) return undefined;
      refused = true;
      return { kind: "badCursor", why: "cursorUnknown" };
    },
  });
  const life = await live({ sources: [source] });
  const ledger = await life.begin({ targets: [spring], count: 35 });
  await life.finish();
  expect(await statusOf(ledger)).toBe("targetReached");
  expect(new Set(await deliveredIds(ledger)).size).toBe(35);
});

test("a cursor that is refused for ever ends the target", async () => {
  const source = createScriptedSource({
    rows,
    turn: (_, { cursor }) => (cursor === "20" ? { kind: "badCursor", why: "cursorUnknown" } : undefined),
  });
  const life = await live({ sources: [source] });
  const ledger = await life.begin({ targets: [spring], count: 35 });
  await life.finish();
  expect(await statusOf(ledger)).toBe("noNewPeople");
  expect(await deliveredIds(ledger)).toHaveLength(20);
});

test("without credits it pauses and keeps its place; other sources' targets go on first", async () => {
  let paid = false;
  const unpaid: SourceFault = { kind: "creditsGone", why: "xNoCredits" };
  const x = createScriptedSource({ rows, turn: (ask) => (ask === 2 && !paid ? unpaid : undefined) });
  const tiktok = createScriptedSource({ rows: { tea: people(501, 520) }, manifest: { name: "tiktok" } });
  const life = await live({ sources: [x, tiktok] });
  const ledger = await life.begin({ targets: [spring, { source: "tiktok", query: "tea" }], count: 60 });
  await life.finish();
  expect([await statusOf(ledger), (await ledger.state()).request?.delivered]).toEqual([
    "paused creditsGone",
    30,
  ]);
  paid = true;
  await life.collector.resume(ledger);
  await life.finish();
  expect(await statusOf(ledger)).toBe("targetReached");
  expect(queriesOf(x)).toEqual(["spring 0", "spring 10", "spring 10", "spring 20", "spring 30"]);
});

test("cycles deliver so many at most, and keep their schedule over a restart", async () => {
  const cycle = { everyMs: 20 * MINUTE, leads: 15 };
  const source = createScriptedSource({ rows });
  const life = await live({ sources: [source] });
  const startedAt = life.clock.now();
  const ledger = await life.begin({ targets: [spring], count: 40, cycle });
  await life.pass(19 * MINUTE);
  expect([(await ledger.state()).request?.delivered, source.asked.length]).toEqual([15, 2]);
  await close(life);
  const next = await live({ sources: [source] });
  await next.collector.recover();
  const again = await next.store.open("one");
  await next.pass(startedAt + 20 * MINUTE - 1 - next.clock.now());
  expect((await again.state()).request?.delivered).toBe(15);
  await next.pass(1);
  expect((await again.state()).request?.delivered).toBe(30);
  await next.finish();
  expect(next.clock.now()).toBe(startedAt + 40 * MINUTE);
  expect(await deliveredIds(again)).toEqual(people(1, 40).map(({ id }) => id));
});

test("paused, it takes in the page under way and asks for no more; resumed, it goes on behind it", async () => {
  const source = createScriptedSource({
    rows,
    turn(ask) {
      if (ask === 2) void life.collector.pause(ledger);
      return undefined;
    },
  });
  const life = await live({ sources: [source] });
  const ledger = await life.begin({ targets: [spring], count: 40 });
  await life.finish();
  expect([await statusOf(ledger), (await ledger.state()).request?.delivered]).toEqual([
    "paused operator",
    20,
  ]);
  await life.collector.resume(ledger);
  await life.finish();
  expect(queriesOf(source)).toEqual(["spring 0", "spring 10", "spring 20", "spring 30"]);
});

test("cancelled, it keeps what it has, and counts as a request that got less", async () => {
  const source = createScriptedSource({
    rows,
    turn: (ask) => (ask === 2 ? { kind: "throttled", why: "tooFast" } : undefined),
  });
  const life = await live({ sources: [source] });
  const ledger = await life.begin({ targets: [spring], count: 40 });
  await life.pass(1000);
  await life.clock.runUntil(life.collector.cancel(ledger));
  expect([await statusOf(ledger), (await ledger.state()).delivered]).toEqual(["cancelled", 10]);
  expect(await life.store.finished()).toMatchObject([{ count: 40, delivered: 10, end: "cancelled" }]);
});

test("collectors that bring the same people at the same time make nobody a second lead", async () => {
  const life = await live({ sources: [] });
  const ledger = await life.store.open("one");
  const [a = 0, b = 0] = await ledger.join([spring, summer], 0);
  await ledger.note({ t: "request", targets: [a, b], count: 100, at: 0 });
  const take = (target: number) => ledger.takePage({ target, leads: people(1, 50), rows: 50, at: 0 });
  expect(await Promise.all([take(a), take(b)])).toMatchObject([
    { added: 50, duplicates: 0 },
    { added: 0, duplicates: 50 },
  ]);
  expect((await ledger.state()).size).toBe(50);
});

test("a full disk pauses the collection; with space again it goes on and nobody is lost or doubled", async () => {
  const source = createScriptedSource({ rows });
  const life = await live({ sources: [source], failure: { fault: "full", at: 12 } });
  const ledger = await life.begin({ targets: [spring], count: 40 });
  await life.finish();
  expect(life.collector.haltOf("one")?.kind).toBe("storage");
  life.disk.freeSpace();
  await life.collector.resume(ledger);
  await life.finish();
  expect(await statusOf(ledger)).toBe("targetReached");
  expect(await deliveredIds(ledger)).toEqual(people(1, 40).map(({ id }) => id));
});

test("a request that could not be written down is not there once there is space again", async () => {
  for (let at = 3; at <= 6; at++) {
    const list = `full-at-${at}`;
    const life = await live({ sources: [createScriptedSource({ rows })], failure: { fault: "full", at } });
    await expect(life.begin({ targets: [spring], count: 40 }, list)).rejects.toThrow("ENOSPC");
    life.disk.freeSpace();
    const ledger = await life.store.open(list);
    if ((await ledger.state()).request === undefined)
      await life.begin({ targets: [spring], count: 40 }, list);
    else await life.collector.resume(ledger);
    await life.finish(list);
    expect([at, await statusOf(ledger)]).toEqual([at, "targetReached"]);
    await close(life);
  }
});

/** How targets and requests end: told as what it is, never twice collected, and gone on from where that makes sense. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { NewestEvents } from "../../src/storage/files/events/newest-events.ts";
import { createEventHub } from "../../src/app/event-hub.ts";
import { createLeads } from "../../src/app/leads/create-leads.ts";
import type { CollectRequest, Leads } from "../../src/app/leads/leads.ts";
import type { CollectionEvent } from "../../src/domain/collecting/collection-event.ts";
import type { Page, SourceFault } from "../../src/sources/source.ts";
import type { Collecting } from "../support/collecting.ts";
import { createLeadWorld, deliveredIds } from "../support/collecting.ts";
import { createMemorySuppression } from "../support/memory-suppression.ts";
import type { ScriptedSource, ScriptedSourceOptions } from "../support/scripted/scripted-source.ts";
import { createScriptedSource, people } from "../support/scripted/scripted-source.ts";

const spring = { source: "x-followers", query: "spring" };

let world: Awaited<ReturnType<typeof createLeadWorld>>;
let lives: Collecting[] = [];

beforeEach(async () => {
  world = await createLeadWorld();
});

afterEach(async () => {
  for (const life of lives.splice(0)) await life.close();
  await world[Symbol.asyncDispose]();
});

interface Stage {
  readonly life: Collecting;
  readonly source: ScriptedSource;
  readonly leads: Leads;
  /** Gives a request and lets time pass until it is over; answers how it began and ended, told as the command does. */
  readonly give: (request: CollectRequest) => Promise<string>;
  /** The process ends and another begins. */
  readonly restart: () => Promise<Stage>;
}

async function stage(options: ScriptedSourceOptions): Promise<Stage> {
  const source = createScriptedSource(options);
  const life = await world.live({ sources: [source] });
  lives.push(life);
  const leads = createLeads({
    leadStore: life.store,
    sources: new Map([["x-followers", source]]),
    collector: life.collector,
    leadEvents: createEventHub(new NewestEvents<CollectionEvent>(), () => undefined),
    defaultCycle: { everyMs: 1, leads: 1 },
    postsPerTarget: 500,
    suppression: createMemorySuppression(),
    clock: life.clock,
  });
  return {
    life,
    source,
    leads,
    async give(wanted) {
      const result = await leads.collect(wanted);
      if (!result.ok) return result.problem;
      await life.finish(result.list);
      const view = await leads.view(result.list, result.request);
      const status = view?.request?.status;
      await leads.told(result.list);
      return `${result.begun} ${status?.kind === "ended" ? status.end : status?.kind} ${view?.request?.delivered}`;
    },
    async restart() {
      await life.close();
      lives = lives.filter((one) => one !== life);
      return stage({ ...options, asked: [...source.asked] });
    },
  };
}

function forSpring(count: number, more: Partial<CollectRequest> = {}): CollectRequest {
  return { list: "one", targets: [{ source: "x-followers", text: "spring" }], count, time: 1, ...more };
}

test("the same request is told again without a call, told before or not, in this process or another", async () => {
  const first = await stage({ rows: { spring: people(1, 100) } });
  const result = await first.leads.collect(forSpring(20));
  await first.life.finish();
  expect(result).toMatchObject({ begun: "new", request: 1 });
  expect(await first.give(forSpring(20))).toBe("toldAgain targetReached 20");
  expect(await first.give(forSpring(20))).toBe("toldAgain targetReached 20");
  const next = await first.restart();
  expect(await next.give(forSpring(20))).toBe("toldAgain targetReached 20");
  expect(next.source.asked).toHaveLength(2);
});

test("a request is told again also when others followed it, with its own figures", async () => {
  const { give, source, leads } = await stage({ rows: { spring: people(1, 100) } });
  await give(forSpring(20));
  await give(forSpring(30));
  expect(await give(forSpring(20))).toBe("toldAgain targetReached 20");
  expect(source.asked).toHaveLength(5);
  expect(await leads.metadata("one", 1)).toMatchObject({ targetCount: 20, totalApiCalls: 2 });
  expect((await leads.metadata("one", 1))?.apiCallDetails.map(({ call }) => call)).toEqual([1, 2]);
  expect(await leads.metadata("one")).toMatchObject({ targetCount: 30, totalApiCalls: 3 });
});

test("the next time is another request, and each time is told again by its number", async () => {
  const { give, source } = await stage({ rows: { spring: people(1, 100) } });
  await give(forSpring(20));
  expect(await give(forSpring(20, { time: 3 }))).toBe("badTime");
  expect(await give(forSpring(20, { time: 2 }))).toBe("new targetReached 20");
  expect(await give(forSpring(20, { time: 2 }))).toBe("toldAgain targetReached 20");
  expect(source.asked).toHaveLength(4);
});

test("after a reset the same request is a new one", async () => {
  const { give, source, leads, life } = await stage({ rows: { spring: people(1, 15) } });
  expect(await give(forSpring(20))).toBe("new sourceExhausted 15");
  expect(await give(forSpring(20))).toBe("toldAgain sourceExhausted 15");
  await life.clock.runUntil(leads.reset("one"));
  expect(await give(forSpring(20))).toBe("new sourceExhausted 0");
  expect(source.asked).toHaveLength(4);
});

test("an end from before the request began is told with its moment", async () => {
  const { give, leads, life } = await stage({ rows: { spring: people(1, 15) } });
  await give(forSpring(20));
  const endedAt = life.clock.now();
  await life.clock.advance(86_400_000);
  expect(await give(forSpring(30))).toBe("new sourceExhausted 0");
  const view = await leads.view("one");
  expect(view?.targets[0]).toMatchObject({ end: "exhausted", endedAt });
});

/** Empty pages that lead on, between the first page and the others. */
function holes(count: number): ScriptedSourceOptions {
  return {
    rows: { spring: people(1, 40) },
    turn(_, { cursor = "" }): Page | undefined {
      const [, hole] = /^10(?:\.(\d+))?$/.exec(cursor) ?? [];
      const number = cursor === "10" ? 0 : Number(hole ?? count);
      if (number >= count) return undefined;
      return {
        kind: "page",
        rows: 0,
        leads: [],
        next: number + 1 === count ? "10.99999" : `10.${number + 1}`,
      };
    },
  };
}

test("twenty empty pages in a row are no end", async () => {
  const { give } = await stage(holes(20));
  expect(await give(forSpring(40))).toBe("new targetReached 40");
});

test("pages that stay empty are an end of their own, gone on from by the same request for what it lacks", async () => {
  const { give, source, leads, life } = await stage(holes(40));
  expect(await give(forSpring(35))).toBe("new emptyPages 10");
  expect(source.asked).toHaveLength(26);
  expect((await leads.view("one"))?.targets[0]).toMatchObject({ cursor: "10.25", end: "emptyPages" });
  expect(await give(forSpring(35))).toBe("goesOn targetReached 35");
  expect(source.asked.filter(({ cursor }) => cursor === undefined)).toHaveLength(1);
  const ids = await deliveredIds(await life.store.open("one"));
  expect(ids).toEqual(people(1, 35).map(({ id }) => id));
  expect(await life.store.finished()).toMatchObject([{ number: 1, delivered: 35, end: "targetReached" }]);
});

test("another request goes on there as well", async () => {
  const { give } = await stage(holes(40));
  await give(forSpring(35));
  expect(await give(forSpring(5))).toBe("new targetReached 5");
});

test("an answer that contradicts itself is asked for again, then told, its people are kept, and it goes on", async () => {
  let isWrong = true;
  const unclear: SourceFault = {
    kind: "unclear",
    why: "dataMoreUnsaid",
    page: { leads: people(11, 15), rows: 5 },
  };
  const { give, source, leads } = await stage({
    rows: { spring: people(1, 40) },
    turn: (_, { cursor }) => (cursor === "10" && isWrong ? unclear : undefined),
  });
  expect(await give(forSpring(30))).toBe("new unclear 15");
  expect(source.asked.filter(({ cursor }) => cursor === "10")).toHaveLength(4);
  const view = await leads.view("one");
  expect(view?.targets[0]).toMatchObject({ end: "unclear", cursor: "10", lastFault: { why: unclear.why } });
  isWrong = false;
  expect(await give(forSpring(30))).toBe("goesOn targetReached 30");
});

test("a target that was not there is asked again by the same request once it is", async () => {
  let isThere = false;
  const { give } = await stage({
    rows: { spring: people(1, 40) },
    turn: () => (isThere ? undefined : { kind: "targetGone", why: "telegramAccountDeleted" }),
  });
  expect(await give(forSpring(10))).toBe("new targetGone 0");
  expect(await give(forSpring(10))).toBe("goesOn targetGone 0");
  isThere = true;
  expect(await give(forSpring(10))).toBe("goesOn targetReached 10");
});

test("rows without a readable author are counted apart, with the first of them", async () => {
  const { give, leads } = await stage({
    rows: {},
    turn: (ask) => ({
      kind: "page",
      rows: 12,
      leads: people(10 * ask, 10 * ask + 9),
      unreadable: 2,
      sample: `{"row":${ask}}`,
      ...(ask < 3 ? { next: String(ask) } : {}),
    }),
  });
  await give(forSpring(100));
  const view = await leads.view("one");
  expect(view?.targets[0]).toMatchObject({ unreadable: 6, sample: '{"row":1}', rows: 36, found: 30 });
  expect(view?.figures).toMatchObject({ unreadable: 6, duplicates: 0 });
});

test("pages of whose rows none can be read are left soon, as they may be paid for, and are gone on from", async () => {
  let isReadable = false;
  const { give, source, leads } = await stage({
    rows: {},
    turn: (ask) => {
      const shown = isReadable
        ? { leads: people(10 * ask, 10 * ask + 9) }
        : { leads: [], unreadable: 10, sample: "{}" };
      return { kind: "page", rows: 10, next: String(ask), ...shown };
    },
  });
  expect(await give(forSpring(20))).toBe("new unclear 0");
  expect(source.asked).toHaveLength(3);
  expect((await leads.view("one"))?.targets[0]).toMatchObject({ unreadable: 30, cursor: "3" });
  expect((await leads.view("one"))?.targets[0]?.lastFault).toMatchObject({ why: "rowsUnreadable" });
  isReadable = true;
  expect(await give(forSpring(20))).toBe("goesOn targetReached 20");
  expect(source.asked).toHaveLength(5);
});

test("calls that failed stand apart from pages, and no average counts them", async () => {
  const { give, leads } = await stage({
    rows: { spring: people(1, 40) },
    turn: (ask) => (ask === 2 ? { kind: "unavailable", why: "serviceDown" } : undefined),
  });
  await give(forSpring(20));
  expect((await leads.view("one"))?.figures).toMatchObject({
    apiCalls: 3,
    failedCalls: 1,
    averageNewPerCall: 10,
  });
  expect(await leads.metadata("one")).toMatchObject({ totalApiCalls: 3, averageCreatorsPerCall: 10 });
});

test("duplicates that a source left out itself count like all others", async () => {
  const life = await world.live({ sources: [] });
  lives.push(life);
  const ledger = await life.store.open("one");
  const [target = 0] = await ledger.join([spring], 0);
  await ledger.note({ t: "request", targets: [target], count: 100, at: 0 });
  const taken = await ledger.takePage({ target, leads: people(1, 5), rows: 9, again: 4, at: 0 });
  expect(taken).toMatchObject({ added: 5, duplicates: 4 });
  expect((await ledger.state()).request).toMatchObject({ found: 5, duplicates: 4 });
});

test("one target under two names is asked for once, goes on under the first, and is told again under either", async () => {
  const { give, source, leads, life } = await stage({
    rows: { spring: people(1, 40), summer: people(1, 40), autumn: people(101, 105) },
    identityOf: (query) => (query === "autumn" ? "did:2" : "did:1"),
  });
  const both = ["spring", "summer", "autumn"].map((text) => ({ source: "x-followers", text }));
  expect(await give(forSpring(30, { targets: both }))).toBe("new targetReached 30");
  const view = await leads.view("one");
  expect(view?.targets[1]).toMatchObject({ end: "twin", twin: 0, calls: 1 });
  expect(view?.request?.targets).toEqual([0, 2]);
  const ids = await deliveredIds(await life.store.open("one"));
  expect([ids.length, new Set(ids).size]).toEqual([30, 30]);
  const calls = source.asked.length;
  expect(await give(forSpring(30, { targets: both.slice(1) }))).toBe("toldAgain targetReached 30");
  const summer = both.slice(1, 2);
  expect(await give(forSpring(5, { targets: summer }))).toBe("new targetReached 5");
  expect(source.asked.slice(calls).map(({ query }) => query)).not.toContain("summer");
  const again = await deliveredIds(await life.store.open("one"));
  expect([again.length, new Set(again).size]).toEqual([35, 35]);
});

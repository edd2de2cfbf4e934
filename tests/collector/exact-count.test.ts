/** Exactly as many different people as were asked for, whatever the pages hold, or an honest word on why not. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Lead } from "../../src/domain/collecting/lead.ts";
import type { LeadLedger } from "../../src/storage/ports/leads.ts";
import type { Collecting } from "../support/collecting.ts";
import { createLeadWorld, deliveredIds } from "../support/collecting.ts";
import type { ScriptedSourceOptions } from "../support/scripted/scripted-source.ts";
import { createScriptedSource, people } from "../support/scripted/scripted-source.ts";

const spring = { source: "x-followers", query: "spring" };
const summer = { source: "x-followers", query: "summer" };

let world: Awaited<ReturnType<typeof createLeadWorld>>;
let lives: Collecting[] = [];

beforeEach(async () => {
  world = await createLeadWorld();
});

afterEach(async () => {
  for (const life of lives.splice(0)) await life.close();
  await world[Symbol.asyncDispose]();
});

async function collecting(options: ScriptedSourceOptions) {
  const source = createScriptedSource(options);
  const life = await world.live({ sources: [source] });
  lives.push(life);
  return { source, life };
}

function repeated(times: number): Lead[] {
  return Array.from({ length: times }, () => people(1, 10)).flat();
}

async function endOf(ledger: LeadLedger): Promise<string | undefined> {
  const status = (await ledger.state()).request?.status;
  return status?.kind === "ended" ? status.end : status?.kind;
}

test.each([1, 9, 10, 37, 100])("delivers exactly %i with no page more than it takes", async (count) => {
  const { source, life } = await collecting({ rows: { spring: people(1, 120) } });
  const ledger = await life.begin({ targets: [spring], count });
  await life.finish();
  expect(await endOf(ledger)).toBe("targetReached");
  expect(await deliveredIds(ledger)).toEqual(people(1, count).map(({ id }) => id));
  expect(source.asked).toHaveLength(Math.ceil(count / 10));
});

test("never counts a person twice, on one page or on several, nor one who took another name", async () => {
  const renamed: Lead[] = people(1, 10).map((lead) => ({ ...lead, username: `${lead.username}_new` }));
  const rows = [...people(1, 5), ...people(1, 5), ...renamed, ...people(11, 30)];
  const { life } = await collecting({ rows: { spring: rows } });
  const ledger = await life.begin({ targets: [spring], count: 25 });
  await life.finish();
  const ids = await deliveredIds(ledger);
  expect(new Set(ids).size).toBe(25);
  expect((await ledger.state()).request).toMatchObject({
    delivered: 25,
    found: 30,
    duplicates: 10,
    calls: 4,
  });
});

test("keeps what a page brought beyond the count for the next request, and delivers nobody twice", async () => {
  const { source, life } = await collecting({ rows: { spring: people(1, 100) } });
  const ledger = await life.begin({ targets: [spring], count: 7 });
  await life.finish();
  await life.begin({ targets: [spring], count: 3 });
  await life.finish();
  expect(source.asked).toHaveLength(1);
  await life.begin({ targets: [spring], count: 5 });
  await life.finish();
  expect(await deliveredIds(ledger)).toEqual(people(1, 15).map(({ id }) => id));
  expect((await ledger.state()).delivered).toBe(15);
});

test("a request for another target does not get what the first one left over", async () => {
  const rows = { spring: people(1, 20), summer: people(51, 70) };
  const { life } = await collecting({ rows });
  const ledger = await life.begin({ targets: [spring], count: 5 });
  await life.finish();
  await life.begin({ targets: [summer], count: 5 });
  await life.finish();
  expect((await deliveredIds(ledger)).slice(5)).toEqual(people(51, 55).map(({ id }) => id));
});

test("says that the source is exhausted, and what it declared beside what it gave", async () => {
  const { life } = await collecting({
    rows: {},
    turn: (_, { cursor }) => ({
      kind: "page",
      rows: 10,
      leads: cursor === undefined ? people(1, 10) : people(11, 14),
      declaredTotal: 20,
      ...(cursor === undefined ? { next: "10" } : {}),
    }),
  });
  const ledger = await life.begin({ targets: [spring], count: 50 });
  await life.finish();
  expect(await endOf(ledger)).toBe("sourceExhausted");
  expect((await ledger.state()).targets[0]).toMatchObject({ declaredTotal: 20, sighted: 14 });
  expect(await deliveredIds(ledger)).toHaveLength(14);
});

test("gives a target up after three pages without anybody new, and not after two", async () => {
  const rows = { spring: [...repeated(3), ...people(11, 20), ...repeated(6)] };
  const { source, life } = await collecting({ rows });
  const ledger = await life.begin({ targets: [spring], count: 50 });
  await life.finish();
  expect(await endOf(ledger)).toBe("noNewPeople");
  expect(await deliveredIds(ledger)).toHaveLength(20);
  expect(source.asked).toHaveLength(7);
});

test("people whom another target brought first are no reason to give a target up", async () => {
  const rows = { spring: people(1, 50), summer: people(1, 60) };
  const { life } = await collecting({ rows });
  const ledger = await life.begin({ targets: [spring, summer], count: 100 });
  await life.finish();
  expect(await endOf(ledger)).toBe("sourceExhausted");
  expect((await deliveredIds(ledger)).toSorted()).toEqual(
    people(1, 60)
      .map(({ id }) => id)
      .toSorted(),
  );
  expect((await ledger.state()).targets.map(({ sighted }) => sighted)).toEqual([50, 60]);
});

test("pages of people known from elsewhere don't count towards giving a target up", async () => {
  const rows = { spring: people(1, 30), summer: [...people(1, 30), ...people(1, 10), ...people(51, 60)] };
  const { life } = await collecting({ rows });
  const ledger = await life.begin({ targets: [spring], count: 30 });
  await life.finish();
  await life.begin({ targets: [summer], count: 10 });
  await life.finish();
  expect(await endOf(ledger)).toBe("targetReached");
});

test("names a cursor that leads back as what it is", async () => {
  const { source, life } = await collecting({
    rows: {},
    turn: (ask) => ({
      kind: "page",
      rows: 10,
      leads: people(10 * ask, 10 * ask + 9),
      next: ["a", "b", "a"][ask - 1] ?? "c",
    }),
  });
  const ledger = await life.begin({ targets: [spring], count: 500 });
  await life.finish();
  expect(await endOf(ledger)).toBe("cursorLoop");
  expect(source.asked).toHaveLength(3);
  expect(await deliveredIds(ledger)).toHaveLength(30);
});

test("goes past empty pages", async () => {
  const { life } = await collecting({
    rows: { spring: people(1, 30) },
    turn: (ask, { cursor = "0" }) =>
      ask === 2 || ask === 3 ? { kind: "page", rows: 0, leads: [], next: `${cursor}.0` } : undefined,
  });
  const ledger = await life.begin({ targets: [spring], count: 25 });
  await life.finish();
  expect(await endOf(ledger)).toBe("targetReached");
});

test("stops at the limit on calls and says so", async () => {
  const { source, life } = await collecting({ rows: { spring: people(1, 100) } });
  const ledger = await life.begin({ targets: [spring], count: 100, maxCalls: 5 });
  await life.finish();
  expect(await endOf(ledger)).toBe("callLimit");
  expect(source.asked).toHaveLength(5);
  expect(await deliveredIds(ledger)).toHaveLength(50);
});

test("writes where each target stands in the format of older tools", async () => {
  const { life } = await collecting({ rows: { spring: people(1, 40), summer: people(51, 55) } });
  await life.begin({ targets: [spring, summer], count: 24 });
  await life.finish();
  const text = await readFile(join(world.folder, "one", "pagination_state.json"), "utf8");
  expect(JSON.parse(text)).toEqual({
    followers_spring: {
      completed: false,
      last_processed: "2026-01-01T00:00:00.000Z",
      collected_count: 20,
      cursor: "20",
    },
    followers_summer: {
      completed: true,
      last_processed: "2026-01-01T00:00:00.000Z",
      collected_count: 5,
      cursor: null,
    },
  });
});

test("whatever the rows and however the requests follow one another: exact, nobody twice, nobody lost", async () => {
  const row = fc.integer({ min: 1, max: 60 });
  const run = fc.record({
    rows: fc.array(row, { maxLength: 120 }),
    pageSize: fc.integer({ min: 1, max: 30 }),
    counts: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
  });
  let lists = 0;
  await fc.assert(
    fc.asyncProperty(run, async ({ rows, pageSize, counts }) => {
      const list = `list${lists++}`;
      const leads = rows.map((n) => ({ id: `id${n}`, username: `p${n}` }));
      const { life } = await collecting({ rows: { spring: leads }, manifest: { pageSize } });
      let ledger: LeadLedger | undefined;
      for (const count of counts) {
        ledger = await life.begin({ targets: [spring], count }, list);
        await life.finish(list);
        const { request } = await ledger.state();
        if ((await endOf(ledger)) === "targetReached") expect(request?.delivered).toBe(count);
        else expect(["sourceExhausted", "noNewPeople"]).toContain(await endOf(ledger));
      }
      const ids = ledger ? await deliveredIds(ledger) : [];
      expect(new Set(ids).size).toBe(ids.length);
      const state = await ledger?.state();
      expect(state?.delivered).toBe(ids.length);
      const asked = counts.reduce((sum, count) => sum + count, 0);
      if (state?.targets[0]?.end === "exhausted")
        expect(ids.length).toBe(Math.min(asked, new Set(rows).size));
      await life.close();
      lives = lives.filter((one) => one !== life);
    }),
    { numRuns: 15 },
  );
});

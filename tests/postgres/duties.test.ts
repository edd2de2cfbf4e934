/** Processes that share their duties over one database, in a time that stands still: how they share, and what happens when one dies. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "../../src/storage/postgres/database.ts";
import { JOBS_CONNECTIONS, openJobsPool } from "../../src/storage/postgres/duties/jobs-pool.ts";
import { jobsSql, prepareJobs } from "../../src/storage/postgres/duties/jobs-schema.ts";
import { lookAtDuties } from "../../src/storage/postgres/duties/holders.ts";
import { openDutyJobs } from "../../src/storage/postgres/duties/jobs.ts";
import type { Duties, Offering } from "../../src/storage/ports/duties.ts";
import type { DutyWorld, Fate } from "../support/postgres/duty-world.ts";
import { SILENCE_MS, createDutyWorld } from "../support/postgres/duty-world.ts";
import type { TestDatabase } from "../support/postgres/test-database.ts";
import { createDatabase, databaseOfFile } from "../support/postgres/test-database.ts";

const emptied = databaseOfFile();
let database: TestDatabase;
let world: DutyWorld;
let end: number | undefined;

beforeEach(async () => {
  database = await emptied();
  world = createDutyWorld(database, end);
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  end = world.clock.now();
});

/** What a process offers, by name, and which of it is under way. */
interface Willing extends ReadonlySet<string> {
  takeBack(): Promise<void>;
}

function willing(duties: Duties, names: readonly string[], how?: Offering): Willing {
  const underWay = new Set<string>();
  const offers = names.map((name) =>
    duties.offer(
      name,
      async (held) => {
        underWay.add(name);
        await new Promise((resolve) => held.addEventListener("abort", resolve));
        underWay.delete(name);
      },
      how,
    ),
  );
  const takeBack = async (): Promise<void> =>
    void (await Promise.all(offers.map((offer) => offer[Symbol.asyncDispose]())));
  return Object.assign(underWay, { takeBack });
}

const accounts = Array.from({ length: 7 }, (_, at) => `account/x/${at}`);

async function jobNames(): Promise<unknown[]> {
  return (await database.query("select name from peyk_jobs.job order by name")).map(({ name }) => name);
}

/** How long it takes until it is so, in ms. */
async function timeUntil(isSo: () => boolean): Promise<number> {
  const since = world.clock.now();
  await world.until(isSo);
  return world.clock.now() - since;
}

test("shares out evenly among those that are willing, also when one comes or goes", async () => {
  const first = await world.open();
  const one = willing(first, [...accounts, "chat"]);
  await world.until(() => one.size === 8);
  const second = await world.open();
  const two = willing(second, accounts);
  await world.until(() => one.size === 4 && two.size === 4);
  const three = willing(await world.open(), accounts);
  await world.until(() => one.size + two.size + three.size === 8 && three.size === 2);
  expect([one.size, two.size]).toEqual([3, 3]);
  expect(one).toContain("chat");
  // Nothing is left to be evened out.
  const before = (await first.holders()).map(({ duty, worker }) => [duty, worker]);
  await world.pass(5000);
  expect((await first.holders()).map(({ duty, worker }) => [duty, worker])).toEqual(before);
  const gone = second[Symbol.asyncDispose]();
  const taken = await timeUntil(() => one.size + three.size === 8);
  await gone;
  expect(taken).toBeLessThan(2000); // nobody waits for a lock to run out
  expect([one.size, three.size]).toEqual([4, 4]);
});

test("gives who stands by only what nobody else would do", async () => {
  const command = willing(await world.open({ standsBy: true }), accounts);
  await world.until(() => command.size === 7);
  const worker = willing(await world.open(), accounts.slice(2));
  await world.until(() => command.size === 2 && worker.size === 5);
  await worker.takeBack();
  await world.until(() => command.size === 7);
});

test("gives what somebody does at need only to them while nobody else would do it", async () => {
  const unfit = willing(await world.open(), accounts, { isAtNeed: true });
  await world.until(() => unfit.size === 7);
  const fit = willing(await world.open(), accounts.slice(1));
  await world.until(() => unfit.size === 1 && fit.size === 6);
  await fit.takeBack();
  await world.until(() => unfit.size === 7);
});

test("takes over within ten seconds what a process held that hears no more of the database, and never before it let go", async () => {
  const fate: Fate = { isCut: false };
  const dead = willing(await world.open({}, fate), accounts);
  await world.until(() => dead.size === 7);
  const lives = willing(await world.open(), ["chat"]);
  const waits = willing(await world.open(), accounts.slice(0, 3));
  await world.until(() => dead.size + waits.size === 7 && waits.size === 3);
  fate.isCut = true;
  const heirs = willing(await world.open(), accounts.slice(3));
  const letGo = await timeUntil(() => dead.size === 0);
  expect(letGo).toBeLessThan(4000);
  expect(heirs.size).toBe(0);
  const takenOver = letGo + (await timeUntil(() => heirs.size === 4));
  expect(takenOver).toBeLessThan(10_000);
  expect(world.away).toHaveLength(1);
  expect([lives.size, waits.size]).toEqual([1, 3]);
  fate.isCut = false; // it comes back, and has its share again
  await world.until(() => dead.size === 2 && heirs.size === 3 && waits.size === 2);
});

test("tells a process that was frozen before it asks anything, and takes nothing from whoever has it by then", async () => {
  const fate: Fate = { isCut: false };
  const first = await world.open({}, fate);
  const frozen = willing(first, ["chat"]);
  await world.until(() => frozen.size === 1);
  const heir = willing(await world.open(), ["chat"]);
  const thaw = new AbortController();
  fate.frozen = new Promise((resolve) => thaw.signal.addEventListener("abort", () => resolve()));
  await world.until(() => heir.size === 1);
  expect(frozen.size).toBe(1); // it knows of nothing
  thaw.abort();
  await new Promise(setImmediate); // no answer of the database is here yet
  expect(frozen.size).toBe(0);
  delete fate.frozen;
  await world.pass(5000);
  expect([frozen.size, heir.size]).toEqual([0, 1]);
});

test("lets go in time also of a database that says nothing at all", async () => {
  const fate: Fate = { isCut: false };
  const silent = willing(await world.open({}, fate), ["chat"]);
  await world.until(() => silent.size === 1);
  const heir = willing(await world.open(), ["chat"]);
  await world.pass(2000);
  fate.isSilent = true;
  const letGo = await timeUntil(() => silent.size === 0);
  expect([letGo < 4000, heir.size]).toEqual([true, 0]);
  await world.until(() => heir.size === 1);
  fate.isSilent = false;
  await world.pass(SILENCE_MS);
});

test("goes by the database's word of what is lost, though its own clock was set back", async () => {
  const { clock } = world;
  const its = { lateMs: 0, frozen: Promise.resolve() };
  const first = await world.open({
    clock: {
      now: () => clock.now() - its.lateMs,
      async sleep(ms, signal) {
        await clock.sleep(ms, signal);
        await its.frozen;
      },
    },
  });
  const frozen = willing(first, ["chat"]);
  await world.until(() => frozen.size === 1);
  const heir = willing(await world.open(), ["chat"]);
  const thaw = new AbortController();
  its.frozen = new Promise((resolve) => thaw.signal.addEventListener("abort", () => resolve()));
  await world.until(() => heir.size === 1);
  its.lateMs = 60_000;
  thaw.abort();
  await world.until(() => frozen.size === 0);
  await world.pass(5000);
  expect([frozen.size, heir.size]).toEqual([0, 1]);
});

test("keeps a duty on the board for as long as somebody offers it", async () => {
  const names = ["account/x/a:b 100%", "chat"];
  const [here, beside] = [await world.open(), await world.open()];
  const [first, second] = [willing(here, names), willing(beside, ["chat"])];
  await world.until(async () => (await here.holders()).length === 2);
  expect((await beside.holders()).map(({ duty }) => duty)).toEqual(names);
  await using looking = openDatabase({ url: database.url });
  expect(await lookAtDuties(looking).holders()).toEqual(await beside.holders());
  await using unused = openDatabase({ url: await createDatabase() });
  expect(await lookAtDuties(unused).holders()).toEqual([]);
  await first.takeBack();
  await world.until(async () => (await jobNames()).length === 1 && second.size === 1);
  expect(await jobNames()).toEqual(["chat"]);
  await second.takeBack();
  await world.until(async () => (await jobNames()).length === 0);
});

test("calls processes by their names, and no two that live by the same", async () => {
  const [first, second] = [await world.open(), await world.open()];
  const shop = { wanted: "shop", isNumbered: false };
  const named = [await world.open({ name: shop }), await world.open({ name: shop })];
  expect([first, second, ...named].map(({ worker }) => worker)).toEqual([
    "machine-1",
    "machine-2",
    "shop",
    "shop-2",
  ]);
  const chat = willing(first, ["chat"]);
  await world.until(() => chat.size === 1);
  await world.until(async () => (await second.holders()).length === 1);
  expect(await second.holders()).toEqual([
    {
      duty: "chat",
      worker: "machine-1",
      since: expect.toSatisfy((at: number) => at >= world.clock.now() - 2000),
    },
  ]);
  await first[Symbol.asyncDispose]();
  expect((await world.open()).worker).toBe("machine-1");
});

test("asks little: under three statements a second, over two connections", async () => {
  const one = willing(await world.open(), accounts);
  const two = willing(await world.open(), accounts);
  await world.until(() => one.size + two.size === 7);
  await world.pass(3000);
  const before = world.asked.length;
  await world.pass(20_000);
  expect((world.asked.length - before) / 20 / 2).toBeLessThan(3);
  const [open] = await database.query(
    "select count(*)::int as n from pg_stat_activity where application_name = 'peyk duties' and datname = current_database()",
  );
  expect(open?.["n"]).toBeLessThanOrEqual(2 * JOBS_CONNECTIONS);
});

test("uses tables that an administrator made, with no right to make any, unless a newer version was there", async () => {
  const url = await createDatabase({ isBare: true });
  await using administrator = openDatabase({ url });
  for (const sql of [await jobsSql(), await jobsSql()]) await administrator.query(sql);
  const role = `plain_${crypto.randomUUID().replaceAll("-", "")}`;
  await administrator.query(`create role ${role} login; grant usage on schema peyk_jobs to ${role};
    grant select, insert, update, delete on all tables in schema peyk_jobs to ${role};
    grant usage on all sequences in schema peyk_jobs to ${role}`);
  const asRole = Object.assign(new URL(url), { username: role }).href;
  await prepareJobs(asRole);
  const pool = openJobsPool(asRole);
  const jobs = openDutyJobs(pool);
  await jobs.add("chat");
  await jobs.remove("chat");
  await pool[Symbol.asyncDispose]();
  await administrator.query("update peyk_jobs.migration set min_client_version = 99");
  await expect(prepareJobs(asRole)).rejects.toMatchObject({ reason: "pgNewer" });
  await administrator.query(`drop owned by ${role}; drop role ${role}`);
});

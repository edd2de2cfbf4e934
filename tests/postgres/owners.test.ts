/** Processes as owners of claims: their leases, what keeps their calls back, and what goes with time. */
import { expect, test } from "vitest";
import type { Claim } from "../../src/domain/journal.ts";
import type { Around } from "../../src/storage/postgres/database.ts";
import { changeHouse } from "../../src/storage/postgres/house/house.ts";
import { SETTLE } from "../../src/storage/postgres/ledger/claim-sql.ts";
import { LeaseLostError, openOwner } from "../../src/storage/postgres/ledger/owner.ts";
import { openPruning } from "../../src/storage/postgres/ledger/pruning.ts";
import type { Ledger } from "../../src/storage/ports/ledger.ts";
import { endLease, makeCampaign, startProcess } from "../support/postgres/ledger-world.ts";
import { databaseOfFile } from "../support/postgres/test-database.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const HOUR_MS = 3_600_000;
const emptyDatabase = databaseOfFile();

test("a lease is renewed long before it runs out, and one that ran out is told of and never comes back", async () => {
  const here = await emptyDatabase();
  const clock = createVirtualClock();
  await using owner = await openOwner(here.open(), clock);
  let lost = 0;
  owner.onLost(() => lost++);
  const first = owner.id;
  const leftMs = async () => {
    const [row] = await here.query("select until from peyk.owners where id = $1", [first]);
    return Number(row?.["until"]) - here.time.at;
  };
  const wholeMs = await leftMs();
  for (let times = 0; times < 10; times++) {
    here.time.at += wholeMs / 6;
    await clock.advance(wholeMs / 6);
    await expect.poll(leftMs).toBe(wholeMs);
  }
  await endLease(here, first);
  await clock.advance(wholeMs / 6);
  await expect.poll(() => lost).toBeGreaterThan(0);
  expect(await leftMs()).toBeLessThan(0);
  expect(await owner.ensure()).toEqual({ isAnew: true, isPutBack: false });
  expect(owner.id).not.toBe(first);
});

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

test("nobody becomes an owner of claims while everything is moved, or once it was moved out", async () => {
  const here = await emptyDatabase();
  const database = here.open();
  const begin = () => openOwner(database, createVirtualClock());
  for (const state of ["filling", "emptying", "closed", "open"] as const) {
    await changeHouse(database, async () => ({ state, move: "a move", folder: "a folder", at: 0 }));
    if (state === "open") break;
    await expect(begin()).rejects.toMatchObject({ trouble: { code: `house${capital(state)}` } });
    expect(await here.query("select from peyk.owners")).toEqual([]);
  }
  await using _ = await begin();
  await expect(changeHouse(database, async () => undefined)).rejects.toMatchObject({
    trouble: { code: "houseInUse" },
  });
});

test("what a process left is free as soon as its machine knows that it ended, and not before", async () => {
  const here = await emptyDatabase();
  const pool = here.open();
  const clock = createVirtualClock();
  const marked = (own: string, ended: readonly string[] = []) =>
    openOwner(pool, clock, { own: async () => own, isGone: async (mark) => ended.includes(mark) });
  const owners = async () =>
    (await here.query("select mark from peyk.owners order by mark")).map(({ mark }) => mark);
  await marked("killed");
  await marked("silent");
  await using _ = await marked("third", ["killed"]);
  expect(await owners()).toEqual(["silent", "third"]);
  here.time.at += 60_000;
  expect(await here.query("select peyk.owns(id) as owns from peyk.owners where mark = 'silent'")).toEqual([
    { owns: false },
  ]);
});

test("uses that no limit looks back to and owners who are long gone go, and no others", async () => {
  const here = await emptyDatabase();
  here.time.at = 1000 * HOUR_MS;
  const hoursAgo = (hours: number) => here.time.at - hours * HOUR_MS;
  await here.query("insert into peyk.owners values ('gone', $1), ('just gone', $2), ('lives', $3)", [
    hoursAgo(25),
    hoursAgo(1),
    hoursAgo(-1),
  ]);
  await here.query("insert into peyk.accounts_in_use values ('x', 'one'), ('x', 'other')");
  for (const account of ["one", "other"])
    for (const at of [hoursAgo(200), hoursAgo(73), hoursAgo(49), hoursAgo(0)])
      await here.query("insert into peyk.uses (channel, account, at) values ('x', $1, $2)", [account, at]);
  const clock = createVirtualClock();
  await using _ = openPruning(here.open(), clock);
  await clock.advance(HOUR_MS);
  const ids = async (sql: string) => (await here.query(sql)).map(({ what }) => what);
  await expect
    .poll(() => ids("select id as what from peyk.owners order by id"))
    .toEqual(["just gone", "lives"]);
  await expect
    .poll(() => ids("select account as what from peyk.uses order by account"))
    .toEqual(["one", "one", "other", "other"]);
});

test.each([
  [false, 0],
  [true, 0],
  [false, -3_600_000],
])(
  "a process that froze with its leave in hand calls nobody (waits: %s, its clock set by %s ms meanwhile)",
  async (waits, setByMs) => {
    const here = await emptyDatabase();
    let freezesOnce = false;
    let setBy = 0;
    const around: Around = async (_sql, ask) => {
      const answer = await ask();
      if (freezesOnce) {
        freezesOnce = false;
        here.time.at += 80_000;
        setBy = setByMs;
        await endLease(here, process.owner);
      }
      return answer;
    };
    const process = await startProcess(here, around, () => here.time.at + setBy);
    const campaign = await makeCampaign(process.database, { names: ["ali"] });
    const { ledger } = await process.ledgers.open(campaign);
    const answer = await ledger.claim({ account: "one", caps: [], rates: [], waits });
    if (answer.kind !== "claimed") throw new Error("the only one is claimed");
    freezesOnce = true;
    await expect(ledger.leave(answer.claim)).rejects.toThrow(LeaseLostError);
  },
);

async function claimOf(ledger: Ledger): Promise<Claim> {
  const answer = await ledger.claim({ account: "one", caps: [], rates: [] });
  if (answer.kind !== "claimed") throw new Error(`expected a claim, got ${answer.kind}`);
  return answer.claim;
}

/** One process with a claim, whose next settling may be held up on its way to the database. */
async function oneProcess() {
  const here = await emptyDatabase();
  const held: { up?: () => Promise<void> } = {};
  const around: Around = async (sql, ask) => {
    const { up } = held;
    if (sql !== SETTLE.text || !up) return ask();
    delete held.up;
    await up();
    return ask();
  };
  const first = await startProcess(here, around);
  const campaign = await makeCampaign(first.database, { names: ["ali"] });
  const { ledger } = await first.ledgers.open(campaign);
  const claim = await claimOf(ledger);
  return { here, held, first, ledger, claim };
}

test("nothing leaves while it is being settled, however much earlier the answer would be here", async () => {
  const { held, first, ledger, claim } = await oneProcess();
  for (const [ask, then] of [
    [ledger.leave.bind(ledger), { t: "uncertain", why: "noAnswerInTime" }],
    [ledger.mayRepeat.bind(ledger), { t: "sent", id: "m" }],
  ] as const) {
    // Other statements have all the time they need.
    held.up = async () => {
      for (let times = 0; times < 5; times++) await first.database.query("select 1");
    };
    const settled = ledger.settle(claim, then);
    expect([await ask(claim), await settled]).toEqual([false, true]);
  }
});

test("a call is kept back that would leave within half a minute of the end of its lease", async () => {
  const { here, first, ledger, claim } = await oneProcess();
  const lasts = async (ms: number) => {
    await here.query("delete from peyk.owners where id = $1", [first.owner]);
    await here.query("insert into peyk.owners values ($1, $2)", [first.owner, here.time.at + ms]);
  };
  await lasts(30_001);
  expect(await ledger.leave(claim)).toBe(true);
  await lasts(30_000);
  await expect(ledger.leave(claim)).rejects.toThrow("another process");
});

/** Tables that were put back from a dump are noticed by whoever works on them next, and nothing in them goes on by itself. */
import { expect, test } from "vitest";
import { createOwnReplyStore } from "../../src/storage/postgres/answers/own-reply-store.ts";
import { createCampaignStore } from "../../src/storage/postgres/campaigns/campaign-store.ts";
import { moveIn, putDatabaseAtRest } from "../../src/storage/postgres/home/home.ts";
import { readPutBackFrom } from "../../src/storage/postgres/house/put-back.ts";
import { createLeadStore } from "../../src/storage/postgres/leads/lead-store.ts";
import { home } from "../../src/storage/postgres/migrations/home.ts";
import { openOwner } from "../../src/storage/postgres/ledger/owner.ts";
import { makeCampaign, startProcess } from "../support/postgres/ledger-world.ts";
import { twoProcesses } from "../support/postgres/two-openers.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const { fresh, next } = twoProcesses();

/** What pg_restore does to a table: it makes it, and writes its rows. */
const PUT_BACK = `
create temp table dumped as select * from peyk.home;
drop table peyk.home;
${home}
insert into peyk.home select * from dumped;
drop table dumped`;

/** Rows alone, into a table that is there. */
const ROWS_PUT_BACK = `
create temp table dumped as select * from peyk.home;
delete from peyk.home;
insert into peyk.home select * from dumped;
drop table dumped`;

/** The same of tables that are neither emptied nor made meanwhile, as where somebody works on them. */
const BEHIND_THE_BACK = ["home", "owners"]
  .map(
    (table) => `
create temp table dumped as select * from peyk.${table};
delete from peyk.${table};
insert into peyk.${table} select * from dumped;
drop table dumped`,
  )
  .join(";");

test("tables are at home where somebody began to work on them, and put back where a dump wrote them", async () => {
  const here = await fresh();
  expect([await moveIn(next()), await moveIn(next()), await readPutBackFrom(next())]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  for (const [at, put] of [PUT_BACK, ROWS_PUT_BACK].entries()) {
    here.time.at = at + 7;
    await here.query(put);
    const noticed = await Promise.all([moveIn(next()), moveIn(next())]);
    expect(noticed.filter((one) => one !== undefined)).toEqual([
      { madeAt: at + 7, at: at + 7, campaigns: 0, paused: 0, collections: 0 },
    ]);
    expect(await moveIn(next())).toBeUndefined();
    expect(await readPutBackFrom(next())).toMatchObject({ madeAt: at + 7, at: at + 7 });
  }
});

test("nothing that was begun in a dump goes on before somebody says so", async () => {
  const here = await fresh();
  const database = next();
  const { ledgers } = await startProcess(here, database);
  const spring = await makeCampaign(database, { id: "spring", names: ["ali", "sara"] });
  await makeCampaign(database, { id: "over", names: ["ali"], status: "finished", createdAt: 50 });
  const { ledger } = await ledgers.open(spring);
  here.time.at = 40;
  expect(await ledger.claim({ account: "one", caps: [], rates: [] })).toMatchObject({ kind: "claimed" });
  const replies = createOwnReplyStore(database);
  await replies.ask({ id: "r1", answer: 1, text: "Hello", by: "1", at: 2 });
  const list = await createLeadStore(database).open("tea");
  const [target = 0] = await list.join([{ source: "bluesky", query: "tea" }], 3);
  await list.note({ t: "request", targets: [target], count: 5, at: 4 });
  here.time.at = 90;
  expect(await putDatabaseAtRest(next())).toEqual({
    madeAt: 50,
    at: 90,
    campaigns: 2,
    paused: 1,
    collections: 1,
  });
  const campaigns = createCampaignStore(next());
  expect(await campaigns.get("spring")).toMatchObject({
    status: "paused",
    pause: { kind: "restored", madeAt: 50 },
    restored: { madeAt: 50, at: 90 },
  });
  expect(await campaigns.get("over")).toMatchObject({ status: "finished", restored: { at: 90 } });
  expect(await replies.get("r1")).toMatchObject({ state: "uncertain" });
  const tea = await createLeadStore(next()).open("tea");
  expect(await tea.state()).toMatchObject({ request: { status: { kind: "paused" } } });
  await expect(ledger.claim({ account: "one", caps: [], rates: [] })).rejects.toThrow("lease");
});

test("whoever works on tables while a dump is put back claims nobody by the lease in it", async () => {
  const here = await fresh();
  const database = next();
  const { ledgers } = await startProcess(here, database);
  const { ledger } = await ledgers.open(await makeCampaign(database, { names: ["ali", "sara"] }));
  const claim = () => ledger.claim({ account: "one", caps: [], rates: [] });
  const first = await claim();
  expect(first).toMatchObject({ kind: "claimed" });
  await here.query(BEHIND_THE_BACK);
  await expect(claim()).rejects.toThrow("lease");
  if (first.kind === "claimed") await expect(ledger.leave(first.claim)).rejects.toThrow("lease");
});

test("each that works on while a dump is put back goes on at rest, and is told that what it remembers is not so", async () => {
  const here = await fresh();
  await moveIn(next());
  const clock = createVirtualClock();
  await using first = await openOwner(next(), clock);
  await using second = await openOwner(next(), clock);
  await makeCampaign(next(), { id: "spring", names: ["ali"] });
  const told: unknown[] = [];
  for (const owner of [first, second]) owner.onPutBack((from) => told.push(from));
  expect(await first.ensure()).toEqual({ isAnew: false, isPutBack: false });
  here.time.at = 70;
  await here.query(BEHIND_THE_BACK);
  for (const owner of [first, second])
    expect(await owner.ensure()).toEqual({ isAnew: true, isPutBack: true });
  expect(told).toEqual([{ madeAt: 0, at: 70, campaigns: 1, paused: 1, collections: 0 }, undefined]);
  expect(await createCampaignStore(next()).get("spring")).toMatchObject({ status: "paused" });
  for (const owner of [first, second])
    expect(await owner.ensure()).toEqual({ isAnew: false, isPutBack: false });
});

/** The way back: what is done to people in the database binds the next claim of every campaign. */
import { everybodyOn } from "../contracts/suppression.ts";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { FileSuppressionStore } from "../../src/storage/files/people/suppression-store.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { openSuppressionStore } from "../../src/storage/files/people/suppression-store.ts";
import type { Connection } from "../../src/storage/postgres/connection.ts";
import { connectTo } from "../../src/storage/postgres/connection.ts";
import { addToSuppressions } from "../../src/sync/opt-outs.ts";
import type { TestPostgres } from "../support/postgres/postgres.ts";
import { startPostgres } from "../support/postgres/postgres.ts";
import type { DataFolder } from "./data-folder.ts";
import { createDataFolder } from "./data-folder.ts";
import type { BenchOptions } from "./sync-bench.ts";
import { compareWith, syncOnce } from "./sync-bench.ts";

let server: TestPostgres;
let data: DataFolder;
let list: FileSuppressionStore;
let database: Connection;
let ends: BenchOptions;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  await server.query("drop schema if exists peyk_copy cascade");
  data = await createDataFolder();
  await data.addList("spring", ["ali", "sara", "nima"]);
  await data.collect(
    "coffee",
    { t: "target", source: "tiktok", query: "coffee", at: 1 },
    { t: "saved", k: 0, leads: [{ id: "1", username: "mina" }], at: 2 },
  );
  list = await openSuppressionStore(join(data.path, "suppression.jsonl"), { clock: systemClock });
  ends = { dataDir: data.path, url: server.url, takeOptOuts: addToSuppressions(list) };
  await syncOnce(ends);
  database = await connectTo(server.url);
});
afterEach(async () => {
  await database[Symbol.asyncDispose]();
  await list[Symbol.asyncDispose]();
  await data[Symbol.asyncDispose]();
});

/** A round for what was done in the database, and one more for what Peyk made of it. */
async function comesBack(): Promise<void> {
  await syncOnce(ends);
  expect(await compareWith(ends)).toMatchObject({ isEqual: true });
}

test.each([
  ["is removed from a campaign", "delete from peyk_copy.recipients where username = 'sara'", "sara"],
  [
    "is marked in a campaign",
    "update peyk_copy.recipients set opted_out_at = now() where username = 'sara'",
    "sara",
  ],
  ["is removed from the leads", "delete from peyk_copy.leads where username = 'mina'", "mina"],
  [
    "is marked among the leads",
    "update peyk_copy.leads set opted_out_at = now() where username = 'mina'",
    "mina",
  ],
  ["is named to Peyk", "insert into peyk_copy.opt_outs (username) values (' @Omid ')", "omid"],
])("whoever %s in the database is on the do-not-send list", async (_, sql, username) => {
  await database.query(sql);
  await comesBack();
  expect(await list.reasonFor(username)).toBe("optedOut");
  expect(await list.count()).toBe(1);
});

test("a row added to the database's own list comes back with its reason and note", async () => {
  await database.query(
    "insert into peyk_copy.suppressions (username, reason, note, at) values ('omid', 'complaint', 'wrote to us', now())",
  );
  await comesBack();
  expect(await everybodyOn(list)).toMatchObject([
    { username: "omid", reason: "complaint", note: "wrote to us" },
  ]);
  await database.query("update peyk_copy.suppressions set reason = 'blocked'");
  await comesBack();
  expect(await everybodyOn(list)).toMatchObject([{ username: "omid", reason: "blocked" }]);
});

test("a row added to the database's own list under another spelling, or under none, leaves nothing behind", async () => {
  await database.query(
    "insert into peyk_copy.suppressions (username, reason) values ('@Omid', 'blocked'), ('not a name', 'blocked')",
  );
  await comesBack();
  expect((await everybodyOn(list)).map(({ username }) => username)).toEqual(["omid"]);
  const { rows } = await database.query("select username from peyk_copy.suppressions");
  expect(rows).toEqual([{ username: "omid" }]);
});

test("a moment that no calendar of ours has harms nobody's do-not-send list", async () => {
  await database.query(
    `insert into peyk_copy.opt_outs (username, at)
     values ('omid', 'infinity'), ('ali', '-infinity'), ('sara', '290000-01-01')`,
  );
  await comesBack();
  await list[Symbol.asyncDispose]();
  list = await openSuppressionStore(join(data.path, "suppression.jsonl"), { clock: systemClock });
  const years = (await everybodyOn(list)).map(
    ({ username, at }) => `${username} ${new Date(at).getUTCFullYear()}`,
  );
  expect(years.toSorted()).toEqual(["ali 1970", "omid 9999", "sara 9999"]);
});

test("nobody leaves the do-not-send list by being deleted from the copy", async () => {
  await list.add(["ali"], { reason: "optedOut", at: 5 });
  await syncOnce(ends);
  await database.query("delete from peyk_copy.suppressions");
  await comesBack();
  expect(await list.reasonFor("ali")).toBe("optedOut");
});

test("what Peyk itself copies is not taken for an opt-out", async () => {
  await list.add(["ali"], { reason: "blocked", at: 5 });
  await list.remove(["ali"], 6);
  await syncOnce(ends);
  await list.add(["sara"], { reason: "blocked", at: 7 });
  await syncOnce(ends);
  const { rows } = await database.query("select * from peyk_copy.opt_outs");
  expect(rows).toEqual([]);
});

test("a name that is none is refused with the reason beside it, and hinders nobody", async () => {
  await database.query("insert into peyk_copy.opt_outs (username) values ('not a name'), ('omid')");
  const events = await syncOnce(ends);
  expect(events.at(-1)).toMatchObject({ optOuts: { taken: 1, refused: 1, waiting: 0 } });
  expect(await list.reasonFor("omid")).toBe("optedOut");
  const { rows } = await database.query(
    "select username, problem from peyk_copy.opt_outs where problem is not null",
  );
  expect(rows).toEqual([{ username: "not a name", problem: expect.stringContaining("is no username") }]);
});

test("where another process has the data folder, opt-outs wait and are counted", async () => {
  await database.query("insert into peyk_copy.opt_outs (username) values ('omid')");
  const events = await syncOnce({ ...ends, takeOptOuts: async () => false });
  expect(events.at(-1)).toMatchObject({ optOuts: { taken: 0, refused: 0, waiting: 1 } });
  await comesBack();
  expect(await list.reasonFor("omid")).toBe("optedOut");
});

test("an opt-out that was taken in before the answer was lost is taken in once", async () => {
  await database.query("insert into peyk_copy.opt_outs (username) values ('omid')");
  await syncOnce(ends);
  await database.query("update peyk_copy.opt_outs set taken_at = null");
  await comesBack();
  await comesBack();
  const { rows } = await database.query(
    "select lines::int from peyk_copy.positions where feed = 'suppressions'",
  );
  expect(rows).toEqual([{ lines: 1 }]);
});

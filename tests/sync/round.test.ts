/** What travels, on a real PostgreSQL. */
import { appendFile, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { connectTo } from "../../src/storage/postgres/connection.ts";
import type { TestPostgres } from "../support/postgres/postgres.ts";
import { startPostgres } from "../support/postgres/postgres.ts";
import type { DataFolder } from "./data-folder.ts";
import { createDataFolder } from "./data-folder.ts";
import { compareWith, syncOnce } from "./sync-bench.ts";

let server: TestPostgres;
let data: DataFolder;
let ends: { readonly dataDir: string; readonly url: string };

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  data = await createDataFolder();
  await server.query("drop schema if exists peyk_copy cascade");
  ends = { dataDir: data.path, url: server.url };
});
afterEach(() => data[Symbol.asyncDispose]());

const names = ["ali", "sara", "nima", "mina", "reza", "zari", "omid"];

/** A life in which everything happens to somebody. */
async function everythingHappens(): Promise<void> {
  await data.addList("spring", names);
  await data.journal(
    "spring",
    { t: "claim", r: 0, a: "one", n: 1, at: 1_700_000_000_001 },
    { t: "sent", r: 0, id: "m1", at: 1_700_000_000_002 },
    { t: "claim", r: 1, a: "one", n: 1, at: 10 },
    { t: "planned", r: 1, due: 99, free: true, why: "tooFast", at: 11 },
    { t: "claim", r: 1, a: "two", n: 1, at: 12 },
    { t: "failed", r: 1, why: { code: "unexpected", error: "gone\u0000 \ud800" }, at: 13 },
    { t: "claim", r: 2, a: "one", n: 1, at: 14 },
    { t: "uncertain", r: 2, why: "noAnswerInTime", at: 15 },
    { t: "skipped", r: 3, reason: "optedOut", at: 16 },
    { t: "checkpoint", names: 1, crc: 7, at: 17 },
    { t: "retryAll", at: 18 },
    { t: "claim", r: 1, a: "one", n: 1, at: 19 },
    { t: "notFound", r: 1, why: "noSuchName", at: 20 },
    { t: "claim", r: 4, a: "one", n: 1, at: 21 },
  );
  await data.suppress(
    { t: "add", username: "sara", reason: "optedOut", at: 5 },
    { t: "add", username: "nima", reason: "blocked", note: "asked by phone", at: 6 },
    { t: "remove", username: "sara", at: 7 },
    { t: "add", username: "mina", reason: "complaint", at: 8 },
  );
}

test("everything that is kept arrives, and the comparison says so", async () => {
  await everythingHappens();
  await syncOnce(ends);
  expect(await compareWith(ends)).toMatchObject({
    isEqual: true,
    campaigns: 1,
    recipients: 7,
    suppressions: 2,
    behind: 0,
    differences: 0,
  });
});

test("only what is new travels", async () => {
  await everythingHappens();
  const first = await syncOnce(ends);
  expect(first.at(-1)).toMatchObject({ kind: "round", lines: 7 + 14 + 4, isLeading: true });
  expect((await syncOnce(ends)).at(-1)).toMatchObject({ kind: "round", lines: 0 });
  await data.journal("spring", { t: "sent", r: 4, id: "m2", at: 22 }, { t: "cancelAll", at: 23 });
  await data.addList("autumn", ["ali"]);
  expect((await syncOnce(ends)).at(-1)).toMatchObject({ kind: "round", lines: 3 });
  expect(await compareWith(ends)).toMatchObject({ isEqual: true, campaigns: 2, recipients: 8 });
});

test("of two endings of one uncertainty the first one holds in the copy too, whatever lies between them", async () => {
  await data.addList("spring", ["ali", "sara"]);
  const uncertain = [0, 1].flatMap((r) => [
    { t: "claim" as const, r, a: "one", n: 1, at: 1 },
    { t: "uncertain" as const, r, why: "noAnswerInTime" as const, at: 2 },
  ]);
  await data.journal("spring", ...uncertain, { t: "sent", r: 0, id: "m", at: 3 });
  await data.journal("spring", { t: "skipped", r: 1, reason: "leftInDoubt", at: 3 });
  await syncOnce(ends);
  await data.journal("spring", { t: "skipped", r: 0, reason: "leftInDoubt", at: 4 });
  await data.journal("spring", { t: "planned", r: 1, due: 5, free: false, why: "noSuchName", at: 4 });
  await syncOnce(ends);
  expect(await compareWith(ends)).toMatchObject({ isEqual: true, recipients: 2, differences: 0 });
});

test("leads travel once each, with the source that showed them", async () => {
  const page = { t: "page", rows: 2, known: [], again: 0, at: 9 } as const;
  const [ali, sara] = [
    { id: "1", username: "ali", displayName: "علی", details: { followers: "12", "a\u0000b": "\ud800" } },
    { id: "2", username: "sara" },
  ];
  await data.collect(
    "coffee",
    { t: "target", source: "tiktok", query: "coffee", at: 1 },
    { t: "target", source: "bluesky-followers", query: "cafe.example", at: 2 },
    { ...page, k: 0, next: "c1", leads: [ali] },
  );
  await syncOnce(ends);
  await data.collect("coffee", { ...page, k: 1, leads: [sara] }, { t: "saved", k: 0, leads: [], at: 10 });
  await syncOnce(ends);
  expect(await compareWith(ends)).toMatchObject({ isEqual: true, leads: 2, behind: 0 });
  await using copy = await connectTo(ends.url);
  const { rows } = await copy.query("select list, source, id, username from peyk_copy.leads order by id");
  expect(rows).toEqual([
    { list: "coffee", source: "tiktok", id: "1", username: "ali" },
    { list: "coffee", source: "bluesky-followers", id: "2", username: "sara" },
  ]);
  await copy.query("update peyk_copy.leads set username = 'x' where id = '2'");
  expect(await compareWith(ends)).toMatchObject({ isEqual: false, differences: 1 });
});

test("delivered leads are told from kept ones, with the request that delivered them, over several rounds", async () => {
  const leads = ["ali", "sara", "nima", "mina"].map((username, index) => ({
    id: String(index + 1),
    username,
  }));
  const page = { t: "page", k: 0, rows: 4, leads, known: [], again: 0, at: 3 } as const;
  await data.collect(
    "coffee",
    { t: "target", source: "tiktok", query: "coffee", at: 1 },
    { t: "request", targets: [0], count: 2, at: 2 },
    page,
  );
  await syncOnce(ends);
  await using copy = await connectTo(ends.url);
  const delivered = async (): Promise<unknown> =>
    (
      await copy.query(
        `select username, delivered_request as request, (extract(epoch from delivered_at) * 1000)::int as at
         from peyk_copy.leads order by id`,
      )
    ).rows.map(({ username, request, at }) => [username, request, at]);
  const first = [
    ["ali", 1, 3],
    ["sara", 1, 3],
  ];
  expect(await delivered()).toEqual([...first, ["nima", null, null], ["mina", null, null]]);
  await data.collect(
    "coffee",
    { t: "end", end: "targetReached", at: 4 },
    { t: "request", targets: [0], count: 1, at: 5 },
    { t: "end", end: "targetReached", at: 6 },
  );
  await syncOnce(ends);
  expect(await delivered()).toEqual([...first, ["nima", 2, 5], ["mina", null, null]]);
  expect(await compareWith(ends)).toMatchObject({ isEqual: true, leads: 4 });
  await copy.query("update peyk_copy.leads set delivered_request = 7 where id = '4'");
  await copy.query("update peyk_copy.leads set delivered_at = now() where id = '4'");
  expect(await compareWith(ends)).toMatchObject({ isEqual: false, differences: 1 });
});

test("a copy from before deliveries were told learns of them", async () => {
  const lead = { id: "1", username: "ali" };
  await data.collect(
    "coffee",
    { t: "target", source: "tiktok", query: "coffee", at: 1 },
    { t: "request", targets: [0], count: 1, at: 2 },
    { t: "page", k: 0, rows: 1, leads: [lead], known: [], again: 0, at: 3 },
  );
  await syncOnce(ends);
  await using copy = await connectTo(ends.url);
  await copy.query("alter table peyk_copy.leads drop column delivered_request, drop column delivered_at");
  await copy.query(`
    alter table peyk_copy.positions add column byte_offset bigint, add column fingerprint text;
    update peyk_copy.positions
      set byte_offset = split_part(cursor, ':', 1)::bigint, fingerprint = split_part(cursor, ':', 2);
    alter table peyk_copy.positions drop column cursor;
    delete from peyk_copy.migrations where version > 1`);
  await syncOnce(ends);
  const { rows } = await copy.query("select delivered_request as request from peyk_copy.leads");
  expect(rows).toEqual([{ request: 1 }]);
  expect(await compareWith(ends)).toMatchObject({ isEqual: true });
});

test("what has not been copied yet is behind once, and no difference as well", async () => {
  await data.addList("spring", names);
  await syncOnce(ends);
  await data.addList("spring", ["late", "later"]);
  await data.addList("autumn", names);
  await data.journal("autumn", { t: "claim", r: 0, a: "one", n: 1, at: 1 });
  await data.collect("coffee", { t: "target", source: "tiktok", query: "coffee", at: 1 });
  const found = await compareWith(ends);
  expect(found.first.map(({ what }) => what)).toEqual(["campaign spring"]);
  expect(found).toMatchObject({ isEqual: false, differences: 1, behind: 2 + (1 + names.length + 1) + 1 });
});

test("a line that is still being written waits until it is whole", async () => {
  await everythingHappens();
  const journal = join(data.path, "campaigns/spring/journal.jsonl");
  await appendFile(journal, `{"t":"sent","r":4,`);
  await syncOnce(ends);
  expect(await compareWith(ends)).toMatchObject({ isEqual: true });
  await appendFile(journal, `"id":"m9","at":30}\n`);
  expect(await compareWith(ends)).toMatchObject({ isEqual: false, behind: 1, differences: 0 });
  await syncOnce(ends);
  expect(await compareWith(ends)).toMatchObject({ isEqual: true });
});

test("a journal that lost its end or was restored travels again from its start", async () => {
  await everythingHappens();
  const journal = join(data.path, "campaigns/spring/journal.jsonl");
  const whole = await readFile(journal, "utf8");
  await syncOnce(ends);
  await truncate(journal, whole.indexOf(`{"t":"retryAll"`));
  expect(await compareWith(ends)).toMatchObject({ isEqual: false });
  const events = await syncOnce(ends);
  expect(events).toContainEqual({ kind: "restarted", feed: "campaigns/spring/journal.jsonl" });
  expect(await compareWith(ends)).toMatchObject({ isEqual: true });
  await data.journal("spring", { t: "claim", r: 5, a: "two", n: 1, at: 40 });
  await syncOnce(ends);
  expect(await compareWith(ends)).toMatchObject({ isEqual: true });
});

test("a list that was restored travels again, with what became of those on it", async () => {
  await everythingHappens();
  await syncOnce(ends);
  const list = join(data.path, "campaigns/spring/list-001.jsonl");
  await writeFile(list, (await readFile(list, "utf8")).replace("omid", "amir"));
  await syncOnce(ends);
  expect(await compareWith(ends)).toMatchObject({ isEqual: true, recipients: 7 });
});

test("somebody whom the journal knows before the list is read is left for the next round", async () => {
  await everythingHappens();
  await data.journal("spring", { t: "claim", r: 7, a: "one", n: 1, at: 50 });
  await syncOnce(ends);
  expect(await compareWith(ends)).toMatchObject({ isEqual: false, behind: 1, differences: 0 });
  await data.addList("spring", ["late"]);
  await syncOnce(ends);
  expect(await compareWith(ends)).toMatchObject({ isEqual: true, recipients: 8 });
});

test("a corrupt log is named and keeps no other from travelling", async () => {
  await everythingHappens();
  await data.addList("broken", ["ali"]);
  await appendFile(join(data.path, "campaigns/broken/journal.jsonl"), "no entry\n");
  const events = await syncOnce(ends);
  expect(events.at(-1)).toMatchObject({
    kind: "round",
    unreadable: [expect.stringContaining("campaigns/broken/journal.jsonl, line 1: ")],
  });
  await using copy = await connectTo(ends.url);
  const { rows } = await copy.query(
    "select count(*)::int as known from peyk_copy.recipients where state <> 'planned'",
  );
  expect(rows).toEqual([{ known: 5 }]);
});

test("a database keeps the copy of one data folder only", async () => {
  await data.addList("spring", names);
  await syncOnce(ends);
  await using other = await createDataFolder();
  await expect(syncOnce({ ...ends, dataDir: other.path })).rejects.toThrow(
    "The database keeps the copy of another data folder. Give it one of its own.",
  );
});

test("the comparison finds every field that somebody changed", async () => {
  await everythingHappens();
  await syncOnce(ends);
  await using copy = await connectTo(ends.url);
  const changes = [
    "state = 'x'",
    "attempts = 9",
    "account = 'x'",
    "at = now()",
    "message_id = 'x'",
    "why = 'x'",
  ];
  for (const [ordinal, change] of [...changes, "skip_reason = 'x', username = 'x'"].entries())
    await copy.query(`update peyk_copy.recipients set ${change} where ordinal = ${ordinal}`);
  const found = await compareWith(ends);
  expect(found).toMatchObject({ isEqual: false, behind: 0, differences: 7 });
  expect(found.first[0]).toMatchObject({
    what: "recipient 0 of spring",
    here: { username: "ali", state: "sent" },
    there: { username: "ali", state: "x" },
  });
});

test("the comparison finds what is on one side only", async () => {
  await everythingHappens();
  await syncOnce(ends);
  await using copy = await connectTo(ends.url);
  await copy.query(
    "begin; set local peyk.sync = 'on'; delete from peyk_copy.recipients where ordinal = 6; commit",
  );
  await copy.query(
    "insert into peyk_copy.recipients (campaign_id, ordinal, username) values ('spring', 7, 'x')",
  );
  await copy.query("begin; set local peyk.sync = 'on'; delete from peyk_copy.suppressions; commit");
  await copy.query(
    "insert into peyk_copy.leads (list, source, id, username, collected_at) values ('gone', 'x', '1', 'x', now())",
  );
  const found = await compareWith(ends);
  expect(found.first.map(({ what }) => what).toSorted()).toEqual([
    "list of leads gone",
    "recipient 6 of spring",
    "recipient 7 of spring",
    "suppression mina",
    "suppression nima",
  ]);
});

test("the comparison looks no further than the copy has come, while leads are collected", async () => {
  await data.collect("coffee", { t: "target", source: "tiktok", query: "coffee", at: 1 });
  await data.collect("coffee", { t: "saved", k: 0, leads: [{ id: "1", username: "mina" }], at: 2 });
  await syncOnce(ends);
  await data.collect("coffee", { t: "saved", k: 0, leads: [{ id: "2", username: "omid" }], at: 3 });
  expect(await compareWith(ends)).toMatchObject({ isEqual: false, behind: 1, differences: 0, leads: 1 });
});

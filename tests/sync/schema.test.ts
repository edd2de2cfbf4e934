/**
 * The schema of the copy: by whomever its tables are made, and whatever its role may do; and a copy that an earlier version
 * kept elsewhere, which moves, whole, while whoever reads it goes on reading.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Suppression } from "../../src/domain/people/suppression.ts";
import { connectTo } from "../../src/storage/postgres/connection.ts";
import { copySql } from "../../src/storage/postgres/copy/copy-schema.ts";
import { deliveries } from "../../src/storage/postgres/copy/migrations/deliveries.ts";
import { firstTables } from "../../src/storage/postgres/copy/migrations/first-tables.ts";
import type { TestPostgres } from "../support/postgres/postgres.ts";
import { startPostgres } from "../support/postgres/postgres.ts";
import type { DataFolder } from "./data-folder.ts";
import { createDataFolder } from "./data-folder.ts";
import { compareWith, syncOnce } from "./sync-bench.ts";

let server: TestPostgres;
let data: DataFolder;
let ends: { readonly dataDir: string; readonly url: string };
const urlOf = (role: string): string => Object.assign(new URL(server.url), { username: role }).href;

beforeAll(async () => {
  server = await startPostgres();
  await server.query("create role plain login; create role reader login");
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  data = await createDataFolder();
  await data.addList("spring", ["ali", "sara"]);
  await data.journal(
    "spring",
    { t: "claim", r: 0, a: "one", n: 1, at: 9 },
    { t: "sent", r: 0, id: "m1", at: 9 },
  );
  await data.suppress({ t: "add", username: "nima", reason: "optedOut", at: 5 });
  ends = { dataDir: data.path, url: server.url };
});
afterEach(async () => {
  await data[Symbol.asyncDispose]();
  await server.query("drop schema if exists peyk cascade; drop schema if exists peyk_copy cascade");
});

describe("a new copy", () => {
  beforeEach(() => (ends = { ...ends, url: urlOf("plain") }));

  test("in a schema of its own it makes its tables, without the right to create schemas", async () => {
    await server.query("create schema peyk_copy authorization plain");
    await syncOnce(ends);
    expect(await compareWith(ends)).toMatchObject({ isEqual: true, recipients: 2, suppressions: 1 });
  });

  test("with tables that an administrator made it needs no right to create anything", async () => {
    await server.query(copySql());
    await server.query(copySql()); // again, as after an update: nothing is missing
    await server.query("grant usage on schema peyk_copy to plain");
    await server.query("grant select, insert, update, delete on all tables in schema peyk_copy to plain");
    await syncOnce(ends);
    expect(await compareWith(ends)).toMatchObject({ isEqual: true, recipients: 2, suppressions: 1 });
    await server.query("insert into peyk_copy.opt_outs (username) values ('omid')");
    expect((await syncOnce(ends)).at(-1)).toMatchObject({ kind: "round", optOuts: { waiting: 1 } });
  });

  test("without any right it says whom to ask", async () => {
    await expect(syncOnce(ends)).rejects.toThrow("docs/sync.md");
  });
});

/** The tables as they were before they had a schema of their own, with what a sync had put there, some made by a role. */
async function copyInOldPlace(owner: string): Promise<void> {
  await syncOnce(ends);
  const oldTables = `${firstTables}${deliveries}`.replaceAll("peyk_copy.", "peyk.");
  const all = ["source", "campaigns", "recipients", "leads", "suppressions"];
  await server.query(`
    create schema peyk authorization ${owner};
    set role ${owner};
    create table peyk.migrations (version integer primary key, made_at timestamptz not null default now());
    ${oldTables}
    insert into peyk.migrations (version) values (1), (2);
    reset role;
    set peyk.sync = 'on';
    ${all.map((table) => `insert into peyk.${table} select * from peyk_copy.${table};`).join("\n")}
    insert into peyk.positions (feed, byte_offset, lines, fingerprint)
      select feed, split_part(cursor, ':', 1)::bigint, lines, split_part(cursor, ':', 2) from peyk_copy.positions;
    drop schema peyk_copy cascade;
    grant usage on schema peyk to reader;
    grant select on peyk.recipients to reader;
    grant insert on peyk.opt_outs to reader;
    create view public.sent as select username from peyk.recipients where state = 'sent';
    grant select on public.sent to reader;
  `);
}

/** A life goes on: only what is new travels, and another program finds and writes what it knows by its old name. */
async function goesOn(): Promise<void> {
  await data.journal("spring", { t: "skipped", r: 1, reason: "optedOut", at: 11 });
  expect((await syncOnce(ends)).at(-1)).toMatchObject({ kind: "round", lines: 1 });
  expect(await compareWith(ends)).toMatchObject({ isEqual: true, recipients: 2, suppressions: 1 });
  await using reader = await connectTo(urlOf("reader"));
  const { rows: states } = await reader.query("select state from peyk.recipients order by ordinal");
  expect(states).toEqual([{ state: "sent" }, { state: "skipped" }]);
  expect((await reader.query("select * from public.sent")).rows).toEqual([{ username: "ali" }]);
  await reader.query("insert into peyk.opt_outs (username) values ('omid')");
  await server.query("delete from peyk.recipients where username = 'sara'");
  await server.query("insert into peyk.suppressions (username, reason) values ('reza', 'blocked')");
  const taken: string[] = [];
  const takeOptOuts = async (those: readonly Suppression[]): Promise<boolean> => {
    taken.push(...those.map(({ username }) => username));
    return true;
  };
  await syncOnce({ ...ends, takeOptOuts });
  expect(taken.toSorted()).toEqual(["omid", "reza", "sara"]);
}

test("it moves by itself, and nothing travels anew", async () => {
  await copyInOldPlace("peyk");
  await goesOn();
});

test("where its role may make no schema it stays until an administrator made the new one", async () => {
  await copyInOldPlace("plain");
  ends = { ...ends, url: urlOf("plain") };
  await expect(syncOnce(ends)).rejects.toThrow("docs/sync.md");
  expect(await server.query("select count(*)::int from peyk.recipients")).toEqual([{ count: 2 }]);
  await server.query("create schema peyk_copy authorization plain");
  await goesOn();
});

test("where an administrator made its tables the same command moves them, with everybody's rights", async () => {
  await copyInOldPlace("peyk");
  await server.query(`grant usage on schema peyk to plain;
    grant select, insert, update, delete on all tables in schema peyk to plain`);
  ends = { ...ends, url: urlOf("plain") };
  await expect(syncOnce(ends)).rejects.toThrow("docs/sync.md");
  await server.query(copySql());
  await server.query(copySql());
  await goesOn();
});

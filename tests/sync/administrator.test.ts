/** A database in which an administrator makes the schema: the role of Peyk may create nothing but what it was given. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { schemaSql } from "../../src/storage/postgres/migrate.ts";
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
  await server.query("create role plain login");
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  data = await createDataFolder();
  await data.addList("spring", ["ali", "sara"]);
  await data.suppress({ t: "add", username: "nima", reason: "optedOut", at: 5 });
  const url = new URL(server.url);
  url.username = "plain";
  ends = { dataDir: data.path, url: url.href };
  await server.query("drop schema if exists peyk cascade");
});
afterEach(() => data[Symbol.asyncDispose]());

test("in a schema of its own it makes its tables, without the right to create schemas", async () => {
  await server.query("create schema peyk authorization plain");
  await syncOnce(ends);
  expect(await compareWith(ends)).toMatchObject({ isEqual: true, recipients: 2, suppressions: 1 });
});

test("with tables that an administrator made it needs no right to create anything", async () => {
  await server.query(schemaSql());
  await server.query(schemaSql()); // again, as after an update: nothing is missing
  await server.query("grant usage on schema peyk to plain");
  await server.query("grant select, insert, update, delete on all tables in schema peyk to plain");
  await syncOnce(ends);
  expect(await compareWith(ends)).toMatchObject({ isEqual: true, recipients: 2, suppressions: 1 });
  await server.query("insert into peyk.opt_outs (username) values ('omid')");
  expect((await syncOnce(ends)).at(-1)).toMatchObject({ kind: "round", optOuts: { waiting: 1 } });
});

test("without any right it says whom to ask", async () => {
  await expect(syncOnce(ends)).rejects.toThrow("docs/sync.md");
});

/**
 * A database of the run's one server for one test file, with Peyk's tables in it: a copy of a template that is made once.
 * Its time stands still and is moved by hand.
 */
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import type { Around, Database } from "../../../src/storage/postgres/database.ts";
import { openDatabase } from "../../../src/storage/postgres/database.ts";
import { prepareJobs } from "../../../src/storage/postgres/duties/jobs-schema.ts";
import { prepareDatabase } from "../../../src/storage/postgres/own-schema.ts";
import { withClient } from "./ask-once.ts";

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  /** The store's time, ms since the epoch: every statement of a pool that was opened here goes by what it is then. */
  readonly time: { at: number };
  /** A pool of its own, as another process has it. @param around Stops and orders statements */
  open(around?: Around): Database;
  /** Closes a pool that is of no more use. */
  close(pool: Database): Promise<void>;
  /** One statement beside all pools. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Takes every row out of Peyk's tables: for the next test of the file. */
  empty(): Promise<void>;
}

const TEMPLATE = "peyk_template";
const TEMPLATE_IN_TIME = "peyk_template_in_time";

/** Any number: held while the template is made. */
const TEMPLATE_LOCK = 7_362_999;

const TIME_BY_HAND = `
create schema test;
create table test.time (at bigint not null);
insert into test.time values (0);
create or replace function peyk.now() returns bigint language sql volatile as $$ select at from test.time $$`;

const EMPTY = `
do $$ declare one record; begin
set local session_replication_role = replica;
for one in select tablename from pg_tables where schemaname = 'peyk' and tablename <> 'migrations' loop
  execute format('delete from peyk.%I', one.tablename);
end loop;
end $$`;

export interface DatabaseOptions {
  /** With nothing in it, in place of Peyk's tables. */
  readonly isBare?: boolean;
  /** Its time goes on by itself, for programs that wait by their own clocks; default: it is moved by hand. */
  readonly isInTime?: boolean;
}

let given = 0;

/** How many were made or emptied for this process's tests. */
export const databasesGiven = (): number => given;

/** The address of a new database on the run's server. */
export async function createDatabase({
  isBare = false,
  isInTime = false,
}: DatabaseOptions = {}): Promise<string> {
  given += 1;
  const server = await text(connect(inject("postgresPort"), "127.0.0.1"));
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  await withClient(server, async (client) => {
    await client.query("select pg_advisory_lock($1)", [TEMPLATE_LOCK]);
    const template = isBare ? "template0" : isInTime ? TEMPLATE_IN_TIME : TEMPLATE;
    if (!isBare) await makeTemplates(server, client);
    await client.query(`create database ${name} template ${template}`);
  });
  return addressOf(server, name);
}

/** Takes every row out of Peyk's tables, beside whoever is connected. */
export async function emptyDatabase(url: string): Promise<void> {
  given += 1;
  await withClient(url, (client) => client.query(EMPTY));
}

export async function openTestDatabase(): Promise<TestDatabase> {
  const url = await createDatabase();
  const client = new pg.Pool({ connectionString: url, max: 1 });
  client.on("error", () => undefined);
  const time = { at: 0 };
  let shown: { readonly at: number; readonly written: Promise<unknown> } = {
    at: 0,
    written: Promise.resolve(),
  };
  /** Statements ask for the time at their beginning; it is put right before. */
  const inTime = async (): Promise<void> => {
    if (shown.at !== time.at)
      shown = { at: time.at, written: client.query("update test.time set at = $1", [time.at]) };
    await shown.written;
  };
  const pools = new Set<Database>();
  /** Those of earlier tests: whoever connects anew pays for it. */
  let idle: Database[] = [];
  const reused = new Set<Database>();
  const opened = (around: Around): Database =>
    openDatabase({
      url,
      around: async (sql, ask) => {
        await inTime();
        return around(sql, ask);
      },
    });
  return {
    url,
    time,
    open(around) {
      const pool = around ? opened(around) : (idle.pop() ?? opened((_sql, ask) => ask()));
      pools.add(pool);
      if (!around) reused.add(pool);
      return pool;
    },
    async close(pool) {
      pools.delete(pool);
      await pool[Symbol.asyncDispose]();
    },
    async query(sql, values = []) {
      await inTime();
      return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
    },
    async empty() {
      const spent = [...pools].filter((pool) => !reused.has(pool));
      await Promise.all(spent.map((pool) => pool[Symbol.asyncDispose]()));
      for (const pool of spent) pools.delete(pool);
      idle = [...pools];
      await client.query(EMPTY);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...pools].map((pool) => pool[Symbol.asyncDispose]()));
      await client.end();
    },
  };
}

/** The database of the test file that calls it, empty each time it is asked for. */
export function databaseOfFile(): () => Promise<TestDatabase> {
  let opened: TestDatabase | undefined;
  beforeAll(async () => void (opened = await openTestDatabase()));
  afterAll(() => opened?.[Symbol.asyncDispose]());
  return async () => {
    if (!opened) throw new Error("it is opened before the file's first test");
    await opened.empty();
    return opened;
  };
}

async function makeTemplates(server: string, client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("select from pg_database where datname = $1", [TEMPLATE]);
  if (rowCount) return;
  await client.query(`create database ${TEMPLATE_IN_TIME} template template0`);
  await prepareDatabase(addressOf(server, TEMPLATE_IN_TIME));
  await prepareJobs(addressOf(server, TEMPLATE_IN_TIME));
  await client.query(`create database ${TEMPLATE} template ${TEMPLATE_IN_TIME}`);
  await withClient(addressOf(server, TEMPLATE), (there) => there.query(TIME_BY_HAND));
}

function addressOf(server: string, database: string): string {
  return Object.assign(new URL(server), { pathname: `/${database}` }).href;
}

/** The pool, its transactions and its wakes, on a real server. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { connectTo } from "../../src/storage/postgres/connection.ts";
import type { Around, Database } from "../../src/storage/postgres/database.ts";
import { openDatabase } from "../../src/storage/postgres/database.ts";
import { DatabaseError } from "../../src/storage/postgres/database-error.ts";
import { migrate } from "../../src/storage/postgres/migrate.ts";
import { ownSql, prepareDatabase } from "../../src/storage/postgres/own-schema.ts";
import { openWakes, tellOf } from "../../src/storage/postgres/wakes.ts";
import type { TestDatabase } from "../support/postgres/test-database.ts";
import { createDatabase, openTestDatabase } from "../support/postgres/test-database.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

let here: TestDatabase;
let database: Database;

beforeAll(async () => {
  here = await openTestDatabase();
  await here.query("create table kept (word text primary key)");
});
afterAll(() => here[Symbol.asyncDispose]());
beforeEach(() => void (database = here.open()));
afterEach(() => here.query("delete from kept"));

const keep = (word: string, where: Pick<Database, "query"> = database) =>
  where.query("insert into kept values ($1)", [word]);
const kept = async () => (await here.query("select word from kept order by word")).map(({ word }) => word);
const lost = (): never => {
  throw new Error("Connection terminated unexpectedly");
};
const losingInserts: Around = async (sql, ask) => {
  const answer = await ask();
  return sql.startsWith("insert") ? lost() : answer;
};
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof DatabaseError ? error : undefined),
  );

test("a transaction is whole, or nothing of it is there", async () => {
  await database.inTransaction(async (connection) => {
    await keep("one", connection);
    await keep("two", connection);
  });
  const failed = database.inTransaction(async (connection) => {
    await keep("three", connection);
    throw new Error("thought better of it");
  });
  await expect(failed).rejects.toThrow("thought better of it");
  expect(await kept()).toEqual(["one", "two"]);
});

test("a transaction with a statement that failed is no success, whoever kept silent about it", async () => {
  const failed = database.inTransaction(async (connection) => {
    await keep("one", connection);
    await keep("one", connection).catch(() => undefined);
  });
  expect(await failureOf(failed)).toMatchObject({ mayBeCommitted: false });
  expect(await kept()).toEqual([]);
});

test.each<{
  readonly at: string;
  readonly around: Around;
  readonly mayBe: boolean;
  readonly there: string[];
}>([
  {
    at: "before a statement",
    around: (sql, ask) => (sql.startsWith("insert") ? lost() : ask()),
    mayBe: false,
    there: [],
  },
  {
    at: "before the commit",
    around: (sql, ask) => (sql === "commit" ? lost() : ask()),
    mayBe: true,
    there: [],
  },
  {
    at: "after the commit",
    around: async (sql, ask) => {
      const answer = await ask();
      return sql === "commit" ? lost() : answer;
    },
    mayBe: true,
    there: ["one"],
  },
])("a connection lost $at says whether the change may be there", async ({ around, mayBe, there }) => {
  const failing = here.open(around);
  const failed = await failureOf(failing.inTransaction((connection) => keep("one", connection)));
  expect(failed).toMatchObject({ mayBeCommitted: mayBe, isTransient: true });
  expect(await kept()).toEqual(there);
});

test("what is asked first goes with the begin, and what is asked last with the commit, as one that waits for no answer", async () => {
  const steps: string[] = [];
  const following: Around = async (sql, ask) => {
    steps.push(`${sql.slice(0, 6)}?`);
    const answer = await ask();
    steps.push(`${sql.slice(0, 6)}!`);
    return answer;
  };
  await here.open(following).inTransaction(async (connection) => {
    await keep("one", connection);
    connection.withCommit("update kept set word = $1", ["last"]);
  });
  const asked = ["begin?", "insert?", "begin!", "insert!", "update?", "commit?", "update!", "commit!"];
  expect(steps).toEqual(asked);
  expect(await kept()).toEqual(["last"]);
});

test("a transaction whose last statement the server refuses is surely not there", async () => {
  const failed = database.inTransaction(async (connection) => {
    await keep("one", connection);
    connection.withCommit("insert into kept values ($1)", ["one"]);
  });
  expect(await failureOf(failed)).toMatchObject({ mayBeCommitted: false, sqlState: "23505" });
  expect(await kept()).toEqual([]);
});

test("a transaction that is lost with its last statement may be there", async () => {
  const failed = here.open(losingInserts).inTransaction(async (connection) => {
    connection.withCommit("insert into kept values ($1)", ["one"]);
  });
  expect(await failureOf(failed)).toMatchObject({ mayBeCommitted: true, isTransient: true });
  expect(await kept()).toEqual(["one"]);
});

test("a refusal of the server is surely no change, and the connection goes on", async () => {
  await keep("one");
  expect(await failureOf(keep("one"))).toMatchObject({ mayBeCommitted: false, sqlState: "23505" });
  await keep("two");
  expect(await kept()).toEqual(["one", "two"]);
});

test("two in each other's way both come through, for somebody begins anew", async () => {
  await keep("a");
  await keep("b");
  let waiting = 2;
  let [bothThere, begun] = [() => {}, 0];
  const both = new Promise<void>((resolve) => (bothThere = resolve));
  const crossing = (first: string, second: string) =>
    database.inTransaction(async (connection) => {
      begun++;
      await connection.query("select from kept where word = $1 for update", [first]);
      if (--waiting === 0) bothThere();
      await both;
      await connection.query("update kept set word = word where word = $1", [second]);
    });
  await here.query(`alter database ${new URL(here.url).pathname.slice(1)} set deadlock_timeout = '20ms'`);
  database = here.open();
  await Promise.all([crossing("a", "b"), crossing("b", "a")]);
  expect(begun).toBeGreaterThan(2);
});

test("a word wakes whoever waits for its topic, in every process, and nobody before it is committed", async () => {
  const clock = createVirtualClock();
  await using wakes = openWakes(here.open(), { clock });
  const heard: string[] = [];
  const woken = (): Promise<void> =>
    new Promise((resolve) => {
      const waiting = wakes.on("leads", () => {
        heard.push("leads");
        waiting[Symbol.dispose]();
        resolve();
      });
    });
  await woken(); // it listens now
  using _ = wakes.on("campaigns", () => heard.push("campaigns"));
  const next = woken();
  await database
    .inTransaction(async (connection) => {
      await tellOf("campaigns", connection);
      throw new Error("no");
    })
    .catch(() => undefined);
  await tellOf("leads", database);
  await next;
  expect(heard).toEqual(["leads", "leads"]);
});

test("whoever waits is woken every so often though no word came, and once it is listened again after a loss", async () => {
  const clock = createVirtualClock();
  await using wakes = openWakes(here.open(), { clock, everyMs: 3000 });
  let woken = 0;
  using _ = wakes.on("leads", () => woken++);
  await expect.poll(() => woken).toBe(1); // it listens now
  await clock.advance(3000);
  expect(woken).toBe(2);
  await here.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()",
  );
  await expect.poll(() => clock.advance(100).then(() => woken)).toBe(3);
});

test("a commit outlives a power cut, though the server would answer before it does", async () => {
  const name = new URL(here.url).pathname.slice(1);
  await here.query(`alter database ${name} set synchronous_commit = 'off'`);
  await using pool = openDatabase({ url: here.url });
  await here.query(`alter database ${name} reset synchronous_commit`);
  expect((await pool.query("show synchronous_commit")).rows).toEqual([{ synchronous_commit: "on" }]);
});

test("a migration that fails half way leaves nothing of itself", async () => {
  const url = await createDatabase({ isBare: true });
  await using connection = await connectTo(url);
  const table = "create table half.one (id text)";
  const half = { name: "half", migrations: [table, table], lock: 7_362_998 };
  await expect(migrate(connection, half)).rejects.toThrow("already exists");
  await using other = openDatabase({ url });
  expect((await other.query("select from pg_namespace where nspname = 'half'")).rows).toEqual([]);
});

test("an empty database gets its tables once, whoever else begins at the same moment", async () => {
  const url = await createDatabase({ isBare: true });
  await Promise.all([prepareDatabase(url), prepareDatabase(url)]);
  await prepareDatabase(url);
});

test("tables that an administrator made are used as they are, again after an update", async () => {
  const url = await createDatabase({ isBare: true });
  await using other = openDatabase({ url });
  await other.query(ownSql());
  await other.query(ownSql());
  await prepareDatabase(url);
  await other.query("insert into peyk.migrations (version) values (99)");
  await expect(prepareDatabase(url)).rejects.toMatchObject({ reason: "pgNewer" });
});

test("a schema that holds something else is left as it is", async () => {
  const url = await createDatabase({ isBare: true });
  await using other = openDatabase({ url });
  await other.query("create schema peyk; create table peyk.campaigns (id text)");
  await expect(prepareDatabase(url)).rejects.toMatchObject({ reason: "pgSchemaTaken" });
  expect((await other.query("select id from peyk.campaigns")).rows).toEqual([]);
});

/** Brings the schema `peyk` up to date: every migration once, in order, in one transaction, one process at a time. */
import { ExternalStoreError } from "../sync-stores.ts";
import type { Connection } from "./connection.ts";
import { inTransaction } from "./connection.ts";
import { firstTables } from "./migrations/first-tables.ts";

/** In the order in which they are made; one that was released is never changed, only followed by another. */
const migrations: readonly string[] = [firstTables];

/** Any number that nobody else takes for a lock in the same database. */
const MIGRATION_LOCK = 7_362_001;

/**
 * Makes what is missing.
 * @throws {ExternalStoreError} when a newer version of Peyk was here
 */
export async function migrate(connection: Connection): Promise<void> {
  await inTransaction(connection, async () => {
    await connection.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    const done = await versionOf(connection);
    if (done > migrations.length)
      throw new ExternalStoreError(
        `The database was brought to version ${done} of its tables by a newer Peyk; this one knows ${migrations.length}.`,
      );
    for (const [index, sql] of migrations.slice(done).entries()) {
      await connection.query(sql);
      await connection.query("insert into peyk.migrations (version) values ($1)", [done + index + 1]);
    }
  });
}

/** Looks before it creates: whoever may use the tables need not have the right to make new ones. */
async function versionOf(connection: Connection): Promise<number> {
  const { rows } = await connection.query("select to_regclass('peyk.migrations') is not null as is_there");
  if (rows[0]?.["is_there"] !== true) {
    await connection.query("create schema if not exists peyk");
    await connection.query(
      "create table peyk.migrations (version integer primary key, made_at timestamptz not null default now())",
    );
  }
  const found = await connection.query<{ version: number }>(
    "select coalesce(max(version), 0) as version from peyk.migrations",
  );
  return found.rows[0]?.version ?? 0;
}

/** Brings the schema `peyk_copy` up to date: every migration once, in order, in one transaction, one process at a time. */
import { ExternalStoreError } from "../ports/sync.ts";
import type { Connection } from "./connection.ts";
import { inTransaction } from "./connection.ts";
import { cursors } from "./migrations/cursors.ts";
import { deliveries } from "./migrations/deliveries.ts";
import { firstTables } from "./migrations/first-tables.ts";
import { IS_IN_OLD_PLACE, fromOldPlace } from "./migrations/from-old-place.ts";

/** In the order in which they are made; one that was released is never changed, only followed by another. */
const migrations: readonly string[] = [firstTables, deliveries, cursors];

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
        { reason: "pgNewer" },
      );
    for (const [index, sql] of migrations.slice(done).entries()) {
      await connection.query(sql);
      await connection.query("insert into peyk_copy.migrations (version) values ($1)", [done + index + 1]);
    }
  });
}

const MIGRATIONS_TABLE = `peyk_copy.migrations (
  version integer primary key, made_at timestamptz not null default now()
)`;

/** What an administrator runs where the role of Peyk may make no tables: makes what is missing, at any time again. */
export function schemaSql(): string {
  const begin = `create schema if not exists peyk_copy;${MOVED_ONCE}create table if not exists ${MIGRATIONS_TABLE};\n`;
  return `begin;\n${begin}${migrations.map((sql, index) => onceSql(sql, index + 1)).join("")}commit;\n`;
}

const IS_MADE = `exists (
  select from pg_class join pg_namespace n on n.oid = relnamespace
  where n.nspname = 'peyk_copy' and relname = 'migrations')`;

const MOVED_ONCE = `
do $once$ begin
if not ${IS_MADE} and ${IS_IN_OLD_PLACE} then
execute $moving$${fromOldPlace}$moving$;
end if;
end $once$;
`;

function onceSql(sql: string, version: number): string {
  return `
do $once$ begin
if not exists (select from peyk_copy.migrations where version = ${version}) then
execute $migration$${sql}$migration$;
insert into peyk_copy.migrations (version) values (${version});
end if;
end $once$;
`;
}

/**
 * Looks before it creates: whoever may use the tables need not have the right to make new ones, and "create … if not
 * exists" asks for that right also where the schema exists.
 */
async function versionOf(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ schema: boolean; isThere: boolean; isInOldPlace: boolean }>(
    `select exists (select from pg_namespace where nspname = 'peyk_copy') as schema,
            ${IS_MADE} as "isThere", ${IS_IN_OLD_PLACE} as "isInOldPlace"`,
  );
  const [{ schema, isThere, isInOldPlace } = { schema: false, isThere: false, isInOldPlace: false }] = rows;
  if (!schema) await connection.query("create schema peyk_copy");
  if (!isThere) await connection.query(isInOldPlace ? fromOldPlace : `create table ${MIGRATIONS_TABLE}`);
  const found = await connection.query<{ version: number }>(
    "select coalesce(max(version), 0) as version from peyk_copy.migrations",
  );
  return found.rows[0]?.version ?? 0;
}

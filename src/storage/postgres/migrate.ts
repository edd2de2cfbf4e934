/** Brings the schema `peyk` up to date: every migration once, in order, in one transaction, one process at a time. */
import { ExternalStoreError } from "../ports/sync.ts";
import type { Connection } from "./connection.ts";
import { inTransaction } from "./connection.ts";
import { deliveries } from "./migrations/deliveries.ts";
import { firstTables } from "./migrations/first-tables.ts";

/** In the order in which they are made; one that was released is never changed, only followed by another. */
const migrations: readonly string[] = [firstTables, deliveries];

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
      await connection.query("insert into peyk.migrations (version) values ($1)", [done + index + 1]);
    }
  });
}

const MIGRATIONS_TABLE = `peyk.migrations (
  version integer primary key, made_at timestamptz not null default now()
)`;

/** What an administrator runs where the role of Peyk may make no tables: makes what is missing, at any time again. */
export function schemaSql(): string {
  const begin = `create schema if not exists peyk;\ncreate table if not exists ${MIGRATIONS_TABLE};\n`;
  return `begin;\n${begin}${migrations.map((sql, index) => onceSql(sql, index + 1)).join("")}commit;\n`;
}

function onceSql(sql: string, version: number): string {
  return `
do $once$ begin
if not exists (select from peyk.migrations where version = ${version}) then
execute $migration$${sql}$migration$;
insert into peyk.migrations (version) values (${version});
end if;
end $once$;
`;
}

/**
 * Looks before it creates: whoever may use the tables need not have the right to make new ones, and "create … if not
 * exists" asks for that right also where the schema exists.
 */
async function versionOf(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ schema: boolean; isThere: boolean }>(
    `select exists (select from pg_namespace where nspname = 'peyk') as schema,
            exists (select from pg_class join pg_namespace n on n.oid = relnamespace
                    where n.nspname = 'peyk' and relname = 'migrations') as "isThere"`,
  );
  if (rows[0]?.schema !== true) await connection.query("create schema peyk");
  if (rows[0]?.isThere !== true) await connection.query(`create table ${MIGRATIONS_TABLE}`);
  const found = await connection.query<{ version: number }>(
    "select coalesce(max(version), 0) as version from peyk.migrations",
  );
  return found.rows[0]?.version ?? 0;
}

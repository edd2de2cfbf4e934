/** Brings a schema up to date: every migration once, in order, in one transaction, one process at a time. */
import { ExternalStoreError } from "../ports/sync.ts";
import type { Connection } from "./connection.ts";
import { inTransaction } from "./connection.ts";

/** Tables that belong together, and how they came about. */
export interface Schema {
  /** A plain word: it stands in statements as it is. */
  readonly name: string;
  /** In the order in which they are made; one that was released is never changed, only followed by another. */
  readonly migrations: readonly string[];
  /** Held while it is changed; any number that nobody else takes for a lock in the same database. */
  readonly lock: number;
  /** A condition of SQL that is true where something else has tables in a schema of its name. */
  readonly isTaken?: string;
  /** Where earlier versions kept its tables: they move before anything is made. */
  readonly oldPlace?: {
    /** A condition of SQL that is true where they are. */
    readonly isThere: string;
    /** Moves them, and the table of migrations with them. */
    readonly move: string;
  };
}

/**
 * Makes what is missing.
 * @throws {ExternalStoreError} when a newer version of Peyk was here, or something else
 */
export async function migrate(connection: Connection, schema: Schema): Promise<void> {
  const { name, migrations, lock } = schema;
  await inTransaction(connection, async () => {
    await connection.query("select pg_advisory_xact_lock($1)", [lock]);
    const done = await versionOf(connection, schema);
    if (done > migrations.length)
      throw new ExternalStoreError(
        `The database was brought to version ${done} of its tables by a newer Peyk; this one knows ${migrations.length}.`,
        { reason: "pgNewer" },
      );
    for (const [index, sql] of migrations.slice(done).entries()) {
      await connection.query(sql);
      await connection.query(`insert into ${name}.migrations (version) values ($1)`, [done + index + 1]);
    }
  });
}

const tableOf = ({ name }: Schema): string => `${name}.migrations (
  version integer primary key, made_at timestamptz not null default now()
)`;

/** What an administrator runs where the role of Peyk may make no tables: makes what is missing, at any time again. */
export function schemaSql(schema: Schema): string {
  const { name, migrations } = schema;
  const begin = `create schema if not exists ${name};${movedOnce(schema)}create table if not exists ${tableOf(schema)};\n`;
  return `begin;\n${begin}${migrations.map((sql, index) => onceSql(name, sql, index + 1)).join("")}commit;\n`;
}

const isMade = ({ name }: Schema): string => `exists (
  select from pg_class join pg_namespace n on n.oid = relnamespace
  where n.nspname = '${name}' and relname = 'migrations')`;

function movedOnce(schema: Schema): string {
  if (!schema.oldPlace) return "\n";
  const { isThere, move } = schema.oldPlace;
  return `
do $once$ begin
if not ${isMade(schema)} and ${isThere} then
execute $moving$${move}$moving$;
end if;
end $once$;
`;
}

function onceSql(name: string, sql: string, version: number): string {
  return `
do $once$ begin
if not exists (select from ${name}.migrations where version = ${version}) then
execute $migration$${sql}$migration$;
insert into ${name}.migrations (version) values (${version});
end if;
end $once$;
`;
}

type Found = Readonly<Record<"schema" | "isTaken" | "isThere" | "isInOldPlace", boolean>>;

/**
 * Looks before it creates: whoever may use the tables need not have the right to make new ones, and "create … if not
 * exists" asks for that right also where the schema exists.
 */
async function versionOf(connection: Connection, schema: Schema): Promise<number> {
  const { name, isTaken = "false", oldPlace } = schema;
  const { rows } = await connection.query<Found>(
    `select exists (select from pg_namespace where nspname = $1) as schema, ${isTaken} as "isTaken",
            ${isMade(schema)} as "isThere", ${oldPlace?.isThere ?? "false"} as "isInOldPlace"`,
    [name],
  );
  const [found = { schema: false, isTaken: false, isThere: false, isInOldPlace: false }] = rows;
  if (found.isTaken)
    throw new ExternalStoreError(
      `The schema ${name} of the database holds tables of something else. Give Peyk a database of its own.`,
      { reason: "pgSchemaTaken" },
    );
  if (!found.schema) await connection.query(`create schema ${name}`);
  if (!found.isThere)
    await connection.query(
      oldPlace && found.isInOldPlace ? oldPlace.move : `create table ${tableOf(schema)}`,
    );
  const last = await connection.query<{ version: number }>(
    `select coalesce(max(version), 0) as version from ${name}.migrations`,
  );
  return last.rows[0]?.version ?? 0;
}

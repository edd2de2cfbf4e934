/** BullMQ's own tables, in a schema of their own: made and brought up to date by BullMQ itself. */
import type { PgQueryResult, PgQueryable } from "bullmq";
import { LATEST_SCHEMA_VERSION, assertSchemaCompatibility, runMigrations } from "bullmq";
import { ExternalStoreError } from "../../ports/sync.ts";
import type { Connection, Row } from "../connection.ts";
import { connectTo } from "../connection.ts";
import { externalError } from "../faults.ts";
import { JOBS_SCHEMA } from "./job-names.ts";

/** BullMQ asks for PostgreSQL 13, as Peyk does, and writes to the terminal where it is not newer. */
const quiet = { skipVersionCheck: true };

/**
 * Makes what is missing. Looks first: whoever may use the tables need not have the right to make new ones.
 * @throws {ExternalStoreError} when they can't be made, or a newer BullMQ was here
 */
export async function prepareJobs(url: string): Promise<void> {
  await using connection = await connectTo(url);
  try {
    if (await isUpToDate(connection)) return;
    await runMigrations(await makingOn(connection), JOBS_SCHEMA, quiet);
  } catch (error) {
    throw isTooOld(error) ? newerBullMq(error) : externalError(error);
  }
}

/** What an administrator runs where the role of Peyk may make no tables: makes what is missing, at any time again. */
export async function jobsSql(): Promise<string> {
  const said: Statement[] = [];
  const recorder = {
    query<R>(sql: string, values: readonly unknown[] = []): Promise<PgQueryResult<R>> {
      said.push({ sql, values });
      return Promise.resolve({ rows: [] });
    },
  };
  await runMigrations(recorder, JOBS_SCHEMA, quiet);
  const changes = said.filter(({ sql }) => !/^\s*select coalesce/i.test(sql));
  return changes.map((one, at) => onceSql(one, changes[at + 1])).join("");
}

interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const MAKES_SCHEMA = /^\s*create schema\b[^;]*$/i;

const NOTES_VERSION = /^\s*insert into migration\b/i;

/** A migration is followed by the note that it was made; both are said as one thing that happens once. */
function onceSql(one: Statement, next: Statement | undefined): string {
  if (NOTES_VERSION.test(one.sql)) return "";
  if (!next || !NOTES_VERSION.test(next.sql)) return `${filledIn(one)};\n`;
  return `do $once$ begin
if not exists (select from migration where version = ${literal(next.values[0])}) then
execute $migration$${one.sql}$migration$;
${filledIn(next)};
end if;
end $once$;
`;
}

const filledIn = ({ sql, values }: Statement): string =>
  sql.replaceAll(/\$(\d+)/g, (_, nth: string) => literal(values[Number(nth) - 1]));

const literal = (value: unknown): string =>
  typeof value === "number" ? String(value) : `'${String(value).replaceAll("'", "''")}'`;

async function isUpToDate(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query(
    `select to_regclass('${JOBS_SCHEMA}.migration') is not null as "isThere"`,
  );
  if (rows[0]?.["isThere"] !== true) return false;
  const version = await assertSchemaCompatibility(queryableOf(connection), JOBS_SCHEMA, quiet);
  return version >= LATEST_SCHEMA_VERSION;
}

/** Leaves out what makes the schema where it is there: "create … if not exists" asks for the right to make one even then. */
async function makingOn(connection: Connection): Promise<PgQueryable> {
  const { rows } = await connection.query(`select from pg_namespace where nspname = '${JOBS_SCHEMA}'`);
  const queryable = queryableOf(connection);
  if (rows.length === 0) return queryable;
  return {
    query: async (sql, values) => (MAKES_SCHEMA.test(sql) ? { rows: [] } : queryable.query(sql, values)),
  };
}

function queryableOf(connection: Connection): PgQueryable {
  return {
    async query<R>(sql: string, values?: readonly unknown[]): Promise<PgQueryResult<R>> {
      const { rows, count } = await connection.query<Row & R>(sql, values);
      return { rows: count === 0 ? [] : [...rows] }; // where a text has several statements there is neither
    },
  };
}

const isTooOld = (error: unknown): error is Error =>
  error instanceof Error && error.name === "SchemaVersionMismatchError";

function newerBullMq(error: Error): ExternalStoreError {
  return new ExternalStoreError(error.message, { reason: "pgNewer", cause: error });
}

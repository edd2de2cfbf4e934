/**
 * The connections over which a process holds its duties: two at most, and impatient, for whoever hears nothing of the
 * database for as long as a lock lasts must let go. BullMQ gives the moment of its own machine with every statement; here
 * the database's stands in its place, so that machines may go by whatever clock they like.
 */
import type { Socket } from "node:net";
import type { PgPool, PgQueryResult } from "bullmq";
import pg from "pg";
import type { Answer, Row } from "../connection.ts";
import { hangUpAfter, sessionOptions } from "../connection.ts";
import type { Around, Queryable } from "../database.ts";
import { externalError } from "../faults.ts";
import { JOBS_SCHEMA } from "./job-names.ts";

/** Connections that a process holds for its duties. */
export const JOBS_CONNECTIONS = 2;

/** How long one statement may take, in ms: less than a lock lasts. */
const STATEMENT_MS = 3000;

export interface JobsPool extends Queryable, AsyncDisposable {
  /** As BullMQ wants it. */
  readonly forBullMq: PgPool;
}

/** @param around Stands around every statement, for tests */
export function openJobsPool(url: string, around: Around = (_sql, ask) => ask()): JobsPool {
  const sockets = new Set<Socket>();
  const pool = new pg.Pool({
    ...sessionOptions(url, sockets),
    options: `-c search_path=${JOBS_SCHEMA} -c statement_timeout=${STATEMENT_MS} -c lock_timeout=${STATEMENT_MS}`,
    application_name: "peyk duties",
    connectionTimeoutMillis: STATEMENT_MS,
    query_timeout: STATEMENT_MS,
    max: JOBS_CONNECTIONS,
  });
  pool.on("error", () => undefined); // lost between two statements: the pool forgets it
  pool.on("connect", (client) => client.on("error", () => undefined)); // the next statement fails and says so
  const ask = <R extends Row>(sql: string, values: readonly unknown[] = []) =>
    around(sql, () => pool.query<R>(sql, [...values]));
  return {
    forBullMq: new AskedByBullMq(ask),
    async query<R extends Row>(sql: string, values?: readonly unknown[]): Promise<Answer<R>> {
      const { rows, rowCount } = await ask<R>(sql, values).catch(thrown);
      return { rows, count: rowCount ?? 0 };
    },
    async [Symbol.asyncDispose]() {
      using _ = hangUpAfter(sockets);
      await pool.end();
    },
  };
}

function thrown(error: unknown): never {
  throw externalError(error);
}

type Ask = <R extends Row>(sql: string, values?: readonly unknown[]) => Promise<pg.QueryResult<R>>;

/** What BullMQ sees of the pool: it asks, and neither listens nor closes anything. */
class AskedByBullMq implements PgPool {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  query<R>(sql: string, values?: readonly unknown[]): Promise<PgQueryResult<R>> {
    return this.#ask<R & Row>(byDatabaseTime(sql), values);
  }

  connect(): Promise<never> {
    return Promise.reject(new Error("duties are not listened for"));
  }

  end(): Promise<void> {
    return Promise.resolve();
  }

  on(): this {
    return this;
  }

  removeAllListeners(): this {
    return this;
  }
}

/** BullMQ's statements that go by a moment, and where it stands in them. */
const moments: readonly (readonly [statement: RegExp, parameter: RegExp])[] = [
  [/\bmove_to_active\(\$1/, /\$4/],
  [/\bmove_stalled_jobs_to_wait\(\$1/, /\$3/],
  [/\bset locked_until_ms = \$5/i, /\$5::bigint/],
];

/** The parameter stays, for it is given; it counts for nothing. */
function byDatabaseTime(sql: string): string {
  const said = sql.replaceAll(/^--.*$/gm, "");
  const [, moment] = moments.find(([statement]) => statement.test(said)) ?? [];
  return moment ? said.replace(moment, (given) => `(peyk.now() + 0 * ${given.slice(0, 2)}::bigint)`) : sql;
}

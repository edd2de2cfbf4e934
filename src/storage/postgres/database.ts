/**
 * Everything that Peyk knows, in PostgreSQL: a pool of connections, shared by the stores of one process. A statement by
 * itself is a transaction; several are one through {@link Database.inTransaction}. Every error is a {@link DatabaseError}.
 *
 * Whoever waits on a database that hangs learns it: a statement and a wait for a lock are bounded on both ends. A dead
 * worker's locks are let go by the server, which probes silent connections. Commits are durable when they are answered,
 * whatever the server's default.
 */
import type { Socket } from "node:net";
import pg from "pg";
import type { Answer, Row } from "./connection.ts";
import { hangUpAfter, sessionOptions } from "./connection.ts";
import { SESSION_SETTINGS } from "./session-settings.ts";
import { DatabaseError } from "./database-error.ts";
import { KeptSession } from "./kept-session.ts";
import type { Prepared, Queryable, Session, Sql } from "./queryable.ts";

export type { Prepared, Queryable, Session, Sql };

/** A transaction as its work sees it. */
export interface Transaction extends Queryable {
  /**
   * Asks a statement in one go with the commit, once the work is done: for what is written last, and whose answer says nothing
   * but that it is. Once in a transaction.
   */
  withCommit(sql: Sql, values: readonly unknown[]): void;
}

export interface Database extends Queryable, AsyncDisposable {
  /**
   * Does work between `begin` and `commit`. Another transaction in its way makes it begin anew, so the work does nothing but
   * ask this connection. When it throws, nothing was changed, but where `mayBeCommitted` says otherwise. What is asked before
   * anything else is waited for goes to the server in one go with `begin`.
   * @throws {DatabaseError}
   */
  inTransaction<T>(work: (connection: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** A connection for whoever listens for as long as it likes; destroyed when it is disposed of. */
  session(): Promise<Session>;
}

export interface TransactionOptions {
  /** Sees everything as it was at one moment, and changes nothing. */
  readonly readsOneMoment?: boolean;
}

/** Stands around every statement, those that begin and end transactions too: tests stop, lose and order them by it. */
export type Around = <R extends Row>(
  sql: string,
  ask: () => Promise<pg.QueryResult<R>>,
) => Promise<pg.QueryResult<R>>;

export interface DatabaseOptions {
  readonly url: string;
  /** Connections at most; default 10. */
  readonly connections?: number;
  readonly around?: Around;
  /** How long a database that was told goodbye may take to hang up, in ms. */
  readonly farewellMs?: number;
}

/** How often a transaction begins anew because others stood in its way. */
const MOST_BEGINNINGS = 6;

/** A connection that nobody needed for so long is closed, in ms. */
const IDLE_MS = 60_000;

const BEGIN = "begin";
const BEGIN_READING = "begin transaction isolation level repeatable read read only";

/** Opens the pool; nothing is connected yet. */
export function openDatabase(options: DatabaseOptions): Database {
  return new PooledDatabase(options);
}

class PooledDatabase implements Database {
  readonly #pool: pg.Pool;
  readonly #sockets = new Set<Socket>();
  readonly #sessions = new Set<KeptSession>();
  readonly #around: Around;
  readonly #farewellMs: number | undefined;

  constructor({ url, connections = 10, around = (_sql, ask) => ask(), farewellMs }: DatabaseOptions) {
    this.#around = around;
    this.#farewellMs = farewellMs;
    try {
      this.#pool = new pg.Pool({
        ...sessionOptions(url, this.#sockets),
        max: connections,
        pipeline: true,
        idleTimeoutMillis: IDLE_MS,
        types: { getTypeParser: parserOf },
        onConnect: async (client) => void (await client.query(SESSION_SETTINGS)),
      });
    } catch (error) {
      throw new DatabaseError(error, { isCommit: false }); // an address may name files that are not there
    }
    this.#pool.on("error", () => undefined); // lost between two statements: the pool forgets it
    this.#pool.on("connect", (client) => client.on("error", () => undefined)); // the next statement fails and says so
  }

  async query<R extends Row = Row>(sql: Sql, values: readonly unknown[] = []): Promise<Answer<R>> {
    const client = await this.#connect();
    try {
      const answer = await this.#ask<R>(client, sql, values);
      client.release();
      return answer;
    } catch (error) {
      const failed = new DatabaseError(error, { isCommit: true });
      client.release(failed.sqlState === undefined || failed.mayBeCommitted);
      throw failed;
    }
  }

  async inTransaction<T>(
    work: (connection: Transaction) => Promise<T>,
    { readsOneMoment = false }: TransactionOptions = {},
  ): Promise<T> {
    for (let beginning = 1; ; beginning++)
      try {
        return await this.#transact(work, readsOneMoment ? BEGIN_READING : BEGIN);
      } catch (error) {
        const mayBeginAnew = error instanceof DatabaseError && error.isConflict && !error.mayBeCommitted;
        if (!mayBeginAnew || beginning === MOST_BEGINNINGS) throw error;
      }
  }

  async session(): Promise<Session> {
    const session = new KeptSession(await this.#connect(), (gone) => this.#sessions.delete(gone));
    this.#sessions.add(session);
    return session;
  }

  /** A database that hangs does not hang up, and would keep whoever wants to stop waiting for ever. */
  async [Symbol.asyncDispose](): Promise<void> {
    using _ = hangUpAfter(this.#sockets, this.#farewellMs);
    for (const session of this.#sessions) await session[Symbol.asyncDispose]();
    await this.#pool.end();
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw new DatabaseError(error, { isCommit: false });
    }
  }

  async #transact<T>(work: (connection: Transaction) => Promise<T>, begin: string): Promise<T> {
    const client = await this.#connect();
    try {
      const begun = this.#ask(client, begin, []).catch(surelyNot);
      let last: Asked | undefined;
      const connection: Transaction = {
        query: async <R extends Row>(sql: Sql, values: readonly unknown[] = []) => {
          const answer = this.#ask<R>(client, sql, values).catch(surelyNot);
          return (await Promise.all([answer, begun]))[0];
        },
        withCommit: (sql, values) => (last = { sql, values }),
      };
      const [result] = await Promise.all([work(connection), begun]);
      await this.#commit(client, last);
      client.release();
      return result;
    } catch (error) {
      await this.#rollBack(client, error);
      throw error;
    }
  }

  /**
   * A transaction in which a statement failed is rolled back by the very word that should commit it. Where the connection is
   * lost nobody knows how far the server came with what it was asked in one go.
   */
  async #commit(client: pg.PoolClient, last: Asked | undefined): Promise<void> {
    const [written, committed] = await Promise.allSettled([
      last && this.#ask(client, last.sql, last.values),
      this.#askAround("commit", client, { text: "commit" }),
    ]);
    for (const { reason } of [written, committed].filter((one) => one.status === "rejected"))
      throw new DatabaseError(reason, { isCommit: true });
    if (committed.status === "fulfilled" && committed.value.command !== "COMMIT")
      throw new DatabaseError(new Error("A failed transaction was rolled back"), { isCommit: false });
  }

  /** Gives the connection back clean, or not at all. */
  async #rollBack(client: pg.PoolClient, error: unknown): Promise<void> {
    const isOurs = error instanceof DatabaseError;
    if (isOurs && (error.sqlState === undefined || error.mayBeCommitted)) return client.release(true);
    const isClean = await client.query("rollback").then(
      () => true,
      () => false,
    );
    client.release(!isClean);
  }

  async #ask<R extends Row>(client: pg.PoolClient, sql: Sql, values: readonly unknown[]): Promise<Answer<R>> {
    const asked = typeof sql === "string" ? { text: sql } : sql;
    const { rows, rowCount } = await this.#askAround<R>(asked.text, client, {
      ...asked,
      values: [...values],
    });
    return { rows, count: rowCount ?? 0 };
  }

  /** Whatever is asked in one go is sent in one go. */
  #askAround<R extends Row>(
    text: string,
    client: pg.PoolClient,
    asked: pg.QueryConfig,
  ): Promise<pg.QueryResult<R>> {
    return this.#around(text, () => {
      const { stream } = client.connection;
      stream.cork();
      queueMicrotask(() => stream.uncork());
      return client.query<R>(asked);
    });
  }
}

/** A statement with its values. */
interface Asked {
  readonly sql: Sql;
  readonly values: readonly unknown[];
}

function surelyNot(error: unknown): never {
  throw new DatabaseError(error, { isCommit: false });
}

/** Whole numbers of eight bytes (moments, counts) come as numbers: none of ours is beyond 2^53. */
const parserOf: pg.CustomTypesConfig["getTypeParser"] = (oid, format) =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format);

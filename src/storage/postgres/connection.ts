/** One connection to PostgreSQL: every error comes out as the port's, and a transaction is made whole or not at all. */
import pg from "pg";
import { externalError } from "./faults.ts";

export type Row = Readonly<Record<string, unknown>>;

export interface Connection extends AsyncDisposable {
  /** @throws {ExternalStoreError} */
  query<R extends Row = Row>(sql: string, values?: readonly unknown[]): Promise<Answer<R>>;
}

export interface Answer<R extends Row> {
  readonly rows: readonly R[];
  /** Rows that were written. */
  readonly count: number;
}

/** Opens a connection; tests pass one that fails at any statement. */
export type Connect = () => Promise<Connection>;

/** How long connecting may take, in ms. */
const CONNECT_MS = 5000;

/** How long one statement may take, in ms, before the database counts as not answering. */
const STATEMENT_MS = 30_000;

/** Connects to the address in `DATABASE_URL`. */
export async function connectTo(url: string): Promise<Connection> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS,
    keepAlive: true,
    application_name: "peyk",
  });
  client.on("error", () => undefined); // a connection lost between two statements: the next one fails and says so
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw externalError(error);
  }
  return new ClientConnection(client);
}

class ClientConnection implements Connection {
  readonly #client: pg.Client;

  constructor(client: pg.Client) {
    this.#client = client;
  }

  async query<R extends Row = Row>(sql: string, values: readonly unknown[] = []): Promise<Answer<R>> {
    try {
      const { rows, rowCount } = await this.#client.query<R>(sql, [...values]);
      return { rows, count: rowCount ?? 0 };
    } catch (error) {
      throw externalError(error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.end().catch(() => undefined);
  }
}

/** Does work between `begin` and `commit`; when it fails, the connection is of no more use. */
export async function inTransaction<T>(
  connection: Connection,
  work: () => Promise<T>,
  begin = "begin",
): Promise<T> {
  await connection.query(begin);
  const result = await work();
  await connection.query("commit");
  return result;
}

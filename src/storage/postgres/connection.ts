/** One connection to PostgreSQL: every error comes out as the port's, and a transaction is made whole or not at all. */
import { Socket } from "node:net";
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
export const STATEMENT_MS = 30_000;

/** A connection that was silent for so long is probed, in ms: a network that is gone says nothing by itself. */
const KEEP_ALIVE_MS = 10_000;

/** How long a database that was told goodbye may take to hang up, in ms, before it is hung up on. */
const FAREWELL_MS = 1000;

/** Connects to the address in `DATABASE_URL`. */
export async function connectTo(url: string, farewellMs: number = FAREWELL_MS): Promise<Connection> {
  const socket = new Socket();
  try {
    const client = clientOf(url, socket);
    const connection = new ClientConnection(client, socket, farewellMs);
    await client.connect().catch(async (error: unknown) => {
      await connection[Symbol.asyncDispose]();
      throw error;
    });
    return connection;
  } catch (error) {
    throw externalError(error);
  }
}

/** An address may name files, so that already making the client can fail. */
function clientOf(url: string, socket: Socket): pg.Client {
  const client = new pg.Client({ ...sessionOptions(url), stream: () => socket });
  client.on("error", () => undefined); // a connection lost between two statements: the next one fails and says so
  return client;
}

/** How every session is opened. @param sockets Holds those of the sessions that are open */
export function sessionOptions(url: string, sockets?: Set<Socket>): pg.ClientConfig {
  return {
    connectionString: saidOutright(url),
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    application_name: "peyk",
    ...(sockets && { stream: () => keptIn(sockets) }),
  };
}

/**
 * The client takes the laxer modes, which hosts write into their addresses, for the strictest one, and warns of that in five
 * lines of its own each time. What they stand for is said outright, so that it also stays what they stand for.
 */
function saidOutright(url: string): string {
  if (/[?&]uselibpqcompat=true(?:&|$)/.test(url)) return url;
  return url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, "$1verify-full");
}

function keptIn(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  return socket.once("close", () => sockets.delete(socket));
}

/** Hangs up on whoever has not done so by then, unless it is disposed of before. */
export function hangUpAfter(sockets: Iterable<Socket>, farewellMs: number = FAREWELL_MS): Disposable {
  const hangUp = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, farewellMs);
  return { [Symbol.dispose]: () => clearTimeout(hangUp) };
}

class ClientConnection implements Connection {
  readonly #client: pg.Client;
  readonly #socket: Socket;
  readonly #farewellMs: number;

  constructor(client: pg.Client, socket: Socket, farewellMs: number) {
    this.#client = client;
    this.#socket = socket;
    this.#farewellMs = farewellMs;
  }

  async query<R extends Row = Row>(sql: string, values: readonly unknown[] = []): Promise<Answer<R>> {
    try {
      const { rows, rowCount } = await this.#client.query<R>(sql, [...values]);
      return { rows, count: rowCount ?? 0 };
    } catch (error) {
      throw externalError(error);
    }
  }

  /** A database that hangs does not hang up, and would keep whoever wants to stop waiting for ever. */
  async [Symbol.asyncDispose](): Promise<void> {
    using _ = hangUpAfter([this.#socket], this.#farewellMs);
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

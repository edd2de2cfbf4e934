import type { Answer, Row } from "./connection.ts";

export interface Prepared {
  /** Its own: no other text has it. */
  readonly name: string;
  readonly text: string;
}

/** A statement; one that a connection keeps planned where planning would cost more than carrying it out. */
export type Sql = string | Prepared;

/** What runs statements: the pool, or a connection within a transaction. */
export interface Queryable {
  /** @throws {DatabaseError} */
  query<R extends Row = Row>(sql: Sql, values?: readonly unknown[]): Promise<Answer<R>>;
}

/** One connection kept. */
export interface Session extends Queryable, AsyncDisposable {
  /** Calls back for every word of the channels that were listened to. */
  onWord(hear: (channel: string, word: string) => void): void;
  /** Resolves when the connection is gone. */
  readonly lost: Promise<void>;
}

/** One connection of the pool that whoever listens keeps for as long as it likes. */
import type pg from "pg";
import type { Answer, Row } from "./connection.ts";
import type { Session, Sql } from "./queryable.ts";
import { DatabaseError } from "./database-error.ts";

export class KeptSession implements Session {
  readonly #client: pg.PoolClient;
  readonly #onGone: (session: KeptSession) => void;
  readonly lost: Promise<void>;
  #isGone = false;

  constructor(client: pg.PoolClient, onGone: (session: KeptSession) => void) {
    this.#client = client;
    this.#onGone = onGone;
    this.lost = new Promise((resolve) => {
      client.once("error", () => resolve());
      client.once("end", () => resolve());
    });
  }

  async query<R extends Row = Row>(sql: Sql, values: readonly unknown[] = []): Promise<Answer<R>> {
    try {
      const asked = typeof sql === "string" ? { text: sql } : sql;
      const { rows, rowCount } = await this.#client.query<R>({ ...asked, values: [...values] });
      return { rows, count: rowCount ?? 0 };
    } catch (error) {
      throw new DatabaseError(error, { isCommit: true });
    }
  }

  onWord(hear: (channel: string, word: string) => void): void {
    this.#client.on("notification", ({ channel, payload = "" }) => hear(channel, payload));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#client.release(true);
    this.#onGone(this);
  }
}

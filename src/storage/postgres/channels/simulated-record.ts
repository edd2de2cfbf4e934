/** The record of the simulated people, in PostgreSQL: theirs over all processes that write to them. */
import type { Queryable } from "../database.ts";
import { ADD, ADD_COUNTED, BY_KEY, BY_MESSAGE, NTH } from "./simulated-sql.ts";

/** What a line says of a message, in the short words of the record's file. */
interface Line {
  readonly e: string;
  readonly u: string;
  readonly a: string;
  readonly key: string;
  readonly at: number;
  readonly text?: string;
  readonly id?: string;
}

/** A message that arrived. */
type Delivery = Readonly<{
  username: string;
  account: string;
  dedupKey: string;
  textHash: string;
  messageId: string;
  at: number;
}>;

export class SimulatedRecord implements AsyncDisposable {
  readonly #database: Queryable;

  constructor(database: Queryable) {
    this.#database = database;
  }

  async ask(line: Line): Promise<number> {
    const { rows } = await this.#database.query<{ before: number }>(ADD_COUNTED, valuesOf(line));
    return (rows[0]?.before ?? 0) + 1;
  }

  async add(line: Line): Promise<boolean> {
    return (await this.#database.query(ADD, valuesOf(line))).count > 0;
  }

  async deliveriesOf(dedupKey: string): Promise<readonly Delivery[]> {
    return (await this.#database.query<Delivery>(BY_KEY, [dedupKey])).rows;
  }

  async messageOf(messageId: string): Promise<Delivery | undefined> {
    return (await this.#database.query<Delivery>(BY_MESSAGE, [messageId])).rows[0];
  }

  async deliveredAt(account: string, nth: number): Promise<number | undefined> {
    return (await this.#database.query<{ at: number }>(NTH, [account, nth - 1])).rows[0]?.at;
  }

  /** The database is another's to close. */
  async [Symbol.asyncDispose](): Promise<void> {}
}

function valuesOf({ e, u, a, key, at, text, id }: Line): unknown[] {
  return [e, u, a, key, Math.round(at), text ?? null, id ?? null];
}

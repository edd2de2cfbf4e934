/** Writes one list, some thousand rows a statement. Until it is finished nobody takes it for a list. */
import { keepable } from "../../ports/sync.ts";
import type { ListWriter, RejectedRow, StoredList } from "../../ports/lists.ts";
import type { Database } from "../database.ts";
import * as sql from "./lists-sql.ts";

/** Rows a statement. */
const BATCH = 5000;

export interface NewList {
  readonly id: string;
  readonly number: number;
  readonly columns: readonly string[];
}

export function openRowWriter(database: Database, list: NewList): ListWriter {
  return new RowWriter(database, list);
}

class RowWriter implements ListWriter {
  readonly #database: Database;
  readonly #list: NewList;
  #usernames: string[] = [];
  #values: (string | null)[] = [];
  #rejected: RejectedRow[] = [];
  #count = 0;
  #rejectedCount = 0;
  /** One batch after the other; after a failed one all that follow fail with it. */
  #writing: Promise<void> = Promise.resolve();
  #finishing: Promise<StoredList> | undefined;

  constructor(database: Database, list: NewList) {
    this.#database = database;
    this.#list = list;
  }

  add(username: string, values: readonly string[]): Promise<void> | undefined {
    const { columns } = this.#list;
    this.#usernames.push(username);
    this.#values.push(
      columns.length === 0 ? null : JSON.stringify(columns.map((_, index) => keepable(values[index] ?? ""))),
    );
    return this.#usernames.length < BATCH ? undefined : this.#flush();
  }

  reject(line: number, text: string, reason: RejectedRow["reason"]): Promise<void> | undefined {
    this.#rejected.push({ line, text: keepable(text), reason });
    return this.#rejected.length < BATCH ? undefined : this.#flush();
  }

  finish(): Promise<StoredList> {
    this.#finishing ??= this.#finish();
    return this.#finishing;
  }

  /** Lets a finish that is under way end first: `return writer.finish()` disposes before that has resolved. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#finishing?.catch(() => undefined);
    await this.#writing.catch(() => undefined);
    // What is not thrown away now goes when lists are pruned.
    await this.#database.query(sql.THROW_AWAY, [this.#list.number]).catch(() => undefined);
  }

  async #finish(): Promise<StoredList> {
    const { id, number, columns } = this.#list;
    await this.#flush();
    await this.#database.query(sql.FINISH, [number, this.#count]);
    return { listId: id, count: this.#count, columns: [...columns] };
  }

  async #addRows(
    ordinal: number,
    usernames: readonly string[],
    values: readonly (string | null)[],
  ): Promise<void> {
    const { number } = this.#list;
    const { count } = await this.#database.query(sql.ADD_ROWS, [number, ordinal, usernames, values]);
    // Whoever writes for hours without a word may find it pruned.
    if (count !== usernames.length) throw new Error("The list was removed while it was written");
  }

  #flush(): Promise<void> {
    const [usernames, values, rejected] = [this.#usernames, this.#values, this.#rejected];
    [this.#usernames, this.#values, this.#rejected] = [[], [], []];
    const [ordinal, number] = [this.#count, this.#rejectedCount];
    this.#count += usernames.length;
    this.#rejectedCount += rejected.length;
    const list = this.#list.number;
    this.#writing = this.#writing.then(async () => {
      if (usernames.length > 0) await this.#addRows(ordinal, usernames, values);
      if (rejected.length > 0)
        await this.#database.query(sql.ADD_REJECTED, [
          list,
          number + 1,
          rejected.map(({ line }) => line),
          rejected.map(({ text }) => text),
          rejected.map(({ reason }) => reason),
        ]);
      await this.#database.query(sql.TOUCH, [list]);
    });
    return this.#writing;
  }
}

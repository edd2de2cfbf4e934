/**
 * Values by name that change at human pace, shared by all processes. A change is made of what is stored at that moment: of two
 * at once none is lost, for the second is made anew of what the first one made.
 */
import type { ZodType } from "zod";
import type { KeptDocument } from "../../ports/documents/kept-document.ts";
import type { Queryable } from "../database.ts";
import { ALL, CREATE, ONE, REMOVE, REPLACE } from "./document-sql.ts";
import { fitted } from "../fitted.ts";
import { jsonOf } from "../json.ts";

export interface DocumentFormat<T> {
  /** What all of them are. */
  readonly kind: string;
  /** What each must look like, checked on reading and before writing. It may not transform. */
  readonly schema: ZodType<T>;
}

export interface Documents<T> {
  /** @throws for one that does not fit; it stays as it is */
  get(name: string): Promise<T | undefined>;
  /** By name, the oldest first. */
  all(): Promise<ReadonlyMap<string, T>>;
  /**
   * Puts what `to` makes of one in its place and answers that; undefined: there is none then. Where `to` answers what it was
   * given nothing is written.
   */
  change(name: string, to: (from: T | undefined) => T | undefined): Promise<T | undefined>;
}

/** How often somebody else's change may come between, each time another's success. */
const MOST_BEGINNINGS = 200;

export function documentsIn<T>(database: Queryable, format: DocumentFormat<T>): Documents<T> {
  return new StoredDocuments(database, format);
}

/** The only one of its kind. @param initial What it is before it was ever changed */
export function documentIn<T>(
  database: Queryable,
  { initial, ...format }: DocumentFormat<T> & { readonly initial: T },
): KeptDocument<T> {
  const documents = documentsIn(database, format);
  return {
    read: async () => (await documents.get("")) ?? initial,
    async update(change) {
      let made: T | undefined;
      await documents.change("", (from) => (made = change(from ?? initial)) ?? from);
      return made;
    },
  };
}

class StoredDocuments<T> implements Documents<T> {
  readonly #database: Queryable;
  readonly #format: DocumentFormat<T>;

  constructor(database: Queryable, format: DocumentFormat<T>) {
    this.#database = database;
    this.#format = format;
  }

  async get(name: string): Promise<T | undefined> {
    return (await this.#stored(name))?.value;
  }

  async all(): Promise<ReadonlyMap<string, T>> {
    const { rows } = await this.#database.query<{ name: string; value: unknown }>(ALL, [this.#format.kind]);
    return new Map(rows.map(({ name, value }) => [name, this.#fitting(name, value)]));
  }

  async change(name: string, to: (from: T | undefined) => T | undefined): Promise<T | undefined> {
    for (let beginning = 1; beginning <= MOST_BEGINNINGS; beginning++) {
      const stored = await this.#stored(name);
      const made = to(stored?.value);
      if (made === stored?.value || (await this.#put(name, stored?.revision, made))) return made;
    }
    throw new Error(`${this.#format.kind} ${name}: others' changes came between, over and over`);
  }

  /** False where another's change came between. */
  async #put(name: string, revision: number | undefined, made: T | undefined): Promise<boolean> {
    const id = [this.#format.kind, name];
    if (made === undefined) return this.#isDone(REMOVE, [...id, revision]);
    const json = jsonOf(this.#fitting(name, made));
    return revision === undefined
      ? this.#isDone(CREATE, [...id, json])
      : this.#isDone(REPLACE, [...id, json, revision]);
  }

  async #isDone(sql: string, values: readonly unknown[]): Promise<boolean> {
    return (await this.#database.query(sql, values)).count === 1;
  }

  async #stored(name: string): Promise<{ readonly revision: number; readonly value: T } | undefined> {
    const { rows } = await this.#database.query<{ revision: number; value: unknown }>(ONE, [
      this.#format.kind,
      name,
    ]);
    const [row] = rows;
    return row && { revision: row.revision, value: this.#fitting(name, row.value) };
  }

  #fitting(name: string, value: unknown): T {
    return fitted(this.#format.schema, value, `${this.#format.kind} ${name}`.trim());
  }
}

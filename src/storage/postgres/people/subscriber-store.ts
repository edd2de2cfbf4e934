/**
 * The subscribers of the bot in PostgreSQL. A change is made of how the person stands at that moment and binds the next claim
 * of every process when it resolves; whoever asks this store hears of it from the call on.
 */
import { z } from "zod";
import { keepingNames } from "../../../domain/people/former-names.ts";
import type { SubscriberChange } from "../../../domain/people/growth.ts";
import { changeBetween, growthKinds } from "../../../domain/people/growth.ts";
import type { Subscriber } from "../../../domain/people/subscriber.ts";
import { withoutName } from "../../../domain/people/subscriber.ts";
import { subscriberSchema } from "../../ports/documents/subscriber-schema.ts";
import type { SubscriberStore } from "../../ports/people.ts";
import { Groups } from "../../../lib/groups.ts";
import type { Database, Queryable } from "../database.ts";
import { fitted } from "../fitted.ts";
import { jsonOf } from "../json.ts";
import { rowPages } from "../row-pages.ts";
import * as sql from "./subscriber-sql.ts";

type Change = (from: Subscriber | undefined) => Subscriber | undefined;

const changeSchema = z.object({
  kind: z.enum(growthKinds),
  at: z.number(),
  source: z.string().nullable(),
});

/** People read at a time. */
const PAGE_SIZE = 1000;

export function createSubscriberStore(database: Database): SubscriberStore {
  return new StoredSubscribers(database);
}

class StoredSubscribers implements SubscriberStore {
  readonly #database: Database;
  /** Changes of this process that are under way, by person; none of them rejects. */
  readonly #changing = new Map<number, Promise<unknown>>();

  readonly #asked: Groups<string, Subscriber | undefined>;

  constructor(database: Database) {
    this.#database = database;
    this.#asked = new Groups({ carryOut: (names) => this.#called(names), most: PAGE_SIZE });
  }

  async get(id: number): Promise<Subscriber | undefined> {
    await this.#changing.get(id);
    return subscriberIn(await this.#database.query(sql.GET, [id]));
  }

  find(name: string): Promise<Subscriber | undefined> {
    return this.#asked.ask(name);
  }

  async #called(names: readonly string[]): Promise<readonly (Subscriber | undefined)[]> {
    await this.#settled();
    const { rows } = await this.#database.query<{ value: unknown }>(sql.FIND, [names]);
    return rows.map(({ value }) => subscriberOf(value));
  }

  async *all(): AsyncGenerator<Subscriber> {
    await this.#settled();
    type Numbered = { number: number; value: unknown };
    const behind = async (number: number) =>
      (await this.#database.query<Numbered>(sql.PAGE, [number, PAGE_SIZE])).rows;
    for await (const rows of rowPages({ behind, most: PAGE_SIZE, from: 0, keyOf: ({ number }) => number }))
      for (const { value } of rows) yield fitted(subscriberSchema, value, "subscribers");
  }

  async *changes(): AsyncGenerator<SubscriberChange> {
    await this.#settled();
    const { rows } = await this.#database.query(sql.CHANGES);
    for (const row of rows) {
      const { source, ...change } = fitted(changeSchema, row, "subscriber changes");
      yield { ...change, ...(source === null ? {} : { source }) };
    }
  }

  change(id: number, to: Change): Promise<Subscriber | undefined> {
    const before = this.#changing.get(id) ?? Promise.resolve();
    const changed = before.then(() => this.#change(id, to));
    const over = changed
      .catch(() => undefined)
      .then(() => {
        if (this.#changing.get(id) === over) this.#changing.delete(id);
      });
    this.#changing.set(id, over);
    return changed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#settled();
  }

  async #settled(): Promise<void> {
    await Promise.all(this.#changing.values());
  }

  async #change(id: number, to: Change): Promise<Subscriber | undefined> {
    for (;;)
      try {
        return await this.#database.inTransaction((connection) => changeOne(connection, id, to));
      } catch (error) {
        if (!(error instanceof OutrunError)) throw error;
      }
  }
}

/** Another process made the person known meanwhile: nothing of the change stands, also whose name they were to take. */
class OutrunError extends Error {}

/** @throws {OutrunError} */
async function changeOne(connection: Queryable, id: number, to: Change): Promise<Subscriber | undefined> {
  const from = subscriberIn(await connection.query(sql.HOLD, [id]));
  const given = to(from);
  if (!given) return undefined;
  const made = fitted(subscriberSchema, keepingNames(from, given), "subscribers");
  if (made.username !== undefined && made.username !== from?.username) await takeName(connection, made);
  const happened = changeBetween(from, made);
  const about = [happened?.kind ?? null, happened?.at ?? null, happened?.source ?? null];
  const values = [id, jsonOf(made), from !== undefined, made.username ?? null, ...about];
  const { rows } = await connection.query<{ count: number }>(sql.PUT, values);
  if (rows[0]?.count !== 1) throw new OutrunError();
  return made;
}

/** Whoever had it has none any more. */
async function takeName(connection: Queryable, { id, username }: Subscriber): Promise<void> {
  await connection.query(sql.HOLD_NAMES);
  const { rows } = await connection.query<{ id: number; value: unknown }>(sql.HOLDER, [username, id]);
  for (const holder of rows) {
    const nameless = withoutName(fitted(subscriberSchema, holder.value, "subscribers"));
    await connection.query(sql.RENAME, [holder.id, jsonOf(nameless)]);
  }
}

function subscriberIn({ rows }: Awaited<ReturnType<Queryable["query"]>>): Subscriber | undefined {
  return subscriberOf(rows[0]?.["value"]);
}

function subscriberOf(value: unknown): Subscriber | undefined {
  return value === undefined || value === null ? undefined : fitted(subscriberSchema, value, "subscribers");
}

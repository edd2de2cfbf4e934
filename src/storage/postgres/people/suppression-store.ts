/**
 * The do-not-send list in PostgreSQL. Whoever is added binds the next claim of every process when `add` resolves, and whatever
 * this store is asked from the call on; an addition that could not be written goes on binding here.
 */
import { z } from "zod";
import type { Suppression, SuppressionDetail } from "../../../domain/people/suppression.ts";
import { skipReasonOf, suppressionReasons } from "../../../domain/people/suppression.ts";
import type { SkipReason } from "../../../domain/recipient.ts";
import { createTurns } from "../../../lib/in-turn.ts";
import type { Erasing } from "../../ports/erasing.ts";
import type { SuppressionStore } from "../../ports/people.ts";
import { keepable } from "../../ports/sync.ts";
import type { Database } from "../database.ts";
import { fitted } from "../fitted.ts";
import { rowPages } from "../row-pages.ts";
import { ADD, BEGIN_CHANGE, COUNT, PAGE, REASONS, REMOVE, REVISION, WHOM_NOT } from "./suppression-sql.ts";

const reasonSchema = z.enum(suppressionReasons);

const rowSchema = z.object({
  username: z.string(),
  reason: reasonSchema,
  note: z.string().nullable(),
  at: z.number(),
});

/** As a row tells it. */
export function suppressionOf(row: unknown): Suppression {
  const { note, ...about } = fitted(rowSchema, row, "suppressions");
  return { ...about, ...(note === null ? {} : { note }) };
}

/** Names read at a time. */
const PAGE_SIZE = 2000;

/** @param erased Who was erased, for questions about very many names */
export function createSuppressionStore(database: Database, erased?: Pick<Erasing, "has">): SuppressionStore {
  return new StoredSuppressions(database, erased);
}

type Reasons = ReadonlyMap<string, SkipReason>;

class StoredSuppressions implements SuppressionStore {
  readonly #database: Database;
  readonly #erased: Pick<Erasing, "has"> | undefined;
  readonly #inTurn = createTurns();
  /** Of whoever is being added, and of whoever could not be. */
  readonly #adding = new Map<string, SuppressionDetail>();
  #known: { readonly revision: number; readonly reasons: Reasons } | undefined;

  constructor(database: Database, erased: Pick<Erasing, "has"> | undefined) {
    this.#database = database;
    this.#erased = erased;
  }

  async count(): Promise<number> {
    return (await this.#database.query<{ count: number }>(COUNT)).rows[0]?.count ?? 0;
  }

  async revision(): Promise<number> {
    return (await this.#database.query<{ revision: number }>(REVISION)).rows[0]?.revision ?? 0;
  }

  async reasonFor(name: string): Promise<SkipReason | undefined> {
    const adding = this.#adding.get(name);
    if (adding) return skipReasonOf(adding.reason);
    const { rows } = await this.#database.query<{ reason: string | null }>(WHOM_NOT, [name]);
    const reason = rows[0]?.reason ?? undefined;
    if (reason === undefined || reason === "erased") return reason;
    return skipReasonOf(fitted(reasonSchema, reason, "suppressions"));
  }

  async questions(): Promise<(name: string) => SkipReason | undefined> {
    const reasons = await this.#reasons();
    return (name) => {
      const adding = this.#adding.get(name);
      const reason = adding ? skipReasonOf(adding.reason) : reasons.get(name);
      return reason ?? (this.#erased?.has(name) ? "erased" : undefined);
    };
  }

  async add(names: readonly string[], detail: SuppressionDetail): Promise<number> {
    for (const name of names) this.#adding.set(name, detail);
    const values = [
      names,
      detail.reason,
      detail.note === undefined ? null : keepable(detail.note),
      detail.at,
    ];
    const { rows } = await this.#changed<{ added: number }>(ADD, values);
    for (const name of names) if (this.#adding.get(name) === detail) this.#adding.delete(name);
    return rows[0]?.added ?? 0;
  }

  async remove(names: readonly string[], _at: number, wantedAt?: number): Promise<number> {
    const lost = names.map((name) => [name, this.#adding.get(name)] as const);
    const { count } = await this.#changed(REMOVE, [names, wantedAt ?? null]);
    // Those that could not be written; whoever is added again meanwhile stays.
    for (const [name, detail] of lost)
      if (detail && detail.at <= (wantedAt ?? Infinity) && this.#adding.get(name) === detail)
        this.#adding.delete(name);
    return count;
  }

  async *list(): AsyncGenerator<Suppression> {
    const behind = async (name: string) =>
      (await this.#database.query(PAGE, [name, PAGE_SIZE])).rows.map(suppressionOf);
    for await (const page of rowPages({
      behind,
      most: PAGE_SIZE,
      from: "",
      keyOf: ({ username }) => username,
    }))
      yield* page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inTurn(async () => undefined);
  }

  /** In the order of the calls, so that of a removal and an addition the later one holds. */
  #changed<R extends Record<string, unknown>>(sql: string, values: readonly unknown[]) {
    return this.#inTurn(() =>
      this.#database.inTransaction(async (connection) => {
        await connection.query(BEGIN_CHANGE);
        return connection.query<R>(sql, values);
      }),
    );
  }

  /** Read again only where the list changed. */
  async #reasons(): Promise<Reasons> {
    const revision = await this.revision();
    if (this.#known?.revision === revision) return this.#known.reasons;
    const { rows } = await this.#database.query<{ username: string; reason: unknown }>(REASONS);
    const reasons = new Map(
      rows.map(({ username, reason }) => [
        username,
        skipReasonOf(fitted(reasonSchema, reason, "suppressions")),
      ]),
    );
    this.#known = { revision, reasons };
    return reasons;
  }
}

/**
 * Cleaned lists on their way to a campaign. Promises that a list is there whole or not at all, and stays for as long as
 * somebody comes back to it, whichever process that is.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { invalidReasons } from "../../../domain/people/username.ts";
import { variablesOf } from "../../../domain/known-values.ts";
import type { ListStore, RejectedRow, StoredList } from "../../ports/lists.ts";
import type { Database } from "../database.ts";
import { rowPages } from "../row-pages.ts";
import { openRowWriter } from "./row-writer.ts";
import * as sql from "./lists-sql.ts";

/** Rows read at a time. */
const PAGE = 5000;

export const columnsSchema = z.array(z.string());

interface FoundList extends StoredList {
  readonly number: number;
}

export function createListStore(database: Database): ListStore {
  const find = async (statement: string, listId: string): Promise<FoundList | undefined> => {
    if (listId.includes("\0")) return undefined;
    const { rows } = await database.query<{ number: number; count: number; columns: unknown }>(statement, [
      listId,
    ]);
    const row = rows[0];
    return row && { number: row.number, listId, count: row.count, columns: columnsSchema.parse(row.columns) };
  };
  const found = async (listId: string): Promise<FoundList> => {
    const list = await find(sql.FIND, listId);
    if (!list) throw new Error(`There is no list ${JSON.stringify(listId)}`);
    return list;
  };
  return {
    async create(columns) {
      const id = randomUUID();
      const { rows } = await database.query<{ number: number }>(sql.CREATE, [id, JSON.stringify(columns)]);
      return openRowWriter(database, { id, number: rows[0]?.number ?? 0, columns });
    },
    async get(listId) {
      const list = await find(sql.LOOK_UP, listId);
      return list && { listId, count: list.count, columns: list.columns };
    },
    async head(listId, count) {
      const { number, columns } = await found(listId);
      const rows = await readRows(database, number, { from: 0, count });
      return rows.map(({ username, values }) => ({ username, variables: variablesOf(columns, values) }));
    },
    async *rows(listId) {
      const { number, columns } = await found(listId);
      for await (const { username, values } of allRows(database, number))
        yield { username, values: columns.map((_, index) => values[index] ?? "") };
    },
    async rejected(listId) {
      const list = await find(sql.FIND, listId);
      if (!list) return undefined;
      const first = await readRejected(database, list.number, 1);
      return first.length === 0 ? undefined : allRejected(database, list.number, first);
    },
    async discard(listId) {
      if (listId.includes("\0")) return;
      await database.query(sql.DISCARD, [listId]);
      await database.query(sql.REMOVE_DISCARDED);
    },
    async prune(before) {
      const { count } = await database.query(sql.DISCARD_OLD, [before]);
      await database.query(sql.REMOVE_UNFINISHED, [before]);
      await database.query(sql.FORGET_ADOPTED, [before]);
      await database.query(sql.REMOVE_DISCARDED);
      return count;
    },
  };
}

export interface ListRow {
  readonly ordinal: number;
  readonly username: string;
  readonly values: readonly string[];
}

async function readRows(
  database: Pick<Database, "query">,
  list: number,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<readonly ListRow[]> {
  const { rows } = await database.query<{ ordinal: number; username: string; values: unknown }>(sql.ROWS, [
    list,
    from,
    count,
  ]);
  return rows.map(({ values, ...row }) => ({ ...row, values: valuesSchema.parse(values) }));
}

export const valuesSchema = z
  .array(z.string())
  .nullable()
  .transform((values) => values ?? []);

export async function* allRows(database: Pick<Database, "query">, list: number): AsyncGenerator<ListRow> {
  const behind = (ordinal: number) => readRows(database, list, { from: ordinal + 1, count: PAGE });
  for await (const rows of rowPages({ behind, most: PAGE, from: -1, keyOf: ({ ordinal }) => ordinal }))
    yield* rows;
}

const reasonSchema = z.enum(invalidReasons);

interface RejectedPart extends RejectedRow {
  readonly number: number;
}

async function readRejected(
  database: Database,
  list: number,
  from: number,
): Promise<readonly RejectedPart[]> {
  const { rows } = await database.query<{ number: number; line: number; text: string; reason: string }>(
    sql.REJECTED,
    [list, from, PAGE],
  );
  return rows.map(({ reason, ...row }) => ({ ...row, reason: reasonSchema.parse(reason) }));
}

async function* allRejected(
  database: Database,
  list: number,
  first: readonly RejectedPart[],
): AsyncGenerator<RejectedRow> {
  for (let part = first; part.length > 0;) {
    for (const { line, text, reason } of part) yield { line, text, reason };
    part = part.length < PAGE ? [] : await readRejected(database, list, (part.at(-1)?.number ?? 0) + 1);
  }
}

/** A list's entries in their order. Each is written by whoever holds the list, so none ever comes before one that was read. */
import type { ListName } from "../../../domain/collecting/collection.ts";
import type { LeadEntry } from "../../../domain/collecting/lead-entry.ts";
import { leadEntrySchema } from "../../ports/documents/lead-line.ts";
import type { Queryable } from "../database.ts";
import { fitted } from "../fitted.ts";
import { rowPages } from "../row-pages.ts";
import { SINCE } from "./leads-sql.ts";

/** Entries read at a time: a page may have a thousand people. */
const AT_A_TIME = 100;

export interface NumberedEntry {
  /** From 1. */
  readonly number: number;
  readonly entry: LeadEntry;
}

/** Those behind that number. */
export async function* entriesSince(
  connection: Queryable,
  list: ListName,
  number: number,
): AsyncGenerator<NumberedEntry> {
  type Numbered = { number: number; entry: unknown };
  const behind = async (last: number) =>
    (await connection.query<Numbered>(SINCE, [list, last, AT_A_TIME])).rows;
  for await (const rows of rowPages({ behind, most: AT_A_TIME, from: number, keyOf: (row) => row.number }))
    for (const row of rows)
      yield { number: row.number, entry: fitted(leadEntrySchema, row.entry, `leads of ${list}`) };
}

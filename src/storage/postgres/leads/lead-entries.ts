/** A list's entries in their order. Each is written by whoever holds the list, so none ever comes before one that was read. */
import type { ListName } from "../../../domain/collecting/collection.ts";
import type { LeadEntry } from "../../../domain/collecting/lead-entry.ts";
import { leadEntrySchema } from "../../ports/documents/lead-line.ts";
import type { Queryable } from "../database.ts";
import { fitted } from "../fitted.ts";
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
  for (let last = number; ;) {
    const { rows } = await connection.query<{ number: number; entry: unknown }>(SINCE, [
      list,
      last,
      AT_A_TIME,
    ]);
    for (const row of rows) {
      last = row.number;
      yield { number: last, entry: fitted(leadEntrySchema, row.entry, `leads of ${list}`) };
    }
    if (rows.length < AT_A_TIME) return;
  }
}

/** The people of a campaign's lists become its recipients, in the transaction in which its document names the lists. */
import type { Campaign } from "../../../domain/campaign.ts";
import type { Queryable } from "../database.ts";
import * as sql from "./campaigns-sql.ts";

/** Rows a statement, so that no statement takes long. */
const BATCH = 50_000;

/** From so many new people on the planner must know of them at once. */
const MANY = 1000;

/**
 * Has the server count its rows where many joined: until it knows how large a campaign is, it takes reading all of it for as
 * good as looking somebody up. By itself it looks once a minute.
 */
export async function countedAnew(database: Queryable, taken: Campaign["lists"]): Promise<void> {
  const count = taken.reduce((sum, list) => sum + list.count, 0);
  if (count >= MANY) await database.query(sql.COUNT_ANEW).catch(() => undefined); // it does by itself before long
}

/** @param known So many of its lists, from the first, are taken already */
export async function takeLists(
  connection: Queryable,
  { id, lists }: Pick<Campaign, "id" | "lists">,
  known: number,
): Promise<void> {
  let first = lists.slice(0, known).reduce((sum, { count }) => sum + count, 0);
  for (const { file, count } of lists.slice(known)) {
    const { rows } = await connection.query<{ list: number; count: number }>(sql.WAITING_LIST, [id, file]);
    const [waiting] = rows;
    if (!waiting || waiting.count !== count)
      throw new Error(`${id} names ${file}, and no list of ${count} was adopted under that name`);
    for (let from = 0; from < count; from += BATCH)
      await connection.query(sql.TAKE_ROWS, [id, first, waiting.list, from, from + BATCH]);
    await connection.query(sql.TAKEN, [id, file]);
    first += count;
  }
}

/** The people of a campaign's lists become its recipients, in the transaction in which its document names the lists. */
import type { Campaign } from "../../../domain/campaign.ts";
import type { Queryable } from "../database.ts";
import * as sql from "./campaigns-sql.ts";

/** Rows a statement, so that no statement takes long. */
const BATCH = 50_000;

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

/** A campaign's people with what became of them, and what their claims used up, into the database. */
import type { Campaign } from "../../domain/campaign.ts";
import type { RecipientLine } from "../../storage/files/lists/recipient-line.ts";
import { parseRecipient } from "../../storage/files/lists/recipient-line.ts";
import type { Queryable } from "../../storage/postgres/database.ts";
import { jsonOf } from "../../storage/postgres/json.ts";
import { join } from "node:path";
import { inBatches, inOnes, parsedLines } from "../lines.ts";
import type { Tell } from "../piece.ts";
import type { PutJournal } from "./put-journal.ts";
import * as sql from "./recipients-sql.ts";

/** Rows a statement. */
const BATCH = 5000;
/** Rows counted in a statement. */
const COUNTED = 100_000;

export interface PutRecipients extends PutJournal {
  readonly folder: string;
  readonly tell: Tell;
}

export async function putRecipients(to: Queryable, campaign: Campaign, put: PutRecipients): Promise<void> {
  const all = campaign.lists.reduce((sum, { count }) => sum + count, 0);
  let ordinal = 0;
  for (const list of campaign.lists) {
    const { columns, through = "" } = list;
    const lines = firstLines(join(put.folder, list.file), list.count);
    for await (const people of inBatches(lines, BATCH)) {
      const rows = people.map(({ username, values }, nth) => ({
        username,
        values: valuesIn(columns, values),
        through,
        ...put.fold.of(ordinal + nth),
      }));
      await to.query(sql.PUT_RECIPIENTS, [campaign.id, ordinal, put.before, put.claimsFrom, jsonOf(rows)]);
      ordinal += rows.length;
      put.tell(ordinal, all);
    }
  }
  await to.query(sql.FORGET_TALLIES, [campaign.id]);
  for (let from = 0; from < all; from += COUNTED)
    await to.query(sql.COUNT_AGAIN, [campaign.id, from, from + COUNTED]);
  await putPeople(to, campaign, put);
  await putUses(to, campaign, put);
}

async function putPeople(to: Queryable, { id }: Campaign, { fold }: PutRecipients): Promise<void> {
  for await (const people of inBatches([fold.people()], BATCH))
    await to.query(sql.PUT_PEOPLE, [id, people.map(([person]) => person), people.map(([, of]) => of)]);
  const { since, sent, refused, failed } = fold.fared;
  if (sent + refused + failed > 0) await to.query(sql.PUT_FARED, [id, since, sent, refused, failed]);
}

async function putUses(
  to: Queryable,
  { id, channel }: Campaign,
  { fold, before, claimsFrom }: PutRecipients,
): Promise<void> {
  for await (const uses of inBatches(inOnes(fold.recentUses()), BATCH))
    await to.query(sql.PUT_USES, [
      id,
      channel,
      before,
      claimsFrom,
      uses.map(({ claim }) => claim),
      uses.map(({ entry }) => entry),
      uses.map(({ isMessage }) => isMessage),
      uses.map(({ isCall }) => isCall),
    ]);
}

/** Those of a list's lines that count; of one that grows more may stand there. */
export async function* firstLines(path: string, count: number): AsyncGenerator<readonly RecipientLine[]> {
  let met = 0;
  for await (const lines of parsedLines(path, parseRecipient)) {
    if (met >= count) return;
    yield lines.slice(0, count - met);
    met += lines.length;
  }
  if (met < count) throw new Error(`${path} holds ${met} recipients where ${count} are expected`);
}

/** In the order of the columns, as many as there are; null where there are none. */
export function valuesIn(columns: readonly string[], values: readonly string[]): readonly string[] | null {
  return columns.length === 0 ? null : columns.map((_, index) => values[index] ?? "");
}

/** What the people of a campaign are known by once a list is given again, and writing that down beside its lists. */
import { randomUUID } from "node:crypto";
import type { Campaign, CampaignList, CorrectedLists, GivenCorrection } from "../../../domain/campaign.ts";
import { columnsOf } from "../../../domain/campaign.ts";
import { differs, joinedColumns, merged, variablesOf } from "../../../domain/known-values.ts";
import type { KnownRecipient, Ordinal, Variables } from "../../../domain/recipient.ts";
import { keepable } from "../../ports/sync.ts";
import type { Database } from "../database.ts";
import { allRows, columnsSchema } from "../lists/list-store.ts";
import { FIND } from "../lists/lists-sql.ts";
import * as sql from "./campaigns-sql.ts";
import type { ValuesRow } from "./values.ts";
import { variablesIn } from "./values.ts";

/** Rows read and written at a time. */
const PAGE = 5000;

interface Given {
  readonly columns: readonly string[];
  /** By name; of somebody who is in the list twice those of the first time. */
  readonly people: ReadonlyMap<string, readonly string[]>;
}

/** Every recipient, in order, as the list given makes them known. Without one: as they are known now. */
export async function* knownAfter(
  database: Database,
  campaign: Campaign,
  listId?: string,
): AsyncGenerator<KnownRecipient> {
  const given = await read(database, listId);
  for await (const { username, variables, isCorrected } of known(database, campaign, given))
    yield { username, variables, isCorrected };
}

/** Answers the lists with their new corrections, to be named by a change; until then they count for nothing. */
export async function correctLists(
  database: Database,
  campaign: Campaign,
  { listId, ...about }: GivenCorrection,
): Promise<CorrectedLists> {
  const given = await read(database, listId);
  if (given.columns.length === 0) return { lists: campaign.lists, count: 0 };
  const lists: CampaignList[] = [];
  let [count, first] = [0, 0];
  for (const list of campaign.lists) {
    const columns = joinedColumns(columnsOf(list), given.columns);
    const file = `${list.file.replace(/\.jsonl$/, "")}-r${about.revision}-${randomUUID()}.jsonl`;
    const writer = new CorrectionWriter(database, { id: campaign.id, file, columns });
    let changed = 0;
    for await (const one of known(database, campaign, given, [first, first + list.count])) {
      if (one.isCorrected) changed++;
      await writer.add(one.ordinal, one.variables);
    }
    if (changed > 0) await writer.flush();
    const { revision, origin, at } = about;
    const correction = { revision, file, columns, origin, at };
    lists.push(changed === 0 ? list : { ...list, corrections: [...(list.corrections ?? []), correction] });
    [count, first] = [count + changed, first + list.count];
  }
  return { lists, count };
}

async function read(database: Database, listId: string | undefined): Promise<Given> {
  const people = new Map<string, readonly string[]>();
  if (listId === undefined) return { columns: [], people };
  const { rows } = await database.query<{ number: number; columns: unknown }>(FIND, [listId]);
  const list = rows[0];
  if (!list) return { columns: [], people };
  for await (const { username, values } of allRows(database, list.number))
    if (!people.has(username)) people.set(username, values);
  return { columns: columnsSchema.parse(list.columns), people };
}

interface KnownAt extends KnownRecipient {
  readonly ordinal: Ordinal;
}

async function* known(
  database: Database,
  campaign: Campaign,
  { columns, people }: Given,
  [first, end]: readonly [Ordinal, Ordinal] = [0, Infinity],
): AsyncGenerator<KnownAt> {
  for (let from = first; from < end;) {
    const { rows } = await database.query<ValuesRow & Record<string, unknown> & { username: string }>(
      sql.RECIPIENTS,
      [campaign.id, from, Math.min(PAGE, end - from)],
    );
    for (const row of rows) {
      const before = variablesIn(campaign, row);
      const values = people.get(row.username);
      const variables = values ? merged(before, variablesOf(columns, values)) : before;
      const { ordinal, username } = row;
      yield { ordinal, username, variables, isCorrected: differs(before, variables) };
    }
    const last = rows.at(-1);
    if (!last) return;
    from = last.ordinal + 1;
  }
}

class CorrectionWriter {
  readonly #database: Database;
  readonly #about: { readonly id: string; readonly file: string; readonly columns: readonly string[] };
  #ordinals: Ordinal[] = [];
  #values: string[] = [];

  constructor(
    database: Database,
    about: { readonly id: string; readonly file: string; readonly columns: readonly string[] },
  ) {
    this.#database = database;
    this.#about = about;
  }

  async add(ordinal: Ordinal, variables: Variables): Promise<void> {
    this.#ordinals.push(ordinal);
    this.#values.push(JSON.stringify(this.#about.columns.map((column) => keepable(variables[column] ?? ""))));
    if (this.#ordinals.length >= PAGE) await this.flush();
  }

  async flush(): Promise<void> {
    const { id, file } = this.#about;
    if (this.#ordinals.length > 0)
      await this.#database.query(sql.CORRECT, [id, file, this.#ordinals, this.#values]);
    [this.#ordinals, this.#values] = [[], []];
  }
}

/**
 * How one person is taken out of rows, or what rows hold of one person is given: the same rules go through either. All of it
 * happens in the transaction of whoever asks, so it happens as a whole or not at all.
 */
import type { CampaignId } from "../../../domain/campaign.ts";
import type { Ordinal } from "../../../domain/recipient.ts";
import type { PersonMatch } from "../../ports/erased/person-match.ts";
import type { Queryable } from "../database.ts";
import { jsonOf } from "../json.ts";

export type Json = Readonly<Record<string, unknown>>;

/** One person, and where they stand. */
export interface RowsAsked {
  readonly here: Queryable;
  readonly match: PersonMatch;
  /** Campaigns that they are in, and their places there. */
  readonly places: ReadonlyMap<CampaignId, ReadonlySet<Ordinal>>;
  /** Those of them in which nobody else is. */
  readonly alone: ReadonlySet<CampaignId>;
  /** What stands for them and is somebody of a campaign already: `campaign name`. */
  readonly taken: ReadonlySet<string>;
}

/** How one table forgets a person, and what it holds of them. */
export interface PersonRule {
  forget(asked: RowsAsked): Promise<void>;
  /** As it is kept, and of nobody else. */
  found(asked: RowsAsked): Promise<readonly unknown[]>;
}

export interface RowsRule {
  /** Condition on `one`: $1 names, $2 ids, $3 patterns that texts with either are like, $4 campaigns, $5 and $6 their places there. */
  readonly where: string;
  /** The row without them; undefined: it goes. The same: it is nobody's. */
  readonly without: (row: Json, asked: RowsAsked) => Json | undefined;
  /** An assignment beside: of what grows with every change. */
  readonly also?: string;
  /** What of the row is theirs; absent: all of it. */
  readonly theirs?: (row: Json, asked: RowsAsked) => readonly unknown[];
}

/** Rows that are changed one by one. */
export function rowsThat(table: string, { where, without, also, theirs }: RowsRule): PersonRule {
  const find = async (asked: RowsAsked, lock: string) => {
    const { rows } = await asked.here.query<{ place: string; row: Json }>(
      `with asked as (select $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::integer[])
       select one.ctid::text as place, to_jsonb(one) as row from peyk.${table} one where ${where} ${lock}`,
      valuesOf(asked),
    );
    return rows.map(({ place, row }) => ({ place, row, next: without(row, asked) }));
  };
  return {
    async forget(asked) {
      for (const { place, row, next } of await find(asked, "for update of one"))
        if (next === undefined)
          await asked.here.query(`delete from peyk.${table} where ctid = $1::tid`, [place]);
        else await put(asked.here, { table, also, place, row, next });
    },
    async found(asked) {
      const rows = (await find(asked, "")).filter(
        ({ row, next }) => next === undefined || differs(row, next),
      );
      return rows.flatMap(({ row }) => (theirs ? theirs(row, asked) : [row]));
    },
  };
}

/** A column that tells rows apart: whoever is erased twice is one row all the same. @param also Set beside it */
export function namedBy(table: string, column: string, more: NamedBy): PersonRule {
  const { by, others, also = {} } = more;
  const kept = others.map((name) => also[name] ?? name).join(", ");
  return {
    async forget({ here, match }) {
      await here.query(
        `with gone as (
           delete from peyk.${table} one using unnest($1::text[], $2::text[]) as other (plain, alias)
           where one.${column} = other.plain returning one.*, other.alias)
         insert into peyk.${table} (${[column, ...others].join(", ")})
         select alias, ${kept} from gone on conflict do nothing`,
        aliasesOf(match, by),
      );
    },
    async found({ here, match }) {
      const { rows } = await here.query<{ row: Json }>(
        `select to_jsonb(one) as row from peyk.${table} one where ${column} = any($1::text[])`,
        [match[by]],
      );
      return rows.map(({ row }) => row);
    },
  };
}

export interface NamedBy {
  readonly by: "names" | "ids";
  /** The table's other columns. */
  readonly others: readonly string[];
  /** What of them is something else from then on. */
  readonly also?: Readonly<Record<string, string>>;
}

/** A column of many rows that says them and is no part of what is theirs. */
export function saidIn(table: string, column: string): PersonRule {
  return {
    async forget({ here, match }) {
      await here.query(
        `update peyk.${table} one set ${column} = alias
         from unnest($1::text[], $2::text[]) as other (plain, alias) where one.${column} = plain`,
        aliasesOf(match, "names"),
      );
    },
    found: async () => [],
  };
}

/** One after the other. */
export function together(...rules: readonly PersonRule[]): PersonRule {
  return {
    async forget(asked) {
      for (const rule of rules) await rule.forget(asked);
    },
    async found(asked) {
      const found: unknown[] = [];
      for (const rule of rules) found.push(...(await rule.found(asked)));
      return found;
    },
  };
}

/** Fields of a document that are not as they were. */
export function changedFields(before: Json, after: Json): Json {
  return Object.fromEntries(Object.entries(before).filter(([name, value]) => !isSame(value, after[name])));
}

function differs(before: Json, after: Json): boolean {
  return before !== after && Object.keys(changedFields(before, after)).length > 0;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

interface Changed {
  readonly also: string | undefined;
  readonly table: string;
  readonly place: string;
  readonly row: Json;
  readonly next: Json;
}

async function put(here: Queryable, { table, also, place, row, next }: Changed): Promise<void> {
  const columns = Object.keys(changedFields(row, next));
  if (columns.length === 0) return;
  const set = [...columns.map((name) => `${name} = next.${name}`), ...(also === undefined ? [] : [also])];
  await here.query(
    `update peyk.${table} one set ${set.join(", ")}
     from jsonb_populate_record(null::peyk.${table}, $2) next where one.ctid = $1::tid`,
    [place, jsonOf(next)],
  );
}

function valuesOf({ match: { names, ids }, places }: RowsAsked): readonly unknown[] {
  const patterns = [...names, ...ids].map((word) => `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
  const pairs = [...places].flatMap(([id, ordinals]) => [...ordinals].map((one) => [id, one] as const));
  return [names, ids, patterns, [...places.keys()], pairs.map(([id]) => id), pairs.map(([, one]) => one)];
}

function aliasesOf(match: PersonMatch, by: NamedBy["by"]): readonly [readonly string[], readonly string[]] {
  const aliasOf = (plain: string) =>
    (by === "names" ? match.aliasOf(plain) : match.aliasOfId(plain)) ?? plain;
  return [match[by], match[by].map(aliasOf)];
}

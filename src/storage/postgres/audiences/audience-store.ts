/** Audiences in PostgreSQL: a document that names them, and a row for each of a kept list's people. */
import { z } from "zod";
import type { AudienceStore, KeptRow } from "../../ports/audiences.ts";
import { storedAudience } from "../../ports/documents/audience-schema.ts";
import type { KeptPeople } from "../../ports/documents/audiences.ts";
import { audiencesIn } from "../../ports/documents/audiences.ts";
import { keepable } from "../../ports/sync.ts";
import { documentIn } from "../documents/documents.ts";
import type { Queryable } from "../database.ts";
import { fitted } from "../fitted.ts";
import { jsonOf } from "../json.ts";

const rowSchema = z.object({ username: z.string(), values: z.array(z.string()) });

/** Rows a statement. */
const AT_A_TIME = 2000;

/** What nobody named within so long was left behind by a process that died, ms. */
const NAMED_WITHIN_MS = 24 * 3_600_000;

const FORGET_UNNAMED = `
delete from peyk.kept_lists where made_at < peyk.now() - $1::bigint and not exists (
  select from peyk.documents, jsonb_array_elements(value) one
  where kind = 'audiences' and one ->> 'listId' = kept_lists.id)`;

const BEGIN = `insert into peyk.kept_lists (id) values ($1)`;
const DISCARD = `delete from peyk.kept_lists where id = $1`;

const PUT = `
insert into peyk.kept_rows (list, ordinal, username, row_values)
select $1, $2 + place - 1, username, given::jsonb
from unnest($3::text[], $4::text[]) with ordinality as one (username, given, place)`;

/** $2: the first ordinal. */
const PAGE = `
select username, row_values as values from peyk.kept_rows
where list = $1 and ordinal >= $2 and ordinal < $2 + $3 order by ordinal`;

const AMONG = `
select username, row_values as values from peyk.kept_rows
where list = $1 and username = any($2::text[]) order by ordinal`;

export function createAudienceStore(database: Queryable): AudienceStore {
  const document = documentIn(database, { kind: "audiences", schema: z.array(storedAudience), initial: [] });
  return audiencesIn(document, peopleIn(database));
}

function peopleIn(database: Queryable): KeptPeople {
  const read = async (sql: string, values: readonly unknown[]): Promise<readonly KeptRow[]> =>
    (await database.query(sql, values)).rows.map((row) => fitted(rowSchema, row, "kept lists"));
  return {
    async write(_columns, rows) {
      await database.query(FORGET_UNNAMED, [NAMED_WITHIN_MS]);
      const listId = crypto.randomUUID();
      await database.query(BEGIN, [listId]);
      let count = 0;
      for await (const some of inParts(rows)) {
        const [names, values] = [
          some.map(({ username }) => keepable(username)),
          some.map((row) => jsonOf(row.values)),
        ];
        await database.query(PUT, [listId, count, names, values]);
        count += some.length;
      }
      return { listId, count };
    },
    discard: async (listId) => void (await database.query(DISCARD, [listId])),
    async *rows(listId) {
      for (let from = 0; ; from += AT_A_TIME) {
        const page = await read(PAGE, [listId, from, AT_A_TIME]);
        yield* page;
        if (page.length < AT_A_TIME) return;
      }
    },
    among: (listId, usernames) => read(AMONG, [listId, usernames]),
  };
}

async function* inParts(
  rows: AsyncIterable<KeptRow> | Iterable<KeptRow>,
): AsyncGenerator<readonly KeptRow[]> {
  let some: KeptRow[] = [];
  for await (const row of rows) {
    some.push(row);
    if (some.length < AT_A_TIME) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

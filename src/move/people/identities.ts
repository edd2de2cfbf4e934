/** Who is behind the names of each channel: every finding in its order, for whoever was ever found under a name is one person with it. */
import { join } from "node:path";
import { parseIdentity } from "../../storage/files/people/identity-store.ts";
import { keepable } from "../../storage/ports/sync.ts";
import type { Queryable } from "../../storage/postgres/database.ts";
import { rowPages } from "../../storage/postgres/row-pages.ts";
import { ifAny, ifThere } from "../documents.ts";
import { inBatches, parsedLines } from "../lines.ts";
import type { Mover } from "../piece.ts";
import { writeLines } from "../write-lines.ts";

const BATCH = 5000;

/** Of a name twice among them the later one holds; a moment of 0 says that it is to be asked anew, and nothing else. $1 channel, $2 names, $3 ids, $4 moments */
const FIND = `
with given as (
  select * from unnest($2::text[], $3::text[], $4::bigint[]) with ordinality as one (name, id, at, nth)
), held as (
  insert into peyk.identities (channel, username, person_id, at)
  select distinct on (name) $1, name, id, at from given order by name, nth desc
  on conflict (channel, username) do update set person_id = excluded.person_id, at = excluded.at
)
insert into peyk.identity_names (channel, person_id, username, at)
select $1, id, name, at from (
  select distinct on (id, name) id, name, at, nth from given order by id, name, at = 0, nth desc) as last order by nth
on conflict (channel, person_id, username) do update
set at = excluded.at, number = nextval('peyk.revisions') where excluded.at > 0`;

const IS_ANY = `select exists (select from peyk.identity_names where channel = $1) as any`;

/** In the order in which they were found. $1 channel, $2 the last number of the page before */
const PAGE = `
select number, username as u, person_id as id, n.at, i.at = 0 as "isAskedAnew"
from peyk.identity_names n left join peyk.identities i using (channel, username, person_id)
where channel = $1 and number > $2 order by number limit ${BATCH}`;

interface Found extends Record<string, unknown> {
  readonly number: number;
  readonly u: string;
  readonly id: string;
  readonly at: number;
  readonly isAskedAnew: boolean | null;
}

/** @param file Of the channel */
export function identities(channel: string, file: string): Mover {
  return {
    inFolder: (dataDir) =>
      ifThere(dataDir, file, async (to) => {
        for await (const some of inBatches(parsedLines(join(dataDir, file), parseIdentity), BATCH))
          await to.query(FIND, [
            channel,
            some.map(({ u }) => keepable(u)),
            some.map(({ id }) => keepable(id)),
            some.map(({ at }) => Math.round(at)),
          ]);
      }),
    inDatabase: async (database) =>
      ifAny(
        file,
        (await database.query<{ any: boolean }>(IS_ANY, [channel])).rows[0]?.any === true,
        (from, dataDir) => writeLines(join(dataDir, file), findings(from, channel)),
      ),
  };
}

async function* findings(from: Queryable, channel: string): AsyncGenerator<readonly string[]> {
  const behind = async (number: number) => (await from.query<Found>(PAGE, [channel, number])).rows;
  for await (const rows of rowPages({ behind, most: BATCH, from: 0, keyOf: ({ number }) => number }))
    yield rows.flatMap(({ u, id, at, isAskedAnew }) =>
      [{ u, id, at }, ...(isAskedAnew && at > 0 ? [{ u, id, at: 0 }] : [])].map((line) =>
        JSON.stringify(line),
      ),
    );
}

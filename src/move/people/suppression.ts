/** The do-not-send list: as it holds now, without what was taken from it again. */
import { join } from "node:path";
import type { Suppression } from "../../domain/people/suppression.ts";
import { readSuppressions, SUPPRESSION_FILE } from "../../storage/files/people/suppression-store.ts";
import { keepable } from "../../storage/ports/sync.ts";
import type { Queryable } from "../../storage/postgres/database.ts";
import { suppressionOf } from "../../storage/postgres/people/suppression-store.ts";
import { rowPages } from "../../storage/postgres/row-pages.ts";
import { ifAny, ifThere } from "../documents.ts";
import { inBatches } from "../lines.ts";
import type { Mover } from "../piece.ts";
import { writeLines } from "../write-lines.ts";

const BATCH = 5000;

const PUT = `
insert into peyk.suppressions (username, reason, note, at)
select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[])`;
const BEGIN = `insert into peyk.suppression_book (revision) values (1)`;
const IS_ANY = `select exists (select from peyk.suppressions) as any`;
/** In the order in which they came, as far as their moments tell. $1, $2: of the last one of the page before */
const PAGE = `
select username, reason, note, at from peyk.suppressions where (at, username) > ($1, $2)
order by at, username limit ${BATCH}`;

export const suppression: Mover = {
  inFolder: (dataDir) =>
    ifThere(dataDir, SUPPRESSION_FILE, async (to) => {
      await to.query(BEGIN);
      for await (const some of inBatches(
        [[...(await readSuppressions(join(dataDir, SUPPRESSION_FILE)))]],
        BATCH,
      ))
        await to.query(PUT, [
          some.map(({ username }) => username),
          some.map(({ reason }) => reason),
          some.map(({ note }) => (note === undefined ? null : keepable(note))),
          some.map(({ at }) => Math.round(at)),
        ]);
    }),
  inDatabase: async (database) =>
    ifAny(
      SUPPRESSION_FILE,
      (await database.query<{ any: boolean }>(IS_ANY)).rows[0]?.any === true,
      (from, dataDir) => writeLines(join(dataDir, SUPPRESSION_FILE), additions(from)),
    ),
};

async function* additions(from: Queryable): AsyncGenerator<readonly string[]> {
  const pages = rowPages<Suppression, readonly [at: number, username: string]>({
    behind: async (last) => (await from.query(PAGE, last)).rows.map(suppressionOf),
    most: BATCH,
    from: [-(2 ** 53), ""],
    keyOf: ({ at, username }) => [at, username],
  });
  for await (const found of pages) yield found.map((one) => JSON.stringify({ t: "add", ...one }));
}

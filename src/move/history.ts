/** The history: every entry letter by letter, for it is sealed, its names apart, and the head apart from both. */
import { dirname } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../lib/files/atomic-file.ts";
import { readDocument } from "../lib/files/stored-document.ts";
import { createFolder } from "../lib/files/sync-folder.ts";
import { lineOf } from "../storage/ports/documents/history-line.ts";
import {
  HISTORY_FOLDER,
  headFormat,
  historyPaths,
  keyIn,
  linksIn,
  namesFormat,
} from "../storage/files/history/history-reads.ts";
import type { Queryable } from "../storage/postgres/database.ts";
import { HEAD, NAMES } from "../storage/postgres/history/history-sql.ts";
import { rowPages } from "../storage/postgres/row-pages.ts";
import { ifAny, ifThere, writeDocument } from "./documents.ts";
import { inBatches } from "./lines.ts";
import type { Mover } from "./piece.ts";
import { writeLines } from "./write-lines.ts";

const BATCH = 2000;

/** A number that stands twice was misplaced; the first one stays, and the history is not whole on the other side either. */
const PUT = `
insert into peyk.history (n, before, seal, entry)
select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) on conflict do nothing`;
const PUT_NAMES = `insert into peyk.history_names (hash, name) select * from unnest($1::text[], $2::text[])`;
const PUT_HEAD = `insert into peyk.history_head (key, count, seal, anew_at) values ($1, $2, $3, $4)`;
/** $1 the last number of the page before */
const PAGE = `select n, before, seal, entry from peyk.history where n > $1 order by n limit ${BATCH}`;

const headSchema = z.object({
  key: z.string(),
  count: z.number(),
  seal: z.string(),
  anewAt: z.number().nullable(),
});

export const history: Mover = {
  inFolder: (dataDir) => ifThere(dataDir, HISTORY_FOLDER, (to) => fill(to, dataDir)),
  async inDatabase(database) {
    const [head] = (await database.query(HEAD)).rows.map((row) => headSchema.parse(row));
    return ifAny(HISTORY_FOLDER, head !== undefined, async (from, dataDir) => {
      if (head) await write(from, dataDir, head);
    });
  },
};

async function fill(to: Queryable, dataDir: string): Promise<void> {
  const paths = historyPaths(dataDir);
  const key = await keyIn(paths.key);
  if (key === undefined) return; // nobody could seal or read anything by it
  const head = await readDocument(paths.head, headFormat);
  const links = (await linksIn(paths.entries)).flatMap((link) => link ?? []);
  for await (const some of inBatches([links], BATCH))
    await to.query(PUT, [
      some.map(({ n }) => n),
      some.map(({ before }) => before),
      some.map(({ seal }) => seal),
      some.map(({ text }) => text),
    ]);
  const names = Object.entries((await readDocument(paths.names, namesFormat)) ?? {});
  for await (const some of inBatches([names], BATCH))
    await to.query(PUT_NAMES, [some.map(([hash]) => hash), some.map(([, name]) => name)]);
  await to.query(PUT_HEAD, [key, head?.count ?? 0, head?.seal ?? "", head?.anewAt ?? null]);
}

async function write(
  from: Queryable,
  dataDir: string,
  { key, count, seal, anewAt }: z.infer<typeof headSchema>,
): Promise<void> {
  const paths = historyPaths(dataDir);
  await createFolder(dirname(paths.entries));
  await writeLines(paths.entries, linesOf(from));
  const names = (await from.query<{ hash: string; name: string }>(NAMES)).rows;
  await writeDocument(paths.names, 1, Object.fromEntries(names.map(({ hash, name }) => [hash, name])));
  await writeDocument(paths.head, 1, { count, seal, ...(anewAt === null ? {} : { anewAt }) });
  await writeFileAtomically(paths.key, `${key}\n`);
}

async function* linesOf(from: Queryable): AsyncGenerator<readonly string[]> {
  type Link = { n: number; before: string; seal: string; entry: string };
  const behind = async (n: number) => (await from.query<Link>(PAGE, [n])).rows;
  for await (const rows of rowPages({ behind, most: BATCH, from: 0, keyOf: ({ n }) => n }))
    yield rows.map(({ entry: text, ...link }) => lineOf({ ...link, text }));
}

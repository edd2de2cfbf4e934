/** What the bot keeps: its documents as they are, with their versions, and the updates that wait for it. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { SpoolBook, readPending, readSpoolLine } from "../bot/intake/spool-lines.ts";
import { BrokenDocumentError, NO_DOCUMENT } from "../lib/files/stored-document.ts";
import type { Queryable } from "../storage/postgres/database.ts";
import { jsonOf } from "../storage/postgres/json.ts";
import { documentsOf, ifAny, ifThere, putDocument, writeDocument } from "./documents.ts";
import { allLines, inBatches, parsedLines } from "./lines.ts";
import type { Mover, PieceIn, PieceOut } from "./piece.ts";
import { namedById, namedByPath } from "./uploads.ts";
import { writeLines } from "./write-lines.ts";

const BATCH = 1000;
const KIND = "bot";
const FOLDER = "bot";
const UPDATES = "updates.jsonl";
const SET_ASIDE = "updates-set-aside.jsonl";

const PUT_UPDATES = `
insert into peyk.updates (update_id, number, content, deaths, was_alone, is_done)
select * from unnest($1::bigint[], $2::bigint[], $3::jsonb[], $4::integer[], $5::boolean[], $6::boolean[])`;
const ALL_UPDATES = `
select update_id as id, content as update, deaths, was_alone as "wasAlone", is_done as "isDone"
from peyk.updates order by number`;

const PUT_ASIDE = `
insert into peyk.updates_set_aside (at, content)
select peyk.now(), content::jsonb from unnest($1::text[]) with ordinality as one (content, nth) order by nth`;
const ALL_ASIDE = `select content from peyk.updates_set_aside order by number`;

/** Whatever its shape: who opens it looks whether it understands it. */
const stored = z.object({ version: z.number(), value: z.unknown() });

export const bot: Mover = {
  async inFolder(dataDir) {
    const folder = join(dataDir, FOLDER);
    const names = (await readdir(folder).catch(() => [])).filter((name) => /^[\w-]+\.json$/.test(name));
    return [
      ...names.map((file): PieceIn => ({
        name: `${FOLDER}/${file}`,
        fill: async (to) =>
          putDocument(
            to,
            KIND,
            file.slice(0, -".json".length),
            namedById(await documentAt(join(folder, file))),
          ),
      })),
      ...(await ifThere(dataDir, `${FOLDER}/${UPDATES}`, (to) => fillUpdates(to, join(folder, UPDATES)))),
      ...(await ifThere(dataDir, `${FOLDER}/${SET_ASIDE}`, (to) => fillAside(to, join(folder, SET_ASIDE)))),
    ];
  },
  async inDatabase(database, home) {
    const documents = await documentsOf(database, KIND);
    const updates = (await database.query<{ id: number; isDone: boolean }>(ALL_UPDATES)).rows;
    const aside = (await database.query<{ content: unknown }>(ALL_ASIDE)).rows;
    return [
      ...[...documents].map(([name, kept]): PieceOut => ({
        name: `${FOLDER}/${name}.json`,
        write: async (_from, dataDir) => {
          const { version, value } = stored.parse(kept);
          await writeDocument(join(dataDir, FOLDER, `${name}.json`), version, namedByPath(value, home));
        },
      })),
      ...ifAny(`${FOLDER}/${UPDATES}`, updates.length > 0, (_from, dataDir) =>
        writeLines(join(dataDir, FOLDER, UPDATES), [spoolLines(updates)]),
      ),
      ...ifAny(`${FOLDER}/${SET_ASIDE}`, aside.length > 0, (_from, dataDir) =>
        writeLines(join(dataDir, FOLDER, SET_ASIDE), [aside.map(({ content }) => JSON.stringify(content))]),
      ),
    ];
  },
};

async function documentAt(path: string): Promise<unknown> {
  try {
    return stored.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    throw new BrokenDocumentError(path, NO_DOCUMENT);
  }
}

async function fillUpdates(to: Queryable, path: string): Promise<void> {
  const book = new SpoolBook();
  for await (const lines of parsedLines(path, readSpoolLine)) for (const line of lines) book.apply(line);
  const done = book.lines().flatMap((line) => (line.t === "done" ? line.ids : []));
  const rows = [
    ...done.map((id) => ({ id, content: null, deaths: 0, wasAlone: false, isDone: true })),
    ...book.pending.map(({ update, deaths, wasAlone }) => ({
      id: update.update_id,
      content: jsonOf(update),
      deaths,
      wasAlone,
      isDone: false,
    })),
  ];
  let number = 0;
  for await (const some of inBatches([rows], BATCH))
    await to.query(PUT_UPDATES, [
      some.map(({ id }) => id),
      some.map(() => ++number),
      some.map(({ content }) => content),
      some.map(({ deaths }) => deaths),
      some.map(({ wasAlone }) => wasAlone),
      some.map(({ isDone }) => isDone),
    ]);
}

async function fillAside(to: Queryable, path: string): Promise<void> {
  const updates = await allLines(path, (line): unknown => JSON.parse(line));
  await to.query(PUT_ASIDE, [updates.map((one) => jsonOf(one))]);
}

function spoolLines(rows: readonly { readonly id: number; readonly isDone: boolean }[]): readonly string[] {
  const book = new SpoolBook();
  for (const row of rows)
    if (row.isDone) book.apply({ t: "done", ids: [row.id] });
    else book.put(readPending(row));
  return book.lines().map((line) => JSON.stringify(line));
}

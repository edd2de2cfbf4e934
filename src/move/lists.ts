/** Lists that were uploaded and not used yet, and the people of kept lists: both in folders of the same files. */
import { readdir, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { invalidReasons } from "../domain/people/username.ts";
import { readDocument } from "../lib/files/stored-document.ts";
import { keepable } from "../storage/ports/sync.ts";
import {
  LIST_FILE,
  RECIPIENTS_FILE,
  REJECTED_FILE,
  isListId,
  listFormat,
  listsFolder,
  readStoredList,
} from "../storage/files/lists/list-files.ts";
import { formatRejected, rejectedRows } from "../storage/files/lists/rejected-rows.ts";
import { formatRecipient } from "../storage/files/lists/recipient-line.ts";
import type { Queryable } from "../storage/postgres/database.ts";
import { fitted } from "../storage/postgres/fitted.ts";
import { jsonOf } from "../storage/postgres/json.ts";
import { columnsSchema, valuesSchema } from "../storage/postgres/lists/list-store.ts";
import { ADD_REJECTED, ADD_ROWS } from "../storage/postgres/lists/lists-sql.ts";
import { rowPages } from "../storage/postgres/row-pages.ts";
import { storedAudience } from "../storage/ports/documents/audience-schema.ts";
import { documentsOf, writeDocument } from "./documents.ts";
import { inBatches, inOnes } from "./lines.ts";
import { firstLines, valuesIn } from "./campaigns/put-recipients.ts";
import type { Mover, PieceIn, PieceOut } from "./piece.ts";
import { writeLines } from "./write-lines.ts";

const BATCH = 5000;

/** $1 id, $2 columns, $3 count, $4 used last */
const PUT_LIST = `
insert into peyk.lists (id, columns, count, is_finished, used_at) values ($1, $2, $3, true, $4) returning number`;

/** Those that somebody may come back to; of a list that became a campaign's its people are there. */
const LISTS = `
select number, id, columns, count, used_at as "usedAt" from peyk.lists
where is_finished and not is_discarded
  and not exists (select from peyk.campaign_lists taken where taken.list = number and is_taken)
order by number`;

/** $1 list, $2 the last ordinal of the page before */
const ROWS = `
select ordinal, username, row_values as "values" from peyk.list_rows
where list = $1 and ordinal > $2 order by ordinal limit ${BATCH}`;

/** $1 list */
const REJECTED = `select line, text, reason from peyk.rejected_rows where list = $1 order by number`;

const PUT_KEPT = `insert into peyk.kept_lists (id, made_at) values ($1, $2)`;

/** $1 list, $2 first ordinal, $3 names, $4 values */
const PUT_KEPT_ROWS = `
insert into peyk.kept_rows (list, ordinal, username, row_values)
select $1, $2 + nth - 1, name, given::jsonb
from unnest($3::text[], $4::text[]) with ordinality as one (name, given, nth)`;

const KEPT = `select id, made_at as "madeAt" from peyk.kept_lists order by made_at, id`;

/** $1 list, $2 the last ordinal of the page before */
const KEPT_ROWS = `
select ordinal, username, row_values as "values" from peyk.kept_rows
where list = $1 and ordinal > $2 order by ordinal limit ${BATCH}`;

const listRow = z.object({
  number: z.number(),
  id: z.string(),
  columns: columnsSchema,
  count: z.number(),
  usedAt: z.number(),
});

export const uploadedLists: Mover = {
  inFolder: (dataDir) => piecesIn(dataDir, "lists", dataDir, fillList),
  async inDatabase(database) {
    const lists = (await database.query(LISTS)).rows.map((row) => listRow.parse(row));
    return lists.map((list): PieceOut => ({
      name: `lists/${list.id}`,
      write: (from, dataDir) => writeUploaded(from, list, join(listsFolder(dataDir), list.id)),
    }));
  },
};

export const keptLists: Mover = {
  inFolder: (dataDir) => piecesIn(dataDir, "audiences/lists", join(dataDir, "audiences"), fillKept),
  async inDatabase(database) {
    const { rows } = await database.query<{ id: string; madeAt: number }>(KEPT);
    const stored = (await documentsOf(database, "audiences")).get("") ?? [];
    const audiences = fitted(z.array(storedAudience), stored, "audiences");
    return rows.flatMap(({ id, madeAt }): PieceOut[] => {
      const named = audiences.find((one) => one.kind === "list" && one.listId === id);
      if (named?.kind !== "list") return []; // nobody named it
      const about = { count: named.count, columns: [...named.columns], createdAt: madeAt };
      return [
        {
          name: `audiences/lists/${id}`,
          write: (from, dataDir) =>
            writeKept(from, id, { about, folder: join(listsFolder(join(dataDir, "audiences")), id) }),
        },
      ];
    });
  },
};

interface ListIn {
  readonly id: string;
  readonly folder: string;
  readonly columns: readonly string[];
  readonly count: number;
}

async function piecesIn(
  dataDir: string,
  place: string,
  home: string,
  fill: (to: Queryable, list: ListIn) => Promise<void>,
): Promise<readonly PieceIn[]> {
  const folder = join(dataDir, place);
  const ids = (await readdir(folder).catch(() => [])).filter(isListId);
  const pieces: PieceIn[] = [];
  for (const id of ids.toSorted()) {
    const stored = await readStoredList(home, id);
    if (!stored) continue; // a campaign has it
    const list = { id, folder: join(folder, id), columns: stored.columns, count: stored.count };
    pieces.push({ name: `${place}/${id}`, fill: (to) => fill(to, list) });
  }
  return pieces;
}

async function fillList(to: Queryable, { id, folder, columns, count }: ListIn): Promise<void> {
  const { mtimeMs } = await stat(join(folder, LIST_FILE));
  const { rows } = await to.query<{ number: number }>(PUT_LIST, [
    id,
    jsonOf(columns),
    count,
    Math.round(mtimeMs),
  ]);
  const list = rows[0]?.number;
  let ordinal = 0;
  for await (const some of inBatches(firstLines(join(folder, RECIPIENTS_FILE), count), BATCH)) {
    const values = some.map((line) => valuesIn(columns, line.values)).map((one) => one && jsonOf(one));
    await to.query(ADD_ROWS, [list, ordinal, some.map(({ username }) => username), values]);
    ordinal += some.length;
  }
  let number = 1;
  for await (const some of inBatches(inOnes((await rejectedRows(folder)) ?? []), BATCH)) {
    const [lines, texts] = [some.map(({ line }) => line), some.map(({ text }) => keepable(text))];
    await to.query(ADD_REJECTED, [list, number, lines, texts, some.map(({ reason }) => reason)]);
    number += some.length;
  }
}

async function fillKept(to: Queryable, { id, folder, columns, count }: ListIn): Promise<void> {
  const about = await readDocument(join(folder, LIST_FILE), listFormat);
  await to.query(PUT_KEPT, [id, Math.round(about?.createdAt ?? 0)]);
  let ordinal = 0;
  for await (const some of inBatches(firstLines(join(folder, RECIPIENTS_FILE), count), BATCH)) {
    const values = some.map((line) => jsonOf(valuesIn(columns, line.values) ?? []));
    await to.query(PUT_KEPT_ROWS, [id, ordinal, some.map(({ username }) => username), values]);
    ordinal += some.length;
  }
}

async function writeUploaded(from: Queryable, list: z.infer<typeof listRow>, folder: string): Promise<void> {
  const { number, columns, count, usedAt } = list;
  await writeLines(join(folder, RECIPIENTS_FILE), linesOf(from, ROWS, number));
  const rejected = (await from.query(REJECTED, [number])).rows.map((row) => rejectedSchema.parse(row));
  if (rejected.length > 0)
    await writeLines(join(folder, REJECTED_FILE), [rejected.map((row) => formatRejected(row).trimEnd())]);
  await writeDocument(join(folder, LIST_FILE), listFormat.version, { count, columns, createdAt: usedAt });
  await utimes(join(folder, LIST_FILE), usedAt / 1000, usedAt / 1000);
}

interface KeptOut {
  readonly about: z.infer<typeof listFormat.schema>;
  readonly folder: string;
}

async function writeKept(from: Queryable, id: string, { about, folder }: KeptOut): Promise<void> {
  await writeLines(join(folder, RECIPIENTS_FILE), linesOf(from, KEPT_ROWS, id));
  await writeDocument(join(folder, LIST_FILE), listFormat.version, about);
}

const rejectedSchema = z.object({ line: z.number(), text: z.string(), reason: z.enum(invalidReasons) });
const rowSchema = z.object({ ordinal: z.number(), username: z.string(), values: valuesSchema });

async function* linesOf(
  from: Queryable,
  page: string,
  list: number | string,
): AsyncGenerator<readonly string[]> {
  const behind = async (ordinal: number) =>
    (await from.query(page, [list, ordinal])).rows.map((row) => rowSchema.parse(row));
  for await (const rows of rowPages({ behind, most: BATCH, from: -1, keyOf: ({ ordinal }) => ordinal }))
    yield rows.map(({ username, values }) => formatRecipient(username, values).trimEnd());
}

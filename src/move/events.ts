/** The tails of what happened, with their numbers: whoever follows them reads on where they were. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { CLOSED, eventFiles, headSchema, lineSchema } from "../storage/files/events/event-log.ts";
import type { Queryable } from "../storage/postgres/database.ts";
import { jsonOf } from "../storage/postgres/json.ts";
import { rowPages } from "../storage/postgres/row-pages.ts";
import { ifAny, isThere } from "./documents.ts";
import { inBatches } from "./lines.ts";
import type { Mover } from "./piece.ts";
import { writeLines } from "./write-lines.ts";

const BATCH = 5000;

const PUT = `
insert into peyk.events (log, number, event)
select $1, number, event::jsonb from unnest($2::bigint[], $3::text[]) as one (number, event)`;
/** $1 log, $2 last number, $3 the number up to which none is kept */
const PUT_LOG = `insert into peyk.event_logs (name, last, dropped) values ($1, $2, $3)`;
const LOG = `select last, dropped from peyk.event_logs where name = $1`;
/** $1 log, $2 the last number of the page before */
const PAGE = `
select number as n, event as e from peyk.events where log = $1 and number > $2 order by number limit ${BATCH}`;

/** @param log Its name in the database. @param name Of its files, without `.jsonl` */
export function events(log: string, name: string): Mover {
  const files = eventFiles(name);
  return {
    async inFolder(dataDir) {
      const paths = [join(dataDir, files.before), join(dataDir, files.current)];
      const there = await Promise.all(paths.map(isThere));
      return there.includes(true) ? [{ name: files.current, fill: (to) => fill(to, log, paths) }] : [];
    },
    async inDatabase(database) {
      const { rows } = await database.query<{ last: number; dropped: number }>(LOG, [log]);
      const [kept] = rows;
      return ifAny(files.current, kept !== undefined, (from, dataDir) =>
        writeLines(join(dataDir, files.current), linesOf(from, log, kept?.dropped ?? 0)),
      );
    },
  };
}

interface Kept {
  readonly after: number | undefined;
  readonly events: readonly z.infer<typeof lineSchema>[];
}

async function fill(to: Queryable, log: string, paths: readonly string[]): Promise<void> {
  const files = await Promise.all(paths.map(readKept));
  const kept = files.flatMap((file) => file.events);
  const dropped = files.find(({ after }) => after !== undefined)?.after ?? 0;
  const last = kept.at(-1)?.n ?? files.at(-1)?.after ?? 0;
  for await (const some of inBatches([kept], BATCH))
    await to.query(PUT, [log, some.map(({ n }) => n), some.map(({ e }) => jsonOf(e))]);
  await to.query(PUT_LOG, [log, last, dropped]);
}

/** Of a line that is none nobody relied on it. */
async function readKept(path: string): Promise<Kept> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const [first, ...lines] = text.split("\n").map(parsed);
  const head = headSchema.safeParse(first);
  const found = lines.flatMap((line) => {
    const read = lineSchema.safeParse(line);
    return read.success ? [read.data] : [];
  });
  return head.success ? { after: head.data.after, events: found } : { after: undefined, events: [] };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Closed in order: nothing of it is still to be told. */
async function* linesOf(from: Queryable, log: string, dropped: number): AsyncGenerator<readonly string[]> {
  yield [JSON.stringify({ format: 1, after: dropped })];
  const behind = async (n: number) => (await from.query<{ n: number; e: unknown }>(PAGE, [log, n])).rows;
  for await (const rows of rowPages({ behind, most: BATCH, from: -1, keyOf: ({ n }) => n }))
    yield rows.map((row) => JSON.stringify(row));
  yield [CLOSED];
}

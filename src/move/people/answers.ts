/** What people answered, by number, and whose channels' answers are kept. */
import { join } from "node:path";
import { z } from "zod";
import { answerLine, keepLine, parseAnswerLine } from "../../storage/files/answers/answer-line.ts";
import { ANSWERS_FILE } from "../../storage/files/answers/answer-store.ts";
import { answerSchema } from "../../storage/ports/documents/answer-schema.ts";
import type { Queryable } from "../../storage/postgres/database.ts";
import { fitted } from "../../storage/postgres/fitted.ts";
import { jsonOf } from "../../storage/postgres/json.ts";
import { rowPages } from "../../storage/postgres/row-pages.ts";
import { documentsOf, ifAny, ifThere, putDocument } from "../documents.ts";
import { inBatches, parsedLines } from "../lines.ts";
import type { Mover } from "../piece.ts";
import { writeLines } from "../write-lines.ts";

const BATCH = 2000;
const KEPT = "kept-answers";

const PUT = `
insert into peyk.answers (number, value)
select number, value::jsonb from unnest($1::bigint[], $2::text[]) as one (number, value)`;
const PUT_BOOK = `insert into peyk.answer_book (last) values ($1)`;
const LAST = `select last from peyk.answer_book`;
/** $1 the last number of the page before */
const PAGE = `select number, value from peyk.answers where number > $1 order by number limit ${BATCH}`;

export const answers: Mover = {
  inFolder: (dataDir) => ifThere(dataDir, ANSWERS_FILE, (to) => fill(to, join(dataDir, ANSWERS_FILE))),
  async inDatabase(database) {
    const [channels, { rows }] = [await documentsOf(database, KEPT), await database.query(LAST)];
    return ifAny(ANSWERS_FILE, channels.size > 0 || rows.length > 0, (from, dataDir) =>
      writeLines(join(dataDir, ANSWERS_FILE), linesOf(from, channels)),
    );
  },
};

async function fill(to: Queryable, path: string): Promise<void> {
  const channels = new Map<string, boolean>();
  let last: number | undefined;
  for await (const some of inBatches(parsedLines(path, parseAnswerLine), BATCH)) {
    for (const line of some) if (line.t === "keep") channels.set(line.channel, line.isOn);
    const given = some.flatMap((line) => {
      if (line.t === "keep") return [];
      const { t: _, ...answer } = line;
      return [answer];
    });
    await to.query(PUT, [given.map(({ number }) => number), given.map((one) => jsonOf(one))]);
    last = given.at(-1)?.number ?? last;
  }
  if (last !== undefined) await to.query(PUT_BOOK, [last]);
  for (const [channel, isOn] of channels) await putDocument(to, KEPT, channel, isOn);
}

async function* linesOf(
  from: Queryable,
  channels: ReadonlyMap<string, unknown>,
): AsyncGenerator<readonly string[]> {
  yield [...channels].map(([channel, isOn]) => keepLine(channel, z.boolean().parse(isOn)));
  const behind = async (number: number) =>
    (await from.query<{ number: number; value: unknown }>(PAGE, [number])).rows;
  for await (const rows of rowPages({ behind, most: BATCH, from: 0, keyOf: ({ number }) => number }))
    yield rows.map(({ value }) => answerLine(fitted(answerSchema, value, "answers")));
}

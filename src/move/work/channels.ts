/** What channels keep for themselves: X's word on each account's limits, and what simulated people got. */
import { join } from "node:path";
import { z } from "zod";
import { readDocument } from "../../lib/files/stored-document.ts";
import type { Queryable } from "../../storage/postgres/database.ts";
import { rowPages } from "../../storage/postgres/row-pages.ts";
import { documentsOf, ifAny, ifThere, onlyDocument, putDocument, writeDocument } from "../documents.ts";
import { inBatches, parsedLines } from "../lines.ts";
import type { Mover } from "../piece.ts";
import { writeLines } from "../write-lines.ts";

const BATCH = 5000;
const LIMITS = "x-limits.json";
const RECORD = "simulator-record.jsonl";

/** Whatever its shape: the channel looks whether it understands it. */
const whole = z.looseObject({});
const limitsFormat = { version: 1, schema: z.record(z.string(), whole) };

export const xLimits: Mover = {
  inFolder: (dataDir) =>
    ifThere(dataDir, LIMITS, async (to) => {
      const accounts = (await readDocument(join(dataDir, LIMITS), limitsFormat)) ?? {};
      for (const [account, limits] of Object.entries(accounts))
        await putDocument(to, "x-limits", account, limits);
    }),
  async inDatabase(database) {
    const accounts = await documentsOf(database, "x-limits");
    return ifAny(LIMITS, accounts.size > 0, (_from, dataDir) =>
      writeDocument(join(dataDir, LIMITS), limitsFormat.version, Object.fromEntries(accounts)),
    );
  },
};

export const simulatedPeople = onlyDocument("simulator.json", "simulator", { version: 1, schema: whole });

const lineSchema = z.object({
  e: z.string(),
  u: z.string(),
  a: z.string(),
  key: z.string(),
  at: z.number(),
  text: z.string().exactOptional(),
  id: z.string().exactOptional(),
});

/** A message arrives once: a line that says so again says nothing. */
const PUT = `
insert into peyk.simulated (entry, username, account, dedup_key, at, text_hash, message_id)
select e, u, a, key, at, text, id
from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[])
  with ordinality as one (e, u, a, key, at, text, id, nth) order by nth
on conflict (message_id) where entry = 'delivered' do nothing`;

const IS_ANY = `select exists (select from peyk.simulated) as any`;

/** $1 the last number of the page before */
const PAGE = `
select number, jsonb_strip_nulls(jsonb_build_object(
  'e', entry, 'u', username, 'a', account, 'key', dedup_key, 'at', at, 'text', text_hash, 'id', message_id)) as line
from peyk.simulated where number > $1 order by number limit ${BATCH}`;

export const simulatedRecord: Mover = {
  inFolder: (dataDir) =>
    ifThere(dataDir, RECORD, async (to) => {
      const lines = parsedLines(join(dataDir, RECORD), (line) => lineSchema.parse(JSON.parse(line)));
      for await (const some of inBatches(lines, BATCH))
        await to.query(PUT, [
          some.map(({ e }) => e),
          some.map(({ u }) => u),
          some.map(({ a }) => a),
          some.map(({ key }) => key),
          some.map(({ at }) => Math.round(at)),
          some.map(({ text }) => text ?? null),
          some.map(({ id }) => id ?? null),
        ]);
    }),
  async inDatabase(database) {
    const isAny = (await database.query<{ any: boolean }>(IS_ANY)).rows[0]?.any === true;
    return ifAny(RECORD, isAny, (from, dataDir) => writeLines(join(dataDir, RECORD), linesOf(from)));
  },
};

async function* linesOf(from: Queryable): AsyncGenerator<readonly string[]> {
  const behind = async (number: number) =>
    (await from.query<{ number: number; line: unknown }>(PAGE, [number])).rows;
  for await (const rows of rowPages({ behind, most: BATCH, from: 0, keyOf: ({ number }) => number }))
    yield rows.map(({ line }) => JSON.stringify(lineSchema.parse(line)));
}

/**
 * The subscribers: how each stands, who has which name, and what began and ended when. In the folder that is a line a change; what
 * is written there anew says the same of everybody.
 */
import { join } from "node:path";
import { z } from "zod";
import type { GrowthKind, SubscriberChange } from "../../domain/people/growth.ts";
import { changeBetween, growthKinds } from "../../domain/people/growth.ts";
import type { Subscriber, SubscriberState } from "../../domain/people/subscriber.ts";
import { SubscriberBook } from "../../domain/people/subscriber.ts";
import { SUBSCRIBERS_FILE, parseSubscriber } from "../../storage/files/people/subscriber-store.ts";
import { subscriberSchema } from "../../storage/ports/documents/subscriber-schema.ts";
import type { Queryable } from "../../storage/postgres/database.ts";
import { fitted } from "../../storage/postgres/fitted.ts";
import { jsonOf } from "../../storage/postgres/json.ts";
import { rowPages } from "../../storage/postgres/row-pages.ts";
import { ifAny, ifThere } from "../documents.ts";
import { inBatches, parsedLines } from "../lines.ts";
import type { Mover } from "../piece.ts";
import { writeLines } from "../write-lines.ts";

const BATCH = 2000;

const PUT = `
insert into peyk.subscribers (id, value)
select id, value::jsonb from unnest($1::bigint[], $2::text[]) with ordinality as one (id, value, nth) order by nth`;
const PUT_NAMES = `insert into peyk.subscriber_names (name, id) select * from unnest($1::text[], $2::bigint[])`;
const PUT_CHANGES = `
insert into peyk.subscriber_changes (id, kind, at, source)
select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[])`;

const IS_ANY = `select exists (select from peyk.subscribers) as any`;
/** $1 the last number of the page before */
const PAGE = `
select number, value,
  (select coalesce(jsonb_agg(name order by name), '[]') from peyk.subscriber_names n where n.id = s.id) as names,
  (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'at', at, 'source', source) order by at, ctid), '[]')
   from peyk.subscriber_changes c where c.id = s.id) as changes
from peyk.subscribers s where number > $1 order by number limit ${BATCH}`;

type Change = SubscriberChange & { readonly id: number };

export const subscribers: Mover = {
  inFolder: (dataDir) =>
    ifThere(dataDir, SUBSCRIBERS_FILE, (to) => fill(to, join(dataDir, SUBSCRIBERS_FILE))),
  inDatabase: async (database) =>
    ifAny(
      SUBSCRIBERS_FILE,
      (await database.query<{ any: boolean }>(IS_ANY)).rows[0]?.any === true,
      (from, dataDir) => writeLines(join(dataDir, SUBSCRIBERS_FILE), linesOf(from)),
    ),
};

async function fill(to: Queryable, path: string): Promise<void> {
  const book = new SubscriberBook();
  const standing = new Map<number, Subscriber>();
  const changes: Change[] = [];
  for await (const some of parsedLines(path, parseSubscriber))
    for (const one of some) {
      const change = changeBetween(standing.get(one.id), one);
      standing.set(one.id, one);
      book.put(one);
      if (change) changes.push({ ...change, id: one.id });
    }
  const people = [...book.all()];
  for await (const some of inBatches([people], BATCH))
    await to.query(PUT, [some.map(({ id }) => id), some.map((one) => jsonOf(one))]);
  for await (const some of inBatches([[...book.names]], BATCH))
    await to.query(PUT_NAMES, [some.map(([name]) => name), some.map(([, id]) => id)]);
  for await (const some of inBatches([changes], BATCH))
    await to.query(PUT_CHANGES, [
      some.map(({ id }) => id),
      some.map(({ kind }) => kind),
      some.map(({ at }) => Math.round(at)),
      some.map(({ source }) => source ?? null),
    ]);
}

const rowSchema = z.object({
  number: z.number(),
  value: z.unknown(),
  names: z.array(z.string()),
  changes: z.array(z.object({ kind: z.enum(growthKinds), at: z.number(), source: z.string().nullable() })),
});

async function* linesOf(from: Queryable): AsyncGenerator<readonly string[]> {
  const behind = async (number: number) =>
    (await from.query(PAGE, [number])).rows.map((row) => rowSchema.parse(row));
  for await (const rows of rowPages({ behind, most: BATCH, from: 0, keyOf: ({ number }) => number }))
    yield rows.flatMap((row) => standingsOf(row).map((one) => JSON.stringify(one)));
}

const stateAfter: Readonly<Record<GrowthKind, SubscriberState>> = {
  joined: "active",
  left: "stopped",
  blocked: "blocked",
  gone: "deactivated",
};

/** How one person stood one after another, so that what began and ended is told again and who has which name is known. */
function standingsOf({ value, names, changes }: z.infer<typeof rowSchema>): readonly Subscriber[] {
  const now = fitted(subscriberSchema, value, "subscribers");
  const { username: _username, source: _source, ...nameless } = now;
  // Before all that counts nobody was subscribed, so these tell of no beginning and no end.
  const former = names.filter((name) => name !== now.username);
  const called = former.map((name): Subscriber => ({ ...nameless, username: name, state: "stopped", at: 0 }));
  const happened = changes.map(({ kind, at, source }): Subscriber => ({
    ...nameless,
    ...(source === null ? {} : { source }),
    state: stateAfter[kind],
    at,
  }));
  return [...called, ...happened, now];
}

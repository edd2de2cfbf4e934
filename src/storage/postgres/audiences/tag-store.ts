/** Who has which tag, in PostgreSQL: a row a tag and name. */
import { inTagOrder } from "../../../domain/people/tags.ts";
import { createTurns } from "../../../lib/in-turn.ts";
import type { TagStore } from "../../ports/audiences.ts";
import type { Queryable } from "../database.ts";

/** In one order, so that two who give a tag to the same people do not wait for each other in a circle. */
const ADD = `
insert into peyk.tags (tag, username, at)
select $1, name, $3 from unnest($2::text[]) as given (name) order by name
on conflict (tag, username) do nothing`;

const REMOVE = `
delete from peyk.tags where tag = $1 and username = any($2::text[]) and ($3::bigint is null or at <= $3)`;

const FORGET = `delete from peyk.tags where username = any($1::text[])`;
const COUNTS = `select tag, count(*) as count from peyk.tags group by tag`;
const OF = `select distinct tag from peyk.tags where username = any($1::text[])`;
const NAMES = `select distinct username from peyk.tags where tag = any($1::text[])`;

export function createTagStore(database: Queryable): TagStore {
  const inTurn = createTurns();
  const written = (sql: string, values: readonly unknown[]): Promise<number> =>
    inTurn(async () => (await database.query(sql, values)).count);
  return {
    add: (tag, usernames, at) => written(ADD, [tag, usernames, at]),
    remove: (tag, usernames, _at, wantedAt) => written(REMOVE, [tag, usernames, wantedAt ?? null]),
    forget: async (usernames) => void (await written(FORGET, [usernames])),
    async counts() {
      const { rows } = await database.query<{ tag: string; count: number }>(COUNTS);
      return rows.map(({ tag, count }) => ({ tag, count })).toSorted(inTagOrder);
    },
    async of(usernames) {
      const { rows } = await database.query<{ tag: string }>(OF, [usernames]);
      return rows.map(({ tag }) => tag).toSorted((a, b) => a.localeCompare(b));
    },
    async questions(tags) {
      const { rows } = await database.query<{ username: string }>(NAMES, [tags]);
      const names = new Set(rows.map(({ username }) => username));
      return (username) => names.has(username);
    },
    [Symbol.asyncDispose]: () => inTurn(async () => undefined),
  };
}

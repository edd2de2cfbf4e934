/** Who is behind the names of a channel, in PostgreSQL: what was found last of each name, read by every claim. */
import type { FoundPerson, Identities, IdentityStore } from "../../ports/identities.ts";
import { keepable } from "../../ports/sync.ts";
import type { Queryable } from "../database.ts";

const WHO_IS = `select person_id as id, at from peyk.identities where channel = $1 and username = $2`;

const NAMES_OF = `
select username from peyk.identity_names where channel = $1 and person_id = $2 order by number`;

/** In one order, so that two who find the same people do not wait for each other in a circle. */
const FOUND = `
with found as (
  insert into peyk.identities (channel, username, person_id, at)
  select $1, name, id, $4 from unnest($2::text[], $3::text[]) as found (name, id) order by name
  on conflict (channel, username) do update set person_id = excluded.person_id, at = excluded.at
  returning username, person_id
)
insert into peyk.identity_names (channel, person_id, username, at)
select $1, person_id, username, $4 from found
on conflict (channel, person_id, username) do update
set at = excluded.at, number = nextval('peyk.revisions')`;

const ASK_ANEW = `update peyk.identities set at = 0 where channel = $1 and username = $2`;

export function createIdentities(database: Queryable): Identities {
  return { of: async (channel) => createIdentityStore(database, channel) };
}

export function createIdentityStore(database: Queryable, channel: string): IdentityStore {
  return {
    async whoIs(username) {
      const { rows } = await database.query<{ id: string; at: number }>(WHO_IS, [channel, username]);
      const [found] = rows;
      return found satisfies FoundPerson | undefined;
    },
    async namesOf(id) {
      const { rows } = await database.query<{ username: string }>(NAMES_OF, [channel, id]);
      return rows.map(({ username }) => username);
    },
    async found(people, at) {
      const ids = [...people.values()].map(keepable);
      await database.query(FOUND, [channel, [...people.keys()].map(keepable), ids, at]);
    },
    async askAnew(username) {
      await database.query(ASK_ANEW, [channel, username]);
    },
  };
}

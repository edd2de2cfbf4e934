/** Subscribers. A change holds the person's row, and the names of all where it takes a name. */

export const GET = `select value from peyk.subscribers where id = $1`;

/** $1: names; in their order. */
export const FIND = `
select peyk.subscriber_called(name) as value
from unnest($1::text[]) with ordinality as asked (name, nth) order by nth`;

export const HOLD = `select value from peyk.subscribers where id = $1 for update`;
export const HOLD_NAMES = `select pg_advisory_xact_lock(hashtextextended('peyk subscriber names', 0))`;

/** Who else is called so. */
export const HOLDER = `
select s.id, s.value from peyk.subscriber_names n join peyk.subscribers s using (id)
where n.name = $1 and s.id <> $2 and s.value ->> 'username' = $1 for update of s`;

export const RENAME = `update peyk.subscribers set value = $2 where id = $1`;

/** $3: whether there was one; $4: the name; $5 to $7: what happened, where it counts. Nothing where somebody was faster. */
export const PUT = `
with put as (
  insert into peyk.subscribers (id, value) values ($1, $2)
  on conflict (id) do update set value = excluded.value where $3
  returning id
), named as (
  insert into peyk.subscriber_names (name, id) select $4::text, id from put where $4::text is not null
  on conflict (name) do update set id = excluded.id
), told as (
  insert into peyk.subscriber_changes (id, kind, at, source)
  select id, $5::text, $6::bigint, $7::text from put where $5::text is not null
)
select count(*) as count from put`;

/** $1: the last number of the page before. */
export const PAGE = `select number, value from peyk.subscribers where number > $1 order by number limit $2`;

export const CHANGES = `select kind, at, source from peyk.subscriber_changes order by at`;

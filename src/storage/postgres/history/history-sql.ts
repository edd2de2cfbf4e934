/** The history: whoever appends holds the row of its head, so that each is sealed behind the one before. */

export const BEGIN = `insert into peyk.history_head (key) values ($1) on conflict (is_only) do nothing`;

export const HOLD_HEAD = `select key, count, seal from peyk.history_head for update`;

/** The number behind the head, and behind what stands: a number that was given is not given again. */
export const LAST = `select greatest($1::bigint, (select max(n) from peyk.history)) as count`;

export const APPEND = `
with named as (
  insert into peyk.history_names (hash, name) select * from unnest($5::text[], $6::text[])
  on conflict (hash) do update set name = excluded.name
), put as (
  insert into peyk.history (n, before, seal, entry) values ($1, $2, $3, $4)
)
update peyk.history_head set count = $1, seal = $3`;

export const HEAD = `select key, count, seal, anew_at as "anewAt" from peyk.history_head`;
export const ENTRIES = `select n, before, seal, entry from peyk.history order by n`;
export const NAMES = `select hash, name from peyk.history_names`;
export const ERASE = `delete from peyk.history_names where hash = $1`;

/**
 * Events. Whoever appends holds the row of the log until it is committed, so numbers are seen in their order: who read one has
 * missed none before it.
 */
import { WAKE_CHANNEL } from "../wakes.ts";

export const LAST = `select last from peyk.event_logs where name = $1`;

/** $2: many at once. $3: whom to wake. */
export const APPEND = `
with book as (
  insert into peyk.event_logs as log (name, last) values ($1, cardinality($2::text[]))
  on conflict (name) do update set last = log.last + excluded.last
  returning last
), put as (
  insert into peyk.events (log, number, event)
  select $1, book.last - cardinality($2::text[]) + place, event::jsonb
  from book, unnest($2::text[]) with ordinality as given (event, place)
)
select last, pg_notify('${WAKE_CHANNEL}', $3) from book`;

/** One row at least: how far the log is kept. */
export const READ = `
select kept.dropped, found.number, found.event
from (select coalesce((select dropped from peyk.event_logs where name = $1), 0) as dropped) kept
left join lateral (
  select number, event from peyk.events where log = $1 and number > $2 order by number limit $3
) found on true
order by found.number`;

export const DROP = `
with gone as (delete from peyk.events where log = $1 and number <= $2)
update peyk.event_logs set dropped = greatest(dropped, $2) where name = $1`;

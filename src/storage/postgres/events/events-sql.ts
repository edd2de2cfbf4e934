/**
 * Events. Whoever appends holds the row of the log until it is committed, so numbers are seen in their order: who read one has
 * missed none before it. The function is made in migrations/events.ts.
 */

export const LAST = `select last from peyk.event_logs where name = $1`;

/** $1 log, $2 many at once, $3 how many are kept (null: as everywhere) */
export const APPEND = `select peyk.append_events($1, $2, $3) as last`;

/** One row at least: how far the log is kept. */
export const READ = `
select kept.dropped, found.number, found.event
from (select coalesce((select dropped from peyk.event_logs where name = $1), 0) as dropped) kept
left join lateral (
  select number, event from peyk.events where log = $1 and number > $2 order by number limit $3
) found on true
order by found.number`;

/** The do-not-send list. Whoever changes it holds the row of its book first, so that changes come one after another. */

export const COUNT = `select count(*) as count from peyk.suppressions`;

export const REVISION = `select revision from peyk.suppression_book`;

export const BEGIN_CHANGE = `
insert into peyk.suppression_book as book (is_only, revision) values (true, 1)
on conflict (is_only) do update set revision = book.revision + 1`;

export const ADD = `
with put as (
  insert into peyk.suppressions (username, reason, note, at)
  select distinct name, $2, $3::text, $4::bigint from unnest($1::text[]) as given (name)
  on conflict (username) do update set reason = excluded.reason, note = excluded.note, at = excluded.at
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as added from put`;

/** $2: null where whenever they were added. */
export const REMOVE = `
delete from peyk.suppressions where username = any($1::text[]) and ($2::bigint is null or at <= $2)`;

export const WHOM_NOT = `select peyk.whom_not($1) as reason`;

export const REASONS = `select username, reason from peyk.suppressions`;

/** $1: the last name of the page before. */
export const PAGE = `
select username, reason, note, at from peyk.suppressions where username > $1 order by username limit $2`;

/** $1 names */
export const AMONG = `
select username, reason, note, at from peyk.suppressions where username = any($1::text[]) order by at desc, username`;

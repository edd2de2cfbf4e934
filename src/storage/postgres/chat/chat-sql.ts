/** The statements of what the chat keeps. Those that write begin with the hold, and do nothing without it. */

/** $1 name, $2 holder */
export const TAKE = `
insert into peyk.holds (name, holder, at) values ($1, $2, peyk.now())
on conflict (name) do update set holder = excluded.holder, at = excluded.at`;

/** $1 name, $2 holder: one row while it is held, which stays so until the statement is over. */
const WITH_HOLD = `with held as (select from peyk.holds where name = $1 and holder = $2 for share)`;

/** $3 name, $4 what is kept */
export const PUT_DOCUMENT = `${WITH_HOLD}
insert into peyk.documents (kind, name, value) select 'bot', $3, $4::jsonb from held
on conflict (kind, name) do update set value = excluded.value, revision = nextval('peyk.revisions')`;

/** $3 name: another one, under which what can't be understood stays. */
export const SET_DOCUMENT_ASIDE = `${WITH_HOLD}
update peyk.documents set name = name || '.broken-' || revision from held where kind = 'bot' and name = $3
returning name`;

export const DOCUMENT = `select value from peyk.documents where kind = 'bot' and name = $1`;

export const UPDATES = `
select update_id as id, number, content as update, deaths, was_alone as "wasAlone", is_done as "isDone"
from peyk.updates order by number`;

/** $3 ids, $4 numbers, $5 contents, $6 deaths, $7 were alone, $8 are done; a content that is not given stays. */
export const PUT_UPDATES = `${WITH_HOLD}
insert into peyk.updates as known (update_id, number, content, deaths, was_alone, is_done)
select one.* from held, unnest($3::bigint[], $4::bigint[], $5::jsonb[], $6::integer[], $7::boolean[], $8::boolean[]) as one
on conflict (update_id) do update set
  number = case when excluded.is_done then excluded.number else known.number end,
  content = case when excluded.is_done then null else coalesce(excluded.content, known.content) end,
  deaths = excluded.deaths,
  was_alone = excluded.was_alone,
  is_done = excluded.is_done`;

/** $1 how many of those that were handled are remembered */
export const FORGET_UPDATES = `
delete from peyk.updates where is_done and number <= (
  select number from peyk.updates where is_done order by number desc offset $1 limit 1)`;

/** $3 the update */
export const SET_UPDATE_ASIDE = `${WITH_HOLD}
insert into peyk.updates_set_aside (at, content) select peyk.now(), $3::jsonb from held returning number`;

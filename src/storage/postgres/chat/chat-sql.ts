/** The statements of what the chat keeps. Those that write begin with the hold, and do nothing without it. */

/** $1 name, $2 holder */
export const TAKE = `
insert into peyk.holds (name, holder, at) values ($1, $2, peyk.now())
on conflict (name) do update set holder = excluded.holder, at = excluded.at`;

/** $1 name, $2 holder */
export const HELD = `select from peyk.holds where name = $1 and holder = $2`;

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

/** $3 id; what was there is gone. */
export const BEGIN_UPLOAD = `${WITH_HOLD}, gone as (delete from peyk.upload_pieces using held where upload_id = $3)
insert into peyk.uploads (id, at) select $3, peyk.now() from held
on conflict (id) do update set at = excluded.at, is_whole = false`;

/** $1 id, $2 number, $3 bytes */
export const ADD_UPLOAD_PIECE = `insert into peyk.upload_pieces (upload_id, number, piece) values ($1, $2, $3)`;

/** $1 id */
export const WHOLE_UPLOAD = `update peyk.uploads set is_whole = true where id = $1`;

/** $3 id */
export const REMOVE_UPLOAD = `${WITH_HOLD}, gone as (delete from peyk.uploads using held where id = $3)
select from held`;

export const UPLOADS = `select id, at from peyk.uploads`;

/** $1 id */
export const UPLOAD = `select from peyk.uploads where id = $1 and is_whole`;

/** $1 id, $2 number */
export const UPLOAD_PIECE = `select piece from peyk.upload_pieces where upload_id = $1 and number = $2`;

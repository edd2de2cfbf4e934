/** What is asked of the lists on their way to a campaign. */

/** $1 id, $2 columns */
export const CREATE = `
insert into peyk.lists (id, columns, used_at) values ($1, $2, peyk.now()) returning number`;

/** None where the list is gone. $1 list, $2 ordinal of the first, $3 usernames, $4 values of each as JSON, null without columns */
export const ADD_ROWS = `
insert into peyk.list_rows (list, ordinal, username, row_values)
select number, $2 + nth - 1, username, row_values::jsonb
from (select number from peyk.lists where number = $1 for key share) as its,
  unnest($3::text[], $4::text[]) with ordinality as given (username, row_values, nth)`;

/** $1 list, $2 number of the first, $3 lines, $4 texts, $5 reasons */
export const ADD_REJECTED = `
insert into peyk.rejected_rows (list, number, line, text, reason)
select $1, $2 + nth - 1, line, text, reason
from unnest($3::integer[], $4::text[], $5::text[]) with ordinality as given (line, text, reason, nth)`;

/** Somebody writes it still. $1 list */
export const TOUCH = `update peyk.lists set used_at = peyk.now() where number = $1`;

/** $1 list, $2 count */
export const FINISH = `
update peyk.lists set is_finished = true, count = $2, used_at = peyk.now() where number = $1`;

/** $1 list */
export const THROW_AWAY = `delete from peyk.lists where number = $1 and not is_finished`;

const IS_THERE = `is_finished and not is_discarded`;

/** $1 id */
export const LOOK_UP = `
update peyk.lists set used_at = peyk.now() where id = $1 and ${IS_THERE} returning number, count, columns`;

/** $1 id */
export const FIND = `select number, count, columns from peyk.lists where id = $1 and ${IS_THERE}`;

/** $1 list, $2 ordinal of the first, $3 how many */
export const ROWS = `
select ordinal, username, row_values as "values" from peyk.list_rows
where list = $1 and ordinal >= $2 order by ordinal limit $3`;

/** $1 list, $2 number of the first, $3 how many */
export const REJECTED = `
select number, line, text, reason from peyk.rejected_rows
where list = $1 and number >= $2 order by number limit $3`;

/** Its rows stay as long as a campaign is about to take them. $1 id */
export const DISCARD = `update peyk.lists set is_discarded = true where id = $1 and ${IS_THERE}`;

/** Lists that nobody finds and nobody is about to take. */
export const REMOVE_DISCARDED = `
delete from peyk.lists
where is_discarded
  and not exists (select from peyk.campaign_lists waiting where waiting.list = number and not is_taken)`;

/** $1 before when nobody used them */
export const DISCARD_OLD = `
update peyk.lists set is_discarded = true where ${IS_THERE} and used_at < $1`;

/** $1 before when nobody wrote them */
export const REMOVE_UNFINISHED = `delete from peyk.lists where not is_finished and used_at < $1`;

/** What was adopted and never named. $1 before when */
export const FORGET_ADOPTED = `delete from peyk.campaign_lists where not is_taken and adopted_at < $1`;

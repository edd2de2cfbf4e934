/** Answers. Whoever appends holds the row of their book, so numbers are without gaps and seen in their order. */

export const HOLD_BOOK = `
insert into peyk.answer_book as book (is_only) values (true)
on conflict (is_only) do update set last = book.last returning last`;

/** Nothing for a message that is there already. */
export const APPEND = `
with put as (
  insert into peyk.answers (number, value) values ($1, $2)
  on conflict (channel, key) where key <> '' do nothing returning number
)
update peyk.answer_book set last = put.number from put`;

export const GET = `select value from peyk.answers where number = $1`;
export const AFTER = `select value from peyk.answers where number > $1 order by number limit $2`;
export const LAST = `select last from peyk.answer_book`;

/** $1 names, $2 ids. A name may have been somebody else's before: where ids are known they decide. */
const IS_BY = `(
  (person_id is null or cardinality($2::text[]) = 0) and username = any($1::text[])
  or person_id = any($2::text[]))`;

export const BY_PERSON = `select value from peyk.answers where ${IS_BY} order by number desc`;

export const BY_CAMPAIGN = `
select value from peyk.answers where $1::text is null or campaign_id = $1 order by number desc`;

export const ANSWERED = `
select username, min(at) as at from peyk.answers
where campaign_id = $1 and not is_automatic group by username`;

/** By the number of their first answer they stay one person in the counts. */
export const ERASE = `
with theirs as (select number, min(number) over () as first from peyk.answers where ${IS_BY})
update peyk.answers one
set value = value - 'personId' - 'media' || jsonb_build_object('username', '#' || first, 'text', '', 'key', '')
from theirs where one.number = theirs.number`;

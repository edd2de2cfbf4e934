/** Looking for one person, a question to the indexes each. */

/** Everybody looked up whom one of these ever meant, a name each, the latest found last. $1 names, $2 ids */
export const LOOKED_UP = `
with meant as (
  select channel, person_id from peyk.identity_names where username = any($1::text[])
  union select channel, person_id from peyk.identity_names where person_id = any($2::text[]))
select n.channel, n.person_id as id, n.username as name, n.at,
       coalesce(holder.person_id <> n.person_id, false) as "isPassedOn"
from meant join peyk.identity_names n using (channel, person_id)
left join peyk.identities holder on holder.channel = n.channel and holder.username = n.username
order by n.channel, n.number`;

/** Subscribers whom one of these ever meant, with those of their names that another has by now. $1 names, $2 ids */
export const SUBSCRIBERS = `
with meant as (
  select id from peyk.subscriber_names where name = any($1::text[])
  union select id from peyk.subscribers where value -> 'formerly' ?| $1::text[]
  union select id from peyk.subscribers where id = any($2::bigint[]))
select value, array(
  select name from jsonb_array_elements_text(coalesce(value -> 'formerly', '[]')) as former (name)
  where exists (select from peyk.subscriber_names n where n.name = former.name and n.id <> s.id)) as "passedOn"
from meant join peyk.subscribers s using (id) order by s.number`;

/** Of each list the first that is meant, the latest first. $1 names, $2 ids on X */
export const SIGHTINGS = `
select list, username, id, source, query, at from (
  select distinct on (list) * from peyk.leads
  where username = any($1::text[]) or x_id = any($2::text[])
  order by list, at, key) as sighting
order by at desc, list`;

/** $1 what each name and id is in the hashes: 'name …', 'id …' */
export const IS_ERASED = `
select exists (
  select from unnest($1::text[]) as given (what) join peyk.erased on alias = peyk.erased_alias(what)) as "isErased"`;

/** $1 ids of those that are known */
export const OTHER_CAMPAIGNS = `select id, document from peyk.campaigns where id <> all($1::text[]) order by id`;

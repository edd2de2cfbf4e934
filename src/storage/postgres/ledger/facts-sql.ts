/** What is asked of recipients and of whoever is behind their names. */
import type { Prepared } from "../database.ts";

/** What a message is filled with. */
const values = `
  r.row_values as "values",
  (select jsonb_object_agg(corrected.file, corrected.row_values) from peyk.corrected_values corrected
   where corrected.campaign_id = r.campaign_id and corrected.ordinal = r.ordinal) as corrections`;

/**
 * Names of which nothing is known are not among the names, for nobody has anything to say of most people: whoever has one name
 * in a campaign that asks for nothing is only looked up on the do-not-send list.
 */
const columns = `
  r.ordinal, r.username, r.attempts, person, exists (select from peyk.earlier_names earlier
          where earlier.campaign_id = r.campaign_id and earlier.username = r.username) as "isEarlier",
  is_erased as "isErased",
  case when person is not null then (
   select claimed.ordinal from peyk.claimed_people claimed
   join peyk.recipients as written on written.campaign_id = claimed.campaign_id and written.ordinal = claimed.ordinal
   where claimed.campaign_id = r.campaign_id and claimed.person_id = person ->> 'personId'
     and written.state <> 'notFound') end as "writtenTo",
  case when rules.first is not null then (
   select first.claimed_person from peyk.recipients first
   where first.campaign_id = rules.first and first.username = r.username) end as "firstPerson",
  case when rules.asks_names or person is not null or starts_with(r.username, 'erased_')
         or exists (select from peyk.suppressions where suppressions.username = r.username) then (
   select jsonb_agg(jsonb_build_object(
    'listed', listed, 'answeredAt', answered_at, 'excludedBy', excluded_by, 'contacted', contacted, 'through', through
   ) order by nth)
   from unnest(case when person ? 'names' then array(select jsonb_array_elements_text(person -> 'names'))
               else array[r.username] end) with ordinality as names (name, nth)
   cross join lateral (select
    case when rules.any_erased or starts_with(name, 'erased_')
           or exists (select from peyk.suppressions where suppressions.username = name)
      then peyk.whom_not(name) end as listed,
    case when rules.first is not null
      then peyk.last_answer(rules.channel, array_remove(array[name, person ->> 'personId'], null)) end as answered_at,
    case when rules.excludes <> '{}' then (
      select other from unnest(rules.excludes) with ordinality as excluded (other, rank)
      where exists (select from peyk.recipients theirs
                    where theirs.campaign_id = other and theirs.username = name and theirs.reached <> 'no')
         or exists (select from peyk.earlier_names theirs
                    where theirs.campaign_id = other and theirs.username = name)
      order by rank limit 1) end as excluded_by,
    case when rules.asks_contacts then (
      select jsonb_build_object('at', theirs.reached_at, 'by', theirs.campaign_id)
      from peyk.recipients theirs join peyk.campaigns c on c.id = theirs.campaign_id
      where theirs.username = name and theirs.reached <> 'no' and theirs.campaign_id <> r.campaign_id
        and c.channel = rules.channel
      order by theirs.reached_at desc limit 1) end as contacted,
    case when rules.asks_heard then (
      select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'account', account, 'readAt', read_at, 'shutUntil', shut_until, 'why', shut_why)))
      from (select distinct theirs.account
            from peyk.recipients theirs join peyk.campaigns c on c.id = theirs.campaign_id
            where theirs.username = name and theirs.reached <> 'no' and c.channel = rules.channel) as met
      left join peyk.inboxes using (account)
      where inboxes.channel is null or inboxes.channel = rules.channel) end as through
    offset 0) as what
   where is_erased or listed is not null or answered_at is not null or excluded_by is not null
      or contacted is not null or through is not null) end as names`;

/** $1 campaign, $2 channel, $3 which it follows up, $4 excluded, $5 whether contacts are asked, $6 whether answers are */
const askedRules = `(select *, any_erased or first is not null or excludes <> '{}' or asks_contacts or asks_heard as asks_names
  from (select $2::text as channel, $3::text as first, $4::text[] as excludes,
    $5::boolean as asks_contacts, $6::boolean as asks_heard,
    exists (select from peyk.erased) as any_erased) as asked offset 0) as rules`;

/** Each asked once a row: hence offset 0. Of most people of other channels than Telegram nothing is known, and looking is cheap. */
const known = `
cross join lateral (select case
  when rules.channel = 'telegram'
    or exists (select from peyk.identities i where i.channel = rules.channel and i.username = r.username)
  then peyk.known(rules.channel, r.username) end as person offset 0) as behind
cross join lateral (
  select person is not null and (rules.any_erased or starts_with(person ->> 'personId', 'erased_'))
    and coalesce(peyk.is_erased_person(person ->> 'personId'), false) as is_erased offset 0
) as erasing`;

/** Locks them. $7 account, $8 moment (null: now), $9 how many at most */
export const DUE: Prepared = {
  name: "due",
  text: `
select ${columns}, ${values} from ${askedRules} cross join peyk.due($1, $7, coalesce($8, peyk.now()), $9) with ordinality as r ${known}
order by r.ordinality`,
};

/**
 * How claims stand, the campaign with those that it follows up, and the facts of those of whom anything is known that may
 * keep their call back: of most there is nothing to judge. $7 ordinals, $8 owner, $9 how long its lease must last, in ms
 */
export const STANDING: Prepared = {
  name: "standing",
  text: `
with asked as materialized (
  select r.state, r.claim_id, r.waits, ${columns}
  from ${askedRules} join peyk.recipients r on r.campaign_id = $1 and r.ordinal = any($7) ${known})
select peyk.now() as now, peyk.with_first($1) as campaigns,
  peyk.owns($8, peyk.now() + $9) as "isOwner",
  (select coalesce(jsonb_agg(jsonb_build_array(ordinal, claim_id, state, waits)), '[]') from asked) as claims,
  (select coalesce(jsonb_agg(to_jsonb(one)), '[]') from asked as one
   where "isEarlier" or "isErased" or names is not null or "firstPerson" is not null or "writtenTo" <> ordinal
      or coalesce((person ->> 'hasLeft')::boolean, false)) as people`,
};

/** Of those planned. $7 from ordinal, $8 how many */
export const PLANNED = `
select ${columns}, ${values} from ${askedRules}
cross join lateral (
  select * from peyk.recipients where campaign_id = $1 and state = 'planned' and ordinal >= $7
  order by ordinal limit $8) as r ${known}
order by r.ordinal`;

/** Filling in the rows of a campaign as ledgers would have left them. */

/** One entry, found by its number: a server that knows little of a table that was just filled would read all of it each time. */
const entryAt = (number: string): string =>
  `(select entry from peyk.journal where number = ${number} offset 0)`;

/** Behind all entries there are. */
export const LAST_ENTRY = `select coalesce(max(number), 0) as last from peyk.journal`;

export const LAST_CLAIM_ID = `select last_value as last from peyk.claim_ids`;

/** The next claim has an id behind this one. $1 id */
export const PASS_CLAIM_IDS = `select setval('peyk.claim_ids', $1) where $1 > 0`;

/** $1 campaign, $2 number before the first, $3 what is added to the how-manieth of a claim, $4 the how-manieth each is about, $5 entries */
export const PUT_ENTRIES = `
insert into peyk.journal (number, campaign_id, claim_id, entry) overriding system value
select $2 + nth, $1, $3 + claim, entry::jsonb
from unnest($4::bigint[], $5::text[]) with ordinality as given (claim, entry, nth)`;

/** Whoever writes the next entry writes it behind these. */
export const PASS_ENTRIES = `
select setval(pg_get_serial_sequence('peyk.journal', 'number'), (select max(number) from peyk.journal))
where exists (select from peyk.journal)`;

/**
 * What entries say of somebody is taken from the entries. $1 campaign, $2 ordinal of the first, $3 number of the entry before the first,
 * $4 what is added to the how-manieth of a claim, $5 rows
 */
export const PUT_RECIPIENTS = `
insert into peyk.recipients (
  campaign_id, ordinal, username, row_values, through, state, due_at, attempts, claims, firsts, uncalled, again,
  claim_id, waits, claim_number, account, claimed_at, claimed_person, revision, language,
  reached, is_reach_lasting, reached_at, is_left, at, message_id, why, skip_reason, skipped_for)
select $1, $2 + nth - 1, row ->> 'username', row -> 'values', row ->> 'through', row ->> 'state', (row ->> 'dueAt')::bigint,
  (row ->> 'attempts')::integer, (row ->> 'claims')::integer, (row ->> 'firsts')::integer, (row ->> 'uncalled')::integer,
  (row ->> 'again')::smallint, $4 + (row ->> 'openClaim')::bigint, (row ->> 'waits')::boolean, (row ->> 'claimNumber')::bigint,
  claim.entry ->> 'a', (claim.entry ->> 'at')::bigint, claim.entry ->> 'p',
  case when claim.entry is not null then coalesce((claim.entry ->> 'v')::integer, 0) end, claim.entry ->> 'l',
  row ->> 'reached', (row ->> 'isReachLasting')::boolean, (row ->> 'reachedAt')::bigint, (row ->> 'isLeft')::boolean,
  (last.entry ->> 'at')::bigint,
  case when last.entry ->> 't' = 'sent' then nullif(last.entry ->> 'id', '') end, last.entry -> 'why',
  case when last.entry ->> 't' = 'skipped' then last.entry ->> 'reason' when (row ->> 'isCancelled')::boolean then 'cancelled' end,
  case when last.entry ->> 't' = 'skipped' then last.entry ->> 'by' end
from jsonb_array_elements($5::jsonb) with ordinality as given (row, nth)
left join lateral ${entryAt("$3 + nullif((row ->> 'lastClaim')::bigint, 0)")} as claim on true
left join lateral ${entryAt("$3 + nullif((row ->> 'lastEntry')::bigint, 0)")} as last on true`;

/** New rows were counted as planned; these are counted as they stand. $1 campaign */
export const FORGET_TALLIES = `delete from peyk.tallies where campaign_id = $1`;

const counted = ["planned", "claimed", "sent", "not_found", "refused", "failed", "uncertain", "skipped"];
const summed = ["claims", "firsts", "uncalled", "sent_again"];
const all = [...counted, ...summed];

/** $1 campaign, $2 from ordinal, $3 to before that */
export const COUNT_AGAIN = `
insert into peyk.tallies (campaign_id, slot, ${all.join(", ")})
select $1, 0,
  count(*) filter (where state = 'planned'), count(*) filter (where state = 'claimed'),
  count(*) filter (where state = 'sent'), count(*) filter (where state = 'notFound'),
  count(*) filter (where state = 'refused'), count(*) filter (where state = 'failed'),
  count(*) filter (where state = 'uncertain'), count(*) filter (where state = 'skipped'),
  coalesce(sum(claims), 0), coalesce(sum(firsts), 0), coalesce(sum(uncalled), 0), count(*) filter (where again = 2)
from peyk.recipients where campaign_id = $1 and ordinal >= $2 and ordinal < $3
on conflict (campaign_id, slot) do update set
  ${all.map((name) => `${name} = tallies.${name} + excluded.${name}`).join(", ")}`;

/** $1 campaign, $2 people, $3 ordinals */
export const PUT_PEOPLE = `
insert into peyk.claimed_people (campaign_id, person_id, ordinal)
select $1, person, ordinal from unnest($2::text[], $3::integer[]) as given (person, ordinal)`;

/** $1 campaign, $2 claims somebody has looked at, $3 sent, $4 refused, $5 failed */
export const PUT_FARED = `
insert into peyk.fared (campaign_id, since, slot, sent, refused, failed) values ($1, $2, 0, $3, $4, $5)`;

/**
 * What counts in limits still. $1 campaign, $2 channel, $3 number of the entry before the first, $4 what is added to the how-manieth of a
 * claim, $5 the how-manieth each claim is, $6 places of the claims' entries, $7 whether it is a message, $8 whether it is a call
 */
export const PUT_USES = `
insert into peyk.uses (claim_id, channel, account, campaign_id, at, is_message, is_call)
select $4 + claim, $2, entry ->> 'a', $1, (entry ->> 'at')::bigint, is_message, is_call
from unnest($5::bigint[], $6::bigint[], $7::boolean[], $8::boolean[]) as given (claim, place, is_message, is_call)
cross join lateral ${entryAt("$3 + place")} as claimed`;

/** $1 campaign, $2 file, $3 moment */
export const NAME_TAKEN_LIST = `
insert into peyk.campaign_lists (campaign_id, file, adopted_at, is_taken) values ($1, $2, $3, true)`;

/** $1 campaign, $2 file, $3 ordinal of the first, $4 values of each as JSON */
export const PUT_CORRECTIONS = `
insert into peyk.corrected_values (campaign_id, file, ordinal, row_values)
select $1, $2, $3 + nth - 1, row_values::jsonb from unnest($4::text[]) with ordinality as given (row_values, nth)`;

/** $1 campaign, $2 key, $3 names, $4 moment */
export const PUT_EARLIER = `
insert into peyk.earlier_names (campaign_id, username, key, at)
select $1, name, $2, $4 from unnest($3::text[]) as given (name) on conflict do nothing`;

/** $1 campaign, $2 names, $3 moment */
export const PUT_CHECKPOINT = `insert into peyk.checkpoints (campaign_id, names, at) values ($1, $2, $3)`;

/** $1 campaign, $2 numbers, $3 entries */
export const PUT_AMENDMENTS = `
insert into peyk.amendment_entries (campaign_id, number, entry)
select $1, number, entry::jsonb from unnest($2::bigint[], $3::text[]) as given (number, entry)`;

/** $1 campaign, $2 file, $3 bytes, $4 moment */
export const PUT_ATTACHMENT = `
insert into peyk.attachments (campaign_id, file, size, is_whole, begun_at) values ($1, $2, $3, true, $4)`;

/** What is read of a campaign's recipients, and written beside claims and endings. */

export const NOW = `select peyk.now() as now`;

/** $1 campaign */
export const HOLD_ALONE = `select peyk.hold_campaign($1, true)`;

/** $1 campaign */
export const SIZE = `select coalesce(max(ordinal) + 1, 0) as size from peyk.recipients where campaign_id = $1`;

/** $1 campaign */
export const OLDEST_UNCERTAIN = `
select min(claimed_at) as at from peyk.recipients
where campaign_id = $1 and state in ('claimed', 'uncertain') and state = 'uncertain' having count(*) > 0`;

/** $1 campaign, $2 since */
export const USED_BY_CAMPAIGN = `
select count(*) as count from peyk.uses where campaign_id = $1 and is_message and at >= $2`;

/** $1 channel, $2 account, $3 since */
export const USED_BY_ACCOUNT = `
select count(*) as count from peyk.uses where channel = $1 and account = $2 and is_message and at >= $3`;

/** What is told of a recipient; see rows.ts. */
export const columns = `
  ordinal, username, row_values as "values", state, attempts, claims, revision, language, account, at,
  message_id as "messageId", why, skip_reason as "skipReason", skipped_for as "skippedFor",
  claim_id as "claimId", claimed_at as "claimedAt",
  (select jsonb_object_agg(corrected.file, corrected.row_values) from peyk.corrected_values corrected
   where corrected.campaign_id = recipients.campaign_id and corrected.ordinal = recipients.ordinal) as corrections`;

/** $1 campaign, $2 from ordinal, $3 how many */
export const ROWS = `
select ${columns} from peyk.recipients where campaign_id = $1 and ordinal >= $2 order by ordinal limit $3`;

/** $1 campaign */
export const UNCERTAIN = `
select ${columns} from peyk.recipients
where campaign_id = $1 and state in ('claimed', 'uncertain') and state = 'uncertain'
order by claimed_at, claim_id`;

/** True for one asker who lives. $1 campaign, $2 ordinal, $3 claim, $4 owner */
export const PURSUE = `
with taken as (
  update peyk.recipients set pursued_by = $4
  where campaign_id = $1 and ordinal = $2 and claim_id = $3 and state = 'uncertain' and peyk.owns($4)
    and (pursued_by is null or not peyk.owns(pursued_by))
  returning ordinal)
select peyk.owns($4) as "isOwner", exists (select from taken) as "isTaken"`;

/** $1 campaign */
export const PURSUED = `
select count(*) as count from peyk.recipients
where campaign_id = $1 and state in ('claimed', 'uncertain') and state = 'uncertain' and peyk.owns(pursued_by)`;

/** $1 campaign, $2 ordinal, $3 claim, $4 owner */
export const GIVE_UP = `
update peyk.recipients set pursued_by = null
where campaign_id = $1 and ordinal = $2 and claim_id = $3 and pursued_by = $4`;

/** $1 campaign, $2 owner */
export const GIVE_UP_ALL = `
update peyk.recipients set pursued_by = null
where campaign_id = $1 and state in ('claimed', 'uncertain') and state = 'uncertain' and pursued_by = $2`;

/** Whoever has the message, by us or by another tool. $1 campaign */
export const SAVE_CHECKPOINT = `
insert into peyk.checkpoints (campaign_id, names, at)
select $1, (peyk.tally($1)).sent + (
  select count(*) from peyk.earlier_names earlier where earlier.campaign_id = $1
    and not exists (select from peyk.recipients r where r.campaign_id = $1 and r.username = earlier.username
                    and r.state = 'sent')), peyk.now()
on conflict (campaign_id) do update set names = excluded.names, at = excluded.at
returning names`;

/** $1 campaign */
export const CHECKPOINT = `select names from peyk.checkpoints where campaign_id = $1`;

/** $1 campaign */
export const REMOVE_CHECKPOINT = `delete from peyk.checkpoints where campaign_id = $1`;

/** $1 campaign, $2 key, $3 names */
export const HONOUR = `
insert into peyk.earlier_names (campaign_id, username, key, at)
select $1, name, $2, peyk.now() from unnest($3::text[]) as given (name) on conflict do nothing`;

/** Those planned whom other tools wrote to. $1 campaign */
export const PASS_OVER_EARLIER = `
with theirs as (
  select r.ordinal from peyk.recipients r join peyk.earlier_names earlier using (campaign_id, username)
  where r.campaign_id = $1 and r.state = 'planned' order by r.ordinal for update of r),
passed as (
  select peyk.pass_over($1, array_agg(ordinal), array_agg('earlierCheckpoint'::text), array_agg(null::text),
                        peyk.now()), count(*) as count
  from theirs having count(*) > 0)
select coalesce((select count from passed), 0) as count`;

/** $1 campaign */
export const NAMES_SENT = `
select username from peyk.earlier_names where campaign_id = $1
union select username from peyk.recipients where campaign_id = $1 and state = 'sent'`;

/** $1 campaign */
export const EARLIER_NAMES = `select username from peyk.earlier_names where campaign_id = $1`;

/** $1 campaign, $2 from ordinal, $3 how many */
export const STATES = `
select ordinal, username, state from peyk.recipients
where campaign_id = $1 and ordinal >= $2 order by ordinal limit $3`;

/** $1 channel, $2 account, $3 counts of caps, $4 of rates */
export const TEST_SEND_BEGINS = `
select peyk.now() as now, peyk.filling_messages($1, $2, $3, 1) as caps, peyk.filling_calls($1, $2, $4, 1) as rates`;

/** As {@link TEST_SEND_BEGINS}, with $5 campaign, $6 its pace */
export const USES = `
select peyk.now() as now, peyk.filling_messages($1, $2, $3, 1) as caps, peyk.filling_calls($1, $2, $4, 1) as rates,
  peyk.filling_pace($5, $6, 1) as pace`;

/** $1 channel, $2 account, $3 claim, $4 and $5 between which moments it counts, $6 the moment from which on it does */
export const MOVE_USE = `
update peyk.uses set at = $6 where channel = $1 and account = $2 and at between $4 and $5 and claim_id = $3`;

/** $1 channel, $2 account */
export const HOLD_ACCOUNT = `select peyk.hold_account($1, $2)`;

/** $1 channel, $2 account, $3 moment */
export const DEBIT = `insert into peyk.uses (channel, account, at) values ($1, $2, $3)`;

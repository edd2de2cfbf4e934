/** What is read of a campaign that moves to a folder. */

/** $1 campaign, $2 from ordinal, $3 to before that, $4 how many */
export const PEOPLE = `
select ordinal, username, row_values as "values" from peyk.recipients
where campaign_id = $1 and ordinal >= $2 and ordinal < $3 order by ordinal limit $4`;

/** The same people by what a list given again said of them. $1 campaign, $2 its file, $3 from ordinal, $4 to before that, $5 how many */
export const CORRECTED_PEOPLE = `
select ordinal, username, corrected.row_values as "values"
from peyk.recipients r join peyk.corrected_values corrected using (campaign_id, ordinal)
where campaign_id = $1 and file = $2 and ordinal >= $3 and ordinal < $4 order by ordinal limit $5`;

/** $1 campaign, $2 the last number of the page before, $3 how many */
export const ENTRIES = `
select number, entry::text as entry from peyk.journal where campaign_id = $1 and number > $2 order by number limit $3`;

/** $1 campaign */
export const CHECKPOINT_AT = `select names, at from peyk.checkpoints where campaign_id = $1`;

/** Surely without a message although they were tried. $1 campaign */
export const FAILED = `
select failed + refused + not_found as count from peyk.tally($1)`;

/** $1 campaign, $2 the last ordinal of the page before, $3 how many */
export const SENT = `
select ordinal, username from peyk.recipients
where campaign_id = $1 and state = 'sent' and ordinal > $2 order by ordinal limit $3`;

/** $1 campaign */
export const SENT_BY_OTHERS = `
select username from peyk.earlier_names earlier where campaign_id = $1
  and not exists (select from peyk.recipients r where r.campaign_id = $1 and r.username = earlier.username and r.state = 'sent')
order by username`;

/** $1 campaign */
export const AMENDMENTS = `select entry from peyk.amendment_entries where campaign_id = $1 order by number`;

/** $1 campaign */
export const ATTACHMENTS = `select file from peyk.attachments where campaign_id = $1 and is_whole order by file`;

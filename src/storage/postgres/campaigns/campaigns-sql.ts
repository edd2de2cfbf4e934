/** What is asked of the campaigns, their lists and attachments. */

export const ALL = `select document from peyk.campaigns order by created_at desc, id`;

/** $1 id */
export const GET = `select document, version from peyk.campaigns where id = $1`;

/** $1 key */
export const SPELLINGS = `
select id from peyk.campaigns where key = $1
union select campaign_id from peyk.earlier_names where key = $1 order by 1`;

/** $1 key: of a campaign alone */
export const SPELLING_OF_CAMPAIGN = `select id from peyk.campaigns where key = $1`;

/** $1 id, $2 key, $3 channel, $4 created at, $5 document */
export const CREATE = `
insert into peyk.campaigns (id, key, channel, created_at, document) values ($1, $2, $3, $4, $5)
on conflict do nothing`;

/** $1 id, $2 the version it was made of, $3 document */
export const CHANGE = `
update peyk.campaigns set document = $3, version = version + 1 where id = $1 and version = $2`;

/** $1 campaign, $2 list's id */
export const ADOPT = `
insert into peyk.campaign_lists (campaign_id, file, list, adopted_at)
select $1, 'list-' || lpad((1 + coalesce((
         select max(substring(file from '\\d+')::integer) from peyk.campaign_lists where campaign_id = $1
       ), 0))::text, 3, '0') || '.jsonl', number, peyk.now()
from peyk.lists where id = $2 and is_finished and not is_discarded
on conflict do nothing
returning file, (select count from peyk.lists where id = $2), (select columns from peyk.lists where id = $2)`;

/** $1 list's id */
export const IS_STORED = `select from peyk.lists where id = $1 and is_finished and not is_discarded`;

/** $1 campaign, $2 file */
export const WAITING_LIST = `
select list, (select count from peyk.lists where number = list) as count
from peyk.campaign_lists where campaign_id = $1 and file = $2 and not is_taken for update`;

/** A list's people become the campaign's. $1 campaign, $2 ordinal of the first, $3 list, $4 from its row, $5 to before that */
export const TAKE_ROWS = `
insert into peyk.recipients (campaign_id, ordinal, username, row_values)
select $1, $2 + ordinal, username, row_values from peyk.list_rows
where list = $3 and ordinal >= $4 and ordinal < $5`;

export const COUNT_ANEW = `analyze peyk.recipients`;

/** $1 campaign, $2 file */
export const TAKEN = `update peyk.campaign_lists set is_taken = true where campaign_id = $1 and file = $2`;

/** $1 campaign, $2 from ordinal, $3 how many */
export const RECIPIENTS = `
select ordinal, username, row_values as "values",
  (select jsonb_object_agg(file, row_values) from peyk.corrected_values corrected
   where corrected.campaign_id = recipients.campaign_id and corrected.ordinal = recipients.ordinal) as corrections
from peyk.recipients where campaign_id = $1 and ordinal >= $2 order by ordinal limit $3`;

/** $1 campaign, $2 file, $3 ordinals, $4 values of each as JSON */
export const CORRECT = `
insert into peyk.corrected_values (campaign_id, file, ordinal, row_values)
select $1, $2, ordinal, row_values::jsonb from unnest($3::integer[], $4::text[]) as given (ordinal, row_values)`;

/** $1 campaign */
export const NEW_ATTACHMENT = `
insert into peyk.attachments (campaign_id, file, begun_at)
select $1, 'attachment-' || 1 + coalesce(max(substring(file from '\\d+')::integer), 0), peyk.now()
from peyk.attachments where campaign_id = $1
on conflict do nothing returning file`;

/** $1 campaign, $2 file, $3 number, $4 bytes */
export const ADD_PIECE = `
insert into peyk.attachment_pieces (campaign_id, file, number, piece) values ($1, $2, $3, $4)`;

/** $1 campaign, $2 file, $3 bytes in all */
export const WHOLE_ATTACHMENT = `
update peyk.attachments set is_whole = true, size = $3 where campaign_id = $1 and file = $2`;

/** $1 campaign, $2 file */
export const FORGET_ATTACHMENT = `delete from peyk.attachments where campaign_id = $1 and file = $2`;

/** $1 campaign, $2 file */
export const ATTACHMENT = `
select size from peyk.attachments where campaign_id = $1 and file = $2 and is_whole`;

/** $1 campaign, $2 file, $3 number */
export const PIECE = `
select piece from peyk.attachment_pieces where campaign_id = $1 and file = $2 and number = $3`;

/** What the doctor asks of the tables, beside what their stores ask. */

export const CAMPAIGNS = `select id, document from peyk.campaigns order by id`;

/** $1 campaign, $2 ordinal */
export const NAME = `select username from peyk.recipients where campaign_id = $1 and ordinal = $2`;

/** $1 campaign */
export const COUNTED = `
select coalesce(jsonb_object_agg(state, count), '{}') as counts from (
  select state, count(*) from peyk.recipients where campaign_id = $1 group by state) as stand`;

/** $1 campaign, $2 the last number, $3 how many */
export const JOURNAL = `
select number, entry from peyk.journal where campaign_id = $1 and number > $2 order by number limit $3`;

export const CHANNELS = `
select distinct split_part(kind, '/', 2) as channel from peyk.documents where kind like 'accounts/%'`;

export const ERASURES = `
select coalesce(sum(jsonb_array_length(value -> 'pending')), 0)::integer as count
from peyk.documents where kind = 'erasing'`;

/** Lists of leads. Whoever writes to one holds its row, so that each entry is made of all before it. */

export const BEGIN = `
insert into peyk.lead_lists (name, summary) values ($1, $2) on conflict (name) do nothing`;

export const IS_THERE = `select from peyk.lead_lists where name = $1`;
export const SUMMARIES = `select summary from peyk.lead_lists`;
export const HOLD = `select last from peyk.lead_lists where name = $1 for update`;

export const SINCE = `
select number, entry from peyk.lead_entries
where list = $1 and number > $2 order by number limit $3`;

/** $2: the number of the first. */
export const PUT_ENTRIES = `
with put as (
  insert into peyk.lead_entries (list, number, entry)
  select $1, $2 + place - 1, entry::jsonb from unnest($3::text[]) with ordinality as given (entry, place)
)
update peyk.lead_lists set last = $2 + cardinality($3::text[]) - 1, summary = $4 where name = $1`;

/** Nobody twice: the key says so. */
export const PUT_LEADS = `
insert into peyk.leads (list, key, id, username, x_id, source, query, at)
select $1, lead.* from jsonb_to_recordset($2) as lead (
  key text, id text, username text, x_id text, source text, query text, at bigint)`;

/** What is collected: each list's entries, the only truth about it, and everybody on it, once. */
export const leads = `
create table peyk.lead_lists (
  name text primary key,
  -- Number of the last entry. Whoever writes holds the row.
  last bigint not null default 0,
  summary jsonb not null
);
create table peyk.lead_entries (
  list text not null references peyk.lead_lists on delete cascade,
  number bigint not null,
  entry jsonb not null,
  primary key (list, number)
);
create table peyk.leads (
  list text not null references peyk.lead_lists on delete cascade,
  -- The platform and its id there: a person is on a list once, whoever brings them and however often.
  key text not null,
  id text not null,
  username text not null,
  -- Of whoever it is on X: what they are found by whatever they are called.
  x_id text,
  source text not null,
  query text not null,
  at bigint not null,
  primary key (list, key)
);
create index leads_by_name on peyk.leads (username);
create index leads_by_x_id on peyk.leads (x_id) where x_id is not null;
`;

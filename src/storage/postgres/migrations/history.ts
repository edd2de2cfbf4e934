/** Who did what: entries sealed one behind the other, their head apart from them, and the names that stand in them as hashes. */
export const history = `
create table peyk.history_head (
  is_only boolean primary key default true check (is_only),
  key text not null,
  count bigint not null default 0,
  seal text not null default '',
  -- It was gone and was made anew when there were so many entries, in the folder from which all of it was moved.
  anew_at bigint
);
create table peyk.history (
  n bigint primary key,
  before text not null,
  seal text not null,
  -- As it was sealed, letter by letter.
  entry text not null
);
create table peyk.history_names (hash text primary key, name text not null);
`;

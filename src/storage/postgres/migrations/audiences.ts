/** Tags, and the people of kept lists; the audiences themselves are a document. */
export const audiences = `
create table peyk.tags (
  tag text not null,
  username text not null,
  at bigint not null,
  primary key (tag, username)
);
create index tags_of on peyk.tags (username);

create table peyk.kept_lists (
  id text primary key,
  made_at bigint not null default peyk.now()
);
create table peyk.kept_rows (
  list text not null references peyk.kept_lists on delete cascade,
  ordinal integer not null,
  username text not null,
  row_values jsonb not null,
  primary key (list, ordinal)
);
create index kept_rows_of on peyk.kept_rows (username);
`;

/**
 * What the bot keeps of its chats, which one process at a time writes. A hold names that process: whoever takes it has it,
 * and each write of the one before is refused from then on, for it is made under a lock of the hold's row.
 */
export const chat = `
create table peyk.holds (
  name text primary key,
  holder text not null,
  at bigint not null
);

-- What Telegram gave. Of what was handled nothing stays but its id, the last of them in the order in which that was.
create table peyk.updates (
  update_id bigint primary key,
  number bigint not null,
  content jsonb,
  deaths integer not null,
  was_alone boolean not null,
  is_done boolean not null
);
create index updates_by_number on peyk.updates (number);

-- What operators sent, until it is read or its draft is over.
create table peyk.uploads (
  id text primary key,
  at bigint not null,
  is_whole boolean not null default false
);
create table peyk.upload_pieces (
  upload_id text not null references peyk.uploads on delete cascade,
  number integer not null,
  piece bytea not null,
  primary key (upload_id, number)
);

create table peyk.updates_set_aside (
  number bigint primary key generated always as identity,
  at bigint not null,
  content jsonb not null
);
`;

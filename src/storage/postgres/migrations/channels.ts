/** What simulated people got, by their own account of things. Of a text there is a hash. */
export const channels = `
create table peyk.simulated (
  number bigint primary key generated always as identity,
  entry text not null,
  username text not null,
  account text not null,
  dedup_key text not null,
  at bigint not null,
  text_hash text,
  message_id text
);
create index simulated_by_key on peyk.simulated (dedup_key, entry);
create index simulated_by_account on peyk.simulated (account, number) where entry = 'delivered';
create unique index simulated_by_message on peyk.simulated (message_id) where entry = 'delivered';
create index simulated_taken_back on peyk.simulated (message_id) where entry = 'takenBack';
`;

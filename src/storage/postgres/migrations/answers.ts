/** What people answered, and what operators wrote back. */
export const answers = `
create table peyk.answer_book (
  is_only boolean primary key default true check (is_only),
  last bigint not null default 0
);

create table peyk.answers (
  number bigint primary key,
  value jsonb not null,
  channel text not null generated always as (value ->> 'channel') stored,
  key text not null generated always as (value ->> 'key') stored,
  username text not null generated always as (value ->> 'username') stored,
  person_id text generated always as (value ->> 'personId') stored,
  campaign_id text generated always as (value ->> 'campaignId') stored,
  at bigint not null generated always as ((value ->> 'at')::numeric::bigint) stored,
  is_automatic boolean not null generated always as (value ? 'isAutomatic') stored
);
create unique index answers_by_message on peyk.answers (channel, key) where key <> '';
create index answers_by_name on peyk.answers (username);
create index answers_by_person on peyk.answers (person_id);
create index answers_by_campaign on peyk.answers (campaign_id);

create index own_replies_to on peyk.documents (((value ->> 'answer')::bigint)) where kind = 'own-replies';
create index own_replies_open on peyk.documents (number) where kind = 'own-replies' and (
  value ->> 'state' in ('planned', 'claimed')
  or (value ->> 'state' = 'uncertain' and not value ? 'isLeft')
  or not value ? 'isTold');

create or replace function peyk.last_answer(of_channel text, names text[]) returns bigint language sql stable as $$
select max(at) from (
  select at from peyk.answers where username = any(names) and channel = of_channel and not is_automatic
  union all
  select at from peyk.answers where person_id = any(names) and channel = of_channel and not is_automatic
) wrote
$$;
`;

/** Who said what of messages: how far the do-not-send list is, and the subscribers of the bot. */
export const optOuts = `
-- Held by whoever changes the list, so that its revision grows with every change and is seen with it.
create table peyk.suppression_book (
  is_only boolean primary key default true check (is_only),
  revision bigint not null default 0
);

create table peyk.subscribers (
  id bigint primary key,
  -- In the order in which they came.
  number bigint not null generated always as identity,
  value jsonb not null
);

-- Who was ever called so, whoever has the name by now.
create index subscribers_formerly on peyk.subscribers using gin ((value -> 'formerly'));

-- A name belongs to whoever was last seen with it.
create table peyk.subscriber_names (
  name text primary key,
  id bigint not null references peyk.subscribers on delete cascade
);
create index subscriber_names_of on peyk.subscriber_names (id);

create table peyk.subscriber_changes (
  id bigint not null references peyk.subscribers on delete cascade,
  kind text not null,
  at bigint not null,
  source text
);
create index subscriber_changes_of on peyk.subscriber_changes (id);

-- Every name that somebody was ever found under, those that passed to others too: nobody is written to twice under two.
create table peyk.identity_names (
  channel text not null,
  person_id text not null,
  username text not null,
  -- When they were last found under it, by the channel's word.
  at bigint not null,
  -- Grows with every finding: the latest holder of a name is who has it.
  number bigint not null default nextval('peyk.revisions'),
  primary key (channel, person_id, username)
);
create index identity_names_of on peyk.identity_names (username);
create index identity_names_by_person on peyk.identity_names (person_id);

create function peyk.subscriber_called(name text) returns jsonb language sql stable as $$
select coalesce(
  case when name ~ '^id[0-9]{1,16}$' then
    (select value from peyk.subscribers where id = substr(name, 3)::bigint) end,
  (select value from peyk.subscribers where id = (select id from peyk.subscriber_names n where n.name = $1)))
$$;

-- Everybody a claim knows by more than a name: subscribers of the bot, and who was looked up on any other channel.
create or replace function peyk.known(of_channel text, name text) returns jsonb language plpgsql stable as $$
declare
  person jsonb;
  found_id text;
  all_names jsonb;
begin
  if of_channel = 'telegram' then
    person := peyk.subscriber_called(name);
    if person is null then return null; end if;
    return jsonb_strip_nulls(jsonb_build_object(
      'personId', person ->> 'id',
      'names', case when person ? 'username' then jsonb_build_array(person ->> 'username') else '[]' end
        || coalesce(person -> 'formerly', '[]')
        || jsonb_build_array('id' || (person ->> 'id'), person ->> 'id'),
      'hasLeft', person ->> 'state' <> 'active',
      'spoken', nullif(jsonb_strip_nulls(jsonb_build_object(
        'chosen', person -> 'chosenLanguage', 'app', person -> 'languageCode')), '{}')));
  end if;
  select person_id into found_id from peyk.identities i where i.channel = of_channel and i.username = name;
  if found_id is null then return null; end if;
  select jsonb_agg(username order by number) into all_names
  from peyk.identity_names n where n.channel = of_channel and n.person_id = found_id;
  return jsonb_build_object('personId', found_id)
    || case when jsonb_array_length(all_names) > 1 then jsonb_build_object('names', all_names) else '{}' end;
end $$;
`;

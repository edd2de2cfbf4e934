/**
 * The first tables. Whatever a table is told by Peyk's own sync is the copy; whatever anybody else does to a person in it
 * (removing, marking as opted out, adding to the do-not-send list) becomes a row of `opt_outs`, which Peyk takes in.
 * Peyk's own transactions are known by the setting `peyk.sync`.
 */
export const firstTables = `
create table peyk.source (
  only_row boolean primary key default true check (only_row),
  identity text not null
);

create table peyk.positions (
  feed text primary key,
  byte_offset bigint not null,
  lines bigint not null,
  fingerprint text not null,
  moved_at timestamptz not null default now()
);

create table peyk.campaigns (
  id text primary key,
  status text not null,
  channel text not null,
  message text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  document jsonb not null,
  hash text not null
);

create table peyk.recipients (
  campaign_id text not null references peyk.campaigns,
  ordinal integer not null,
  username text not null,
  state text not null default 'planned',
  attempts integer not null default 0,
  account text,
  at timestamptz,
  message_id text,
  why text,
  skip_reason text,
  opted_out_at timestamptz,
  log_line bigint not null default 0,
  primary key (campaign_id, ordinal)
);
create index recipients_by_name on peyk.recipients (username);

create table peyk.leads (
  list text not null,
  source text not null,
  id text not null,
  username text not null,
  display_name text,
  details jsonb,
  collected_at timestamptz not null,
  opted_out_at timestamptz,
  primary key (list, source, id)
);
create index leads_by_name on peyk.leads (username);

create table peyk.suppressions (
  username text primary key,
  reason text not null check (reason in ('optedOut', 'complaint', 'blocked')),
  note text,
  at timestamptz not null default now(),
  log_line bigint not null default 0
);

create table peyk.opt_outs (
  id bigint generated always as identity primary key,
  username text not null,
  reason text not null default 'optedOut' check (reason in ('optedOut', 'complaint', 'blocked')),
  note text,
  at timestamptz not null default now(),
  taken_at timestamptz,
  problem text
);
create index opt_outs_waiting on peyk.opt_outs (id) where taken_at is null;

create function peyk.is_sync() returns boolean language sql stable as
  $$ select coalesce(current_setting('peyk.sync', true), '') = 'on' $$;

create function peyk.person_opted_out() returns trigger language plpgsql as $$
begin
  insert into peyk.opt_outs (username, note)
  values (new.username, 'opted out in the database table ' || tg_table_name);
  return null;
end $$;

create function peyk.keep_recipient() returns trigger language plpgsql as $$
begin
  if peyk.is_sync() then return old; end if;
  update peyk.recipients set opted_out_at = coalesce(opted_out_at, now())
  where campaign_id = old.campaign_id and ordinal = old.ordinal;
  return null;
end $$;

create function peyk.keep_lead() returns trigger language plpgsql as $$
begin
  if peyk.is_sync() then return old; end if;
  update peyk.leads set opted_out_at = coalesce(opted_out_at, now())
  where list = old.list and source = old.source and id = old.id;
  return null;
end $$;

create function peyk.forward_suppression() returns trigger language plpgsql as $$
begin
  if peyk.is_sync() then return null; end if;
  insert into peyk.opt_outs (username, reason, note, at) values (new.username, new.reason, new.note, new.at);
  return null;
end $$;

create function peyk.keep_suppression() returns trigger language plpgsql as $$
begin
  if peyk.is_sync() then return old; end if;
  return null;
end $$;

create trigger opted_out after update of opted_out_at on peyk.recipients for each row
  when (old.opted_out_at is null and new.opted_out_at is not null) execute function peyk.person_opted_out();
create trigger opted_out after update of opted_out_at on peyk.leads for each row
  when (old.opted_out_at is null and new.opted_out_at is not null) execute function peyk.person_opted_out();
create trigger kept before delete on peyk.recipients for each row execute function peyk.keep_recipient();
create trigger kept before delete on peyk.leads for each row execute function peyk.keep_lead();
create trigger forwarded after insert or update on peyk.suppressions
  for each row execute function peyk.forward_suppression();
create trigger kept before delete on peyk.suppressions for each row execute function peyk.keep_suppression();
`;

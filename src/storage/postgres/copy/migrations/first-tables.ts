import { functions } from "./functions.ts";

/**
 * The first tables. Whatever a table is told by Peyk's own sync is the copy; whatever anybody else does to a person in it
 * (removing, marking as opted out, adding to the do-not-send list) becomes a row of `opt_outs`, which Peyk takes in.
 * Peyk's own transactions are known by the setting `peyk.sync`.
 */
export const firstTables = `
create table peyk_copy.source (
  only_row boolean primary key default true check (only_row),
  identity text not null
);

create table peyk_copy.positions (
  feed text primary key,
  byte_offset bigint not null,
  lines bigint not null,
  fingerprint text not null,
  moved_at timestamptz not null default now()
);

create table peyk_copy.campaigns (
  id text primary key,
  status text not null,
  channel text not null,
  message text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  document jsonb not null,
  hash text not null
);

create table peyk_copy.recipients (
  campaign_id text not null references peyk_copy.campaigns,
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
create index recipients_by_name on peyk_copy.recipients (username);

create table peyk_copy.leads (
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
create index leads_by_name on peyk_copy.leads (username);

create table peyk_copy.suppressions (
  username text primary key,
  reason text not null check (reason in ('optedOut', 'complaint', 'blocked')),
  note text,
  at timestamptz not null default now(),
  log_line bigint not null default 0
);

create table peyk_copy.opt_outs (
  id bigint generated always as identity primary key,
  username text not null,
  reason text not null default 'optedOut' check (reason in ('optedOut', 'complaint', 'blocked')),
  note text,
  at timestamptz not null default now(),
  taken_at timestamptz,
  problem text
);
create index opt_outs_waiting on peyk_copy.opt_outs (id) where taken_at is null;

${functions}
create trigger opted_out after update of opted_out_at on peyk_copy.recipients for each row
  when (old.opted_out_at is null and new.opted_out_at is not null) execute function peyk_copy.person_opted_out();
create trigger opted_out after update of opted_out_at on peyk_copy.leads for each row
  when (old.opted_out_at is null and new.opted_out_at is not null) execute function peyk_copy.person_opted_out();
create trigger kept before delete on peyk_copy.recipients for each row execute function peyk_copy.keep_recipient();
create trigger kept before delete on peyk_copy.leads for each row execute function peyk_copy.keep_lead();
create trigger forwarded after insert or update on peyk_copy.suppressions
  for each row execute function peyk_copy.forward_suppression();
create trigger kept before delete on peyk_copy.suppressions for each row execute function peyk_copy.keep_suppression();
`;

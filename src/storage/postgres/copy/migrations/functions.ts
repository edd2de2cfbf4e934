/** What the triggers of the copy do; made again wherever the tables moved, for a function's text names its tables. */
export const functions = `
create or replace function peyk_copy.is_sync() returns boolean language sql stable as
  $$ select coalesce(current_setting('peyk.sync', true), '') = 'on' $$;

create or replace function peyk_copy.person_opted_out() returns trigger language plpgsql as $$
begin
  insert into peyk_copy.opt_outs (username, note)
  values (new.username, 'opted out in the database table ' || tg_table_name);
  return null;
end $$;

create or replace function peyk_copy.keep_recipient() returns trigger language plpgsql as $$
begin
  if peyk_copy.is_sync() then return old; end if;
  update peyk_copy.recipients set opted_out_at = coalesce(opted_out_at, now())
  where campaign_id = old.campaign_id and ordinal = old.ordinal;
  return null;
end $$;

create or replace function peyk_copy.keep_lead() returns trigger language plpgsql as $$
begin
  if peyk_copy.is_sync() then return old; end if;
  update peyk_copy.leads set opted_out_at = coalesce(opted_out_at, now())
  where list = old.list and source = old.source and id = old.id;
  return null;
end $$;

create or replace function peyk_copy.forward_suppression() returns trigger language plpgsql as $$
begin
  if peyk_copy.is_sync() then return null; end if;
  insert into peyk_copy.opt_outs (username, reason, note, at) values (new.username, new.reason, new.note, new.at);
  return null;
end $$;

create or replace function peyk_copy.keep_suppression() returns trigger language plpgsql as $$
begin
  if peyk_copy.is_sync() then return old; end if;
  return null;
end $$;
`;

/**
 * What accounts used of their limits, and the locks under which that is asked. Locks are taken in one order, so that nobody
 * waits in a circle: the campaign (an advisory lock, shared by claims and endings, alone for whatever changes many at once or
 * must be counted exactly), the account, recipients, tallies.
 *
 * A process is an owner with a lease that its heartbeat renews; an owner whose lease ran out is gone for good.
 */
export const limits = `
create table peyk.owners (
  id text primary key,
  until bigint not null,
  -- What tells the process from all others of its machine; null where that is not known.
  mark text,
  -- Who wrote the row last. Of one that a dump brought back it is not true, and nobody is an owner by that.
  written_by xid not null default pg_current_xact_id()::xid
);

create function peyk.owns(owner text, moment bigint default peyk.now()) returns boolean language sql stable as
  $$ select exists (select from peyk.owners where id = owner and until > moment and written_by = xmin) $$;

-- $2: nobody else claims or ends anything of the campaign until the transaction is over.
create function peyk.hold_campaign(campaign text, alone boolean) returns void language plpgsql as $$
begin
  if alone then perform pg_advisory_xact_lock(hashtextextended('peyk ' || campaign, 0));
  else perform pg_advisory_xact_lock_shared(hashtextextended('peyk ' || campaign, 0));
  end if;
end $$;

create table peyk.accounts_in_use (
  channel text not null,
  account text not null,
  primary key (channel, account)
);

-- A message or call that counts in an account's limits. Without a claim: a test send.
create table peyk.uses (
  claim_id bigint,
  channel text not null,
  account text not null,
  campaign_id text,
  at bigint not null,
  is_message boolean not null default true,
  is_call boolean not null default true
);
create index uses_of_account on peyk.uses (channel, account, at, claim_id) include (is_message, is_call);
create index uses_of_campaign on peyk.uses (campaign_id, at) where is_message;

create function peyk.hold_account(of_channel text, of_account text) returns void language plpgsql as $$
begin
  perform from peyk.accounts_in_use where channel = of_channel and account = of_account for update;
  if found then return; end if;
  insert into peyk.accounts_in_use values (of_channel, of_account) on conflict do nothing;
  perform from peyk.accounts_in_use where channel = of_channel and account = of_account for update;
end $$;

-- For each count the moments of the last so many messages, newest first, as far as they fill a limit of that count once up
-- to most more are sent: the last of them fills it now, the one before it after one more.
create function peyk.filling_messages(of_channel text, of_account text, counts integer[], most integer) returns jsonb
language sql stable as $$
select coalesce(jsonb_agg((
  select coalesce(jsonb_agg(at order by at desc), '[]') from (
    select at from peyk.uses where channel = of_channel and account = of_account and is_message
    order by at desc offset greatest(count - most, 0) limit least(most, count)) as filling) order by nth), '[]')
from unnest(counts) with ordinality as one (count, nth)
$$;

create function peyk.filling_calls(of_channel text, of_account text, counts integer[], most integer) returns jsonb
language sql stable as $$
select coalesce(jsonb_agg((
  select coalesce(jsonb_agg(at order by at desc), '[]') from (
    select at from peyk.uses where channel = of_channel and account = of_account and is_call
    order by at desc offset greatest(count - most, 0) limit least(most, count)) as filling) order by nth), '[]')
from unnest(counts) with ordinality as one (count, nth)
$$;

-- The same of the speed that is set for a campaign as a whole, in the order per minute, hour and day.
create function peyk.filling_pace(campaign text, pace jsonb, most integer) returns jsonb language sql stable as $$
select coalesce(jsonb_agg((
  select coalesce(jsonb_agg(at order by at desc), '[]') from (
    select at from peyk.uses where campaign_id = campaign and is_message
    order by at desc offset greatest((pace ->> kind)::integer - most, 0)
    limit least(most, (pace ->> kind)::integer)) as filling) order by nth), '[]')
from unnest(array['perMinute', 'perHour', 'perDay']) with ordinality as one (kind, nth) where pace ? kind
$$;
`;

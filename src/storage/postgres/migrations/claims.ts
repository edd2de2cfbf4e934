/**
 * Claiming and settling. A process is an owner with a lease that its heartbeat renews; an owner whose lease ran out is gone
 * for good. Locks are taken in one order, so that nobody waits in a circle: the campaign (an advisory lock, shared by claims
 * and endings, alone for whatever changes many at once or must be counted exactly), the account, recipients, tallies.
 */
export const claims = `
create table peyk.owners (
  id text primary key,
  until bigint not null
);

create table peyk.accounts_in_use (
  channel text not null,
  account text not null,
  primary key (channel, account)
);

-- A message or call that counts in an account's limits. Without a claim: a test send.
create table peyk.uses (
  claim_id bigint unique,
  channel text not null,
  account text not null,
  campaign_id text,
  at bigint not null,
  is_message boolean not null default true,
  is_call boolean not null default true
);
create index uses_messages on peyk.uses (channel, account, at) where is_message;
create index uses_calls on peyk.uses (channel, account, at) where is_call;
create index uses_of_campaign on peyk.uses (campaign_id, at) where is_message;

-- How people took a campaign's message since the claims that somebody looked at.
create table peyk.fared (
  campaign_id text not null,
  since bigint not null,
  slot integer not null,
  sent bigint not null default 0,
  refused bigint not null default 0,
  failed bigint not null default 0,
  primary key (campaign_id, since, slot)
) with (fillfactor = 50);

create table peyk.checkpoints (
  campaign_id text primary key,
  names integer not null,
  at bigint not null
);

create function peyk.owns(owner text) returns boolean language sql stable as
  $$ select exists (select from peyk.owners where id = owner and until > peyk.now()) $$;

-- $2: nobody else claims or ends anything of the campaign until the transaction is over.
create function peyk.hold_campaign(campaign text, alone boolean) returns void language plpgsql as $$
begin
  if alone then perform pg_advisory_xact_lock(hashtextextended('peyk ' || campaign, 0));
  else perform pg_advisory_xact_lock_shared(hashtextextended('peyk ' || campaign, 0));
  end if;
end $$;

create function peyk.hold_account(of_channel text, of_account text) returns void language plpgsql as $$
begin
  perform from peyk.accounts_in_use where channel = of_channel and account = of_account for update;
  if found then return; end if;
  insert into peyk.accounts_in_use values (of_channel, of_account) on conflict do nothing;
  perform from peyk.accounts_in_use where channel = of_channel and account = of_account for update;
end $$;

-- For each count the moment of the last so many messages' first: the one that fills a limit of that count.
create function peyk.filling_messages(of_channel text, of_account text, counts integer[]) returns jsonb
language sql stable as $$
select coalesce(jsonb_agg((
  select at from peyk.uses where channel = of_channel and account = of_account and is_message
  order by at desc offset greatest(count, 1) - 1 limit 1) order by nth), '[]')
from unnest(counts) with ordinality as one (count, nth)
$$;

create function peyk.filling_calls(of_channel text, of_account text, counts integer[]) returns jsonb
language sql stable as $$
select coalesce(jsonb_agg((
  select at from peyk.uses where channel = of_channel and account = of_account and is_call
  order by at desc offset greatest(count, 1) - 1 limit 1) order by nth), '[]')
from unnest(counts) with ordinality as one (count, nth)
$$;

-- The same of the speed that is set for a campaign as a whole, in the order per minute, hour and day.
create function peyk.filling_pace(campaign text, pace jsonb) returns jsonb language sql stable as $$
select coalesce(jsonb_agg((
  select at from peyk.uses where campaign_id = campaign and is_message
  order by at desc offset greatest((pace ->> kind)::integer, 1) - 1 limit 1) order by nth), '[]')
from unnest(array['perMinute', 'perHour', 'perDay']) with ordinality as one (kind, nth) where pace ? kind
$$;

-- The campaign and those that it follows up, the nearest first.
create function peyk.with_first(campaign text) returns jsonb language sql stable as $$
with recursive followed (id, document, version, nth) as (
  select id, document, version, 0 from peyk.campaigns where id = campaign
  union all
  select before.id, before.document, before.version, nth + 1
  from followed join peyk.campaigns before on before.id = followed.document #>> '{followsUp,campaignId}'
  where nth < 100)
select coalesce(jsonb_agg(jsonb_build_object('document', document, 'version', version) order by nth), '[]')
from followed
$$;

create function peyk.begin_claim(
  campaign text, owner text, of_channel text, of_account text, caps integer[], rates integer[], alone boolean
) returns jsonb language plpgsql as $$
declare
  moment bigint;
  stored jsonb;
begin
  perform peyk.hold_campaign(campaign, alone);
  perform peyk.hold_account(of_channel, of_account);
  moment := peyk.now();
  stored := peyk.with_first(campaign);
  return jsonb_build_object(
    'now', moment,
    'isOwner', peyk.owns(owner),
    'campaigns', stored,
    'caps', peyk.filling_messages(of_channel, of_account, caps),
    'rates', peyk.filling_calls(of_channel, of_account, rates),
    'pace', peyk.filling_pace(campaign, stored #> '{0,document,pace}'),
    'tally', to_jsonb(peyk.tally(campaign)),
    'fared', (select jsonb_build_object('sent', coalesce(sum(sent), 0), 'refused', coalesce(sum(refused), 0),
                                        'failed', coalesce(sum(failed), 0))
              from peyk.fared where campaign_id = campaign
                and since = coalesce((stored #>> '{0,document,guardRails,looked,claims}')::bigint, 0)));
end $$;

-- Who is due for an account at a moment, locked: those of its own before those of every account, in each first whoever
-- waits for a moment, then the list in its order.
create function peyk.due(campaign text, of_account text, moment bigint, most integer)
returns setof peyk.recipients language plpgsql as $$
declare
  lane text;
  one peyk.recipients;
  found_so_far integer := 0;
begin
  foreach lane in array array[of_account, ''] loop
    for one in
      select * from peyk.recipients
      where campaign_id = campaign and state = 'planned' and through = lane and due_at <= moment
      order by due_at, ordinal limit most - found_so_far for update skip locked
    loop
      found_so_far := found_so_far + 1;
      return next one;
    end loop;
    for one in
      select * from peyk.recipients
      where campaign_id = campaign and state = 'planned' and through = lane and due_at is null
      order by due_at, ordinal limit most - found_so_far for update skip locked
    loop
      found_so_far := found_so_far + 1;
      return next one;
    end loop;
  end loop;
end $$;

-- Null: the person is written to under another name.
create function peyk.make_claim(
  campaign text, of_ordinal integer, of_owner text, of_channel text, moment bigint, entry jsonb
) returns bigint language plpgsql as $$
declare
  id bigint := nextval('peyk.claim_ids');
begin
  if entry ? 'p' then
    insert into peyk.claimed_people values (campaign, entry ->> 'p', of_ordinal)
    on conflict (campaign_id, person_id) do update set ordinal = excluded.ordinal
    where claimed_people.ordinal = excluded.ordinal or exists (
      select from peyk.recipients r where r.campaign_id = claimed_people.campaign_id
        and r.ordinal = claimed_people.ordinal and r.state = 'notFound');
    if not found then return null; end if;
  end if;
  update peyk.recipients set
    state = 'claimed', due_at = null, is_left_out = false,
    attempts = (entry ->> 'n')::integer, claims = claims + 1,
    firsts = firsts + (entry ->> 'n' = '1')::integer,
    again = case when again > 0 then 2 else 0 end,
    claim_id = id, owner = of_owner, waits = coalesce((entry ->> 'w')::boolean, false), pursued_by = null,
    claim_number = 1 + (peyk.tally(campaign)).claims,
    account = entry ->> 'a', claimed_at = moment, revision = coalesce((entry ->> 'v')::integer, 0),
    language = entry ->> 'l',
    reached = case when reached = 'yes' then 'yes' else 'maybe' end,
    reached_at = case when reached = 'yes' then reached_at else moment end,
    at = moment, message_id = null, why = null, skip_reason = null, skipped_for = null
  where campaign_id = campaign and ordinal = of_ordinal and state = 'planned';
  if not found then raise exception 'recipient % of % is not planned', of_ordinal, campaign; end if;
  insert into peyk.uses (claim_id, channel, account, campaign_id, at)
  values (id, of_channel, entry ->> 'a', campaign, moment);
  insert into peyk.journal (campaign_id, claim_id, entry) values (campaign, id, entry);
  return id;
end $$;

create function peyk.pass_over(campaign text, ordinals integer[], reasons text[], others text[], moment bigint)
returns void language sql as $$
with passed as (
  select * from unnest(ordinals, reasons, others) as one (ordinal, reason, other)),
changed as (
  update peyk.recipients r set state = 'skipped', due_at = null, is_left_out = false, at = moment,
    message_id = null, why = null, skip_reason = reason, skipped_for = other
  from passed where campaign_id = campaign and r.ordinal = passed.ordinal and state = 'planned'
  returning r.ordinal, reason, other)
insert into peyk.journal (campaign_id, entry)
select campaign, jsonb_strip_nulls(jsonb_build_object(
  't', 'skipped', 'r', ordinal, 'reason', reason, 'by', other, 'at', moment)) from changed order by ordinal
$$;

-- What an ending does to whom it is about stands in change, by the domain's one table of what can happen.
create function peyk.end_claim(one peyk.recipients, change jsonb, ending jsonb, moment bigint) returns void
language plpgsql as $$
declare
  to_state text := change ->> 'to';
  is_open boolean := to_state in ('claimed', 'uncertain');
  is_uncalled boolean := coalesce((ending ->> 'uncalled')::boolean, false);
  reach text := change ->> 'reached';
  looked_at bigint;
  kind text := ending ->> 't';
begin
  update peyk.recipients set
    state = to_state,
    due_at = case when to_state = 'planned' then (ending ->> 'due')::bigint end, is_left_out = false,
    attempts = attempts - coalesce((ending ->> 'free')::boolean, false)::integer,
    uncalled = uncalled + (one.claim_id is not null and is_uncalled)::integer,
    again = case when (change ->> 'isSentAgain')::boolean and again = 0 then 1 else again end,
    claim_id = case when to_state = 'uncertain' then claim_id end,
    owner = case when is_open then owner end, waits = false, pursued_by = null,
    is_left = is_left or (change ->> 'isLeft')::boolean,
    reached = case when reached = 'yes' then 'yes'
                   when reach = 'maybe' or reach = 'yes' or not is_reach_lasting then reach else reached end,
    reached_at = case when reached <> 'yes' and reach = 'yes' then moment else reached_at end,
    is_reach_lasting = is_reach_lasting or (reached <> 'yes' and reach = 'maybe' and not is_open),
    at = moment, message_id = case when kind = 'sent' then nullif(ending ->> 'id', '') end,
    why = ending -> 'why', skip_reason = ending ->> 'reason', skipped_for = ending ->> 'by'
  where campaign_id = one.campaign_id and ordinal = one.ordinal;
  if (change ->> 'givesBack')::boolean and one.claim_id is not null then
    update peyk.uses set is_message = false, is_call = is_call and not is_uncalled where claim_id = one.claim_id;
  end if;
  if one.claim_id is not null and kind in ('sent', 'refused', 'failed') then
    select coalesce((document #>> '{guardRails,looked,claims}')::bigint, 0) into looked_at
    from peyk.campaigns where id = one.campaign_id;
    if one.claim_number > looked_at then
      insert into peyk.fared values (one.campaign_id, looked_at, pg_backend_pid() % 8,
        (kind = 'sent')::integer, (kind = 'refused')::integer, (kind = 'failed')::integer)
      on conflict (campaign_id, since, slot) do update set
        sent = fared.sent + excluded.sent, refused = fared.refused + excluded.refused,
        failed = fared.failed + excluded.failed;
    end if;
  end if;
  insert into peyk.journal (campaign_id, claim_id, entry)
  values (one.campaign_id, one.claim_id, ending || jsonb_build_object('r', one.ordinal, 'at', moment));
end $$;

-- 'settled', 'over' (somebody else ended it, or it can't end so), 'gone' (the lease of whoever asks).
create function peyk.settle(
  campaign text, of_ordinal integer, of_claim bigint, by_owner text, change jsonb, ending jsonb
) returns text language plpgsql as $$
declare
  one peyk.recipients;
  moment bigint;
begin
  perform peyk.hold_campaign(campaign, false);
  select * into one from peyk.recipients where campaign_id = campaign and ordinal = of_ordinal for update;
  if not peyk.owns(by_owner) then return 'gone'; end if;
  if one.claim_id is distinct from of_claim or not change -> 'from' ? one.state then return 'over'; end if;
  moment := peyk.now();
  if ending ? 'dueInMs' then
    ending := ending - 'dueInMs' || jsonb_build_object('due', moment + (ending ->> 'dueInMs')::bigint);
  end if;
  perform peyk.end_claim(one, change, ending, moment);
  return 'settled';
end $$;

-- The wait of a claim is over; the same answers as settle.
create function peyk.leave(campaign text, of_ordinal integer, of_claim bigint, by_owner text) returns text
language plpgsql as $$
declare
  one peyk.recipients;
  moment bigint;
begin
  perform peyk.hold_campaign(campaign, false);
  select * into one from peyk.recipients where campaign_id = campaign and ordinal = of_ordinal for update;
  if not peyk.owns(by_owner) then return 'gone'; end if;
  if one.claim_id is distinct from of_claim or one.state <> 'claimed' then return 'over'; end if;
  if one.waits then
    moment := peyk.now();
    update peyk.recipients set waits = false where campaign_id = campaign and ordinal = of_ordinal;
    insert into peyk.journal (campaign_id, claim_id, entry)
    values (campaign, of_claim, jsonb_build_object('t', 'leaves', 'r', of_ordinal, 'at', moment));
  end if;
  return 'settled';
end $$;

-- Ends the claims of owners who are gone: called has what becomes of those whose call may have left, waiting of the others.
create function peyk.sweep(campaign text, called jsonb, waiting jsonb) returns integer language plpgsql as $$
declare
  one peyk.recipients;
  moment bigint;
  ending jsonb;
  cut_off integer := 0;
begin
  perform peyk.hold_campaign(campaign, true);
  moment := peyk.now();
  for one in
    select * from peyk.recipients
    where campaign_id = campaign and state in ('claimed', 'uncertain') and state = 'claimed'
      and not exists (select from peyk.owners where id = owner and until > moment)
    order by claimed_at, claim_id for update
  loop
    if one.waits then
      ending := waiting -> 'ending' || jsonb_build_object('due', one.claimed_at);
      perform peyk.end_claim(one, waiting -> 'change', ending, moment);
    else
      cut_off := cut_off + 1;
      perform peyk.end_claim(one, called -> 'change', called -> 'ending', moment);
    end if;
  end loop;
  return cut_off;
end $$;

-- Everybody in one of those states, of so many ordinals, goes to another.
create function peyk.move_all(campaign text, change jsonb, from_ordinal integer, to_ordinal integer)
returns void language sql as $$
update peyk.recipients set
  state = change ->> 'to', due_at = null, is_left_out = false,
  attempts = case when change ->> 'to' = 'planned' then 0 else attempts end,
  skip_reason = case when change ->> 'to' = 'skipped' then 'cancelled' else skip_reason end
where campaign_id = campaign and ordinal >= from_ordinal and ordinal < to_ordinal and change -> 'from' ? state
$$;
`;

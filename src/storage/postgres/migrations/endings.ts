/** Ending claims, and what is known by how they ended. The domain's table of what can happen comes with each ending. */
export const endings = `
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

-- Ends the claims of owners who are gone, and answers how: called has what becomes of those whose call may have left,
-- waiting of the others.
create function peyk.sweep(campaign text, called jsonb, waiting jsonb)
returns table (of_claim bigint, name text, of_account text, ended jsonb, ended_at bigint) language plpgsql as $$
declare
  one peyk.recipients;
  moment bigint;
  how jsonb;
begin
  perform peyk.hold_campaign(campaign, true);
  moment := peyk.now();
  for one in
    select * from peyk.recipients
    where campaign_id = campaign and state in ('claimed', 'uncertain') and state = 'claimed'
      and not exists (select from peyk.owners where id = owner and until > moment)
    order by claimed_at, claim_id for update
  loop
    how := case when one.waits then waiting else called end;
    ended := how -> 'ending';
    if one.waits then ended := ended || jsonb_build_object('due', one.claimed_at); end if;
    perform peyk.end_claim(one, how -> 'change', ended, moment);
    of_claim := one.claim_id;
    name := one.username;
    of_account := one.account;
    ended_at := moment;
    return next;
  end loop;
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

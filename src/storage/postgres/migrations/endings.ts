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

-- Ends claims, or settles uncertain people, as far as they may end so: each of endings has r, the ordinal, claim, the id
-- (null: they have none), change, what the ending does to them by the domain's one table of what can happen, ending, and
-- event, as which it is told without its moment (null: it is not told here). Answers the claims that it ended.
create function peyk.end_claims(campaign text, endings jsonb, moment bigint) returns bigint[]
language plpgsql as $$
declare
  -- So that they are looked up one by one, however many the planner takes a campaign to have.
  ordinals integer[] := array(select (one ->> 'r')::integer from jsonb_array_elements(endings) as one);
  done bigint[];
  told jsonb;
begin
  with given as materialized (
    select r as of_ordinal, nth, event, claim, change, change ->> 'to' as to_state, change ->> 'reached' as reach,
      change ->> 'to' in ('claimed', 'uncertain') as is_open, ending ->> 't' as kind,
      coalesce((ending ->> 'uncalled')::boolean, false) as is_uncalled,
      case when ending ? 'dueInMs'
        then ending - 'dueInMs' || jsonb_build_object('due', moment + (ending ->> 'dueInMs')::bigint)
        else ending end as ending
    from rows from (jsonb_to_recordset(endings) as (r integer, claim bigint, change jsonb, ending jsonb, event jsonb))
      with ordinality as given (r, claim, change, ending, event, nth)),
  ended as (
    update peyk.recipients set
      state = to_state,
      due_at = case when to_state = 'planned' then (ending ->> 'due')::bigint end, is_left_out = false,
      attempts = attempts - coalesce((ending ->> 'free')::boolean, false)::integer,
      uncalled = uncalled + (claim is not null and is_uncalled)::integer,
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
    from given
    where campaign_id = campaign and ordinal = any(ordinals) and ordinal = of_ordinal
      and claim_id is not distinct from claim
      and change -> 'from' ? state
    returning ordinal, nth, event, claim, claim_number, account, claimed_at, change, ending, kind, is_uncalled),
  written as (
    insert into peyk.journal (campaign_id, claim_id, entry)
    select campaign, claim, ending || jsonb_build_object('r', ordinal, 'at', moment) from ended order by nth),
  given_back as (
    update peyk.uses set is_message = false, is_call = is_call and not is_uncalled
    from ended join peyk.campaigns on campaigns.id = campaign
    where (change ->> 'givesBack')::boolean and uses.channel = campaigns.channel and uses.account = ended.account
      and uses.at >= claimed_at and claim_id = claim),
  counted as (
    insert into peyk.fared as known (campaign_id, since, slot, sent, refused, failed)
    select campaign, looked_at, pg_backend_pid() % 8, sum((kind = 'sent')::integer),
           sum((kind = 'refused')::integer), sum((kind = 'failed')::integer)
    from ended, (select coalesce((document #>> '{guardRails,looked,claims}')::bigint, 0) as looked_at
                 from peyk.campaigns where id = campaign) as looked
    where claim is not null and claim_number > looked_at and kind in ('sent', 'refused', 'failed')
    group by looked_at
    on conflict (campaign_id, since, slot) do update set
      sent = known.sent + excluded.sent, refused = known.refused + excluded.refused,
      failed = known.failed + excluded.failed)
  select array_agg(claim),
    jsonb_agg(event || jsonb_build_object('at', moment) || case when ending ? 'due'
                then jsonb_build_object('due', ending -> 'due') else '{}' end order by nth)
      filter (where jsonb_typeof(event) = 'object')
  into done, told from ended;
  if told is not null then perform peyk.tell(told); end if;
  return coalesce(done, '{}');
end $$;

-- For each of asked: 'settled', 'over' (somebody else ended it, or it can't end so), 'gone' (the lease of whoever asks).
-- They come in the order of their ordinals, in which they are locked.
create function peyk.settle(campaign text, by_owner text, asked jsonb) returns jsonb language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  done bigint[];
begin
  perform peyk.hold_campaign(campaign, false);
  if not peyk.owns(by_owner) then
    return (select jsonb_agg('gone'::text) from jsonb_array_elements(asked));
  end if;
  done := peyk.end_claims(campaign, asked, peyk.now());
  if cardinality(done) = jsonb_array_length(asked) then
    return (select jsonb_agg('settled'::text) from jsonb_array_elements(asked));
  end if;
  return (select jsonb_agg(case when claim = any(done) then 'settled' else 'over' end order by nth)
          from (select (one ->> 'claim')::bigint as claim, nth
                from jsonb_array_elements(asked) with ordinality as given (one, nth)) as given);
end $$;

-- The wait of claims is over; the same answers as settle.
create function peyk.leave(campaign text, by_owner text, asked jsonb) returns jsonb language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  moment bigint;
begin
  perform peyk.hold_campaign(campaign, false);
  perform from peyk.recipients
  where campaign_id = campaign and ordinal = any(array(select r from jsonb_to_recordset(asked) as one (r integer)))
  order by ordinal for update;
  if not peyk.owns(by_owner) then
    return (select jsonb_agg('gone'::text) from jsonb_array_elements(asked));
  end if;
  moment := peyk.now();
  with gone as (
    update peyk.recipients set waits = false
    from jsonb_to_recordset(asked) as given (r integer, claim bigint)
    where campaign_id = campaign and ordinal = any(array(select r from jsonb_to_recordset(asked) as one (r integer)))
      and ordinal = r and claim_id = claim and state = 'claimed' and waits
    returning ordinal, claim_id)
  insert into peyk.journal (campaign_id, claim_id, entry)
  select campaign, claim_id, jsonb_build_object('t', 'leaves', 'r', ordinal, 'at', moment) from gone order by ordinal;
  return (
    select jsonb_agg(case when state = 'claimed' and claim_id = (one ->> 'claim')::bigint then 'settled'
                          else 'over' end order by nth)
    from jsonb_array_elements(asked) with ordinality as given (one, nth)
    left join peyk.recipients on campaign_id = campaign and ordinal = (one ->> 'r')::integer);
end $$;

-- Ends the claims of owners who are gone, and answers as what: called has what becomes of those whose call may have left,
-- waiting of the others, each with the event of it that lacks whose it is.
create function peyk.sweep(campaign text, called jsonb, waiting jsonb) returns setof text language plpgsql as $$
declare
  moment bigint;
  ends jsonb;
begin
  perform peyk.hold_campaign(campaign, true);
  moment := peyk.now();
  select jsonb_agg(jsonb_build_object(
    'r', ordinal, 'claim', claim_id,
    'change', case when waits then waiting else called end -> 'change',
    'ending', case when waits then waiting -> 'ending' || jsonb_build_object('due', claimed_at)
              else called -> 'ending' end,
    'event', case when waits then waiting else called end -> 'event' || jsonb_build_object(
      'key', claim_id || (case when waits then waiting else called end ->> 'key'),
      'username', username, 'account', account)) order by claimed_at, claim_id)
  into ends from peyk.recipients
  where campaign_id = campaign and state in ('claimed', 'uncertain') and state = 'claimed'
    and not peyk.owns(owner, moment);
  if ends is null then return; end if;
  perform peyk.end_claims(campaign, ends, moment);
  return query select one #>> '{ending,t}' from jsonb_array_elements(ends) as one;
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

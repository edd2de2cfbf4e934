/**
 * Claiming: what is asked of a campaign in the step that claims, who is due, and the claim with all that goes with it.
 *
 * What runs for every claim and ending is planned once a connection, and goes by the indexes: planning costs more than
 * carrying it out, and a plan made while a table was small would read all of a large one.
 */
export const claims = `
create table peyk.checkpoints (
  campaign_id text primary key,
  names integer not null,
  at bigint not null
);

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
  campaign text, owner text, of_channel text, of_account text, caps integer[], rates integer[], most integer,
  alone boolean
) returns jsonb language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
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
    -- Of the claims that may come of it, known before they are made: where the answer to that is lost they can be ended.
    'ids', (select jsonb_agg(nextval('peyk.claim_ids')) from generate_series(1, most)),
    'campaigns', stored,
    'caps', peyk.filling_messages(of_channel, of_account, caps, most),
    'rates', peyk.filling_calls(of_channel, of_account, rates, most),
    'pace', peyk.filling_pace(campaign, stored #> '{0,document,pace}', most),
    'tally', to_jsonb(peyk.tally(campaign)),
    'fared', (select jsonb_build_object('sent', coalesce(sum(sent), 0), 'refused', coalesce(sum(refused), 0),
                                        'failed', coalesce(sum(failed), 0))
              from peyk.fared where campaign_id = campaign
                and since = coalesce((stored #>> '{0,document,guardRails,looked,claims}')::bigint, 0)));
end $$;

-- Who is due for an account at a moment, locked: those of its own before those of every account, in each first whoever
-- waits for a moment, then the list in its order.
create function peyk.due(campaign text, of_account text, moment bigint, most integer)
returns setof peyk.recipients language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  lane text;
  found_now integer;
  still integer := most;
begin
  foreach lane in array array[of_account, ''] loop
    return query select * from peyk.recipients
      where campaign_id = campaign and state = 'planned' and through = lane and due_at <= moment
      order by due_at, ordinal limit still for update skip locked;
    get diagnostics found_now = row_count;
    still := still - found_now;
    exit when still = 0;
    return query select * from peyk.recipients
      where campaign_id = campaign and state = 'planned' and through = lane and due_at is null
      order by due_at, ordinal limit still for update skip locked;
    get diagnostics found_now = row_count;
    still := still - found_now;
    exit when still = 0;
  end loop;
end $$;

-- Claims with their ids and entries, in their order; fails with PK001 where somebody's person is written to under another name.
create function peyk.make_claims(
  campaign text, of_owner text, of_channel text, moment bigint, ids bigint[], entries jsonb
) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  people integer := (select count(*) from jsonb_array_elements(entries) as entry where entry ? 'p');
  -- So that they are looked up one by one, however many the planner takes a campaign to have.
  ordinals integer[] := array(select (entry ->> 'r')::integer from jsonb_array_elements(entries) as entry);
  claims_before bigint := (peyk.tally(campaign)).claims;
  written integer;
begin
  if people > 0 then
    insert into peyk.claimed_people
    select campaign, entry ->> 'p', (entry ->> 'r')::integer from jsonb_array_elements(entries) as entry
    where entry ? 'p' order by 2
    on conflict (campaign_id, person_id) do update set ordinal = excluded.ordinal
    where claimed_people.ordinal = excluded.ordinal or exists (
      select from peyk.recipients r where r.campaign_id = claimed_people.campaign_id
        and r.ordinal = claimed_people.ordinal and r.state = 'notFound');
    get diagnostics written = row_count;
    if written < people then
      raise exception 'somebody who is claimed is written to under another name' using errcode = 'PK001';
    end if;
  end if;
  with given as materialized (
    select ids[nth] as id, entry, nth, (entry ->> 'r')::integer as of_ordinal,
      (entry ->> 'n')::integer as attempt, entry ->> 'a' as of_account
    from jsonb_array_elements(entries) with ordinality as given (entry, nth)),
  made as (
    update peyk.recipients set
      state = 'claimed', due_at = null, is_left_out = false,
      attempts = attempt, claims = claims + 1, firsts = firsts + (attempt = 1)::integer,
      again = case when again > 0 then 2 else 0 end,
      claim_id = id, owner = of_owner, waits = coalesce((entry ->> 'w')::boolean, false), pursued_by = null,
      claim_number = claims_before + nth, account = of_account, claimed_at = moment,
      claimed_person = entry ->> 'p', revision = coalesce((entry ->> 'v')::integer, 0), language = entry ->> 'l',
      reached = case when reached = 'yes' then 'yes' else 'maybe' end,
      reached_at = case when reached = 'yes' then reached_at else moment end,
      at = moment, message_id = null, why = null, skip_reason = null, skipped_for = null
    from given
    where campaign_id = campaign and ordinal = any(ordinals) and ordinal = of_ordinal and state = 'planned'
    returning id, nth, entry, account),
  used as (
    insert into peyk.uses (claim_id, channel, account, campaign_id, at)
    select id, of_channel, account, campaign, moment from made),
  kept as (
    insert into peyk.journal (campaign_id, claim_id, entry) select campaign, id, entry from made order by nth)
  select count(*) into written from made;
  if written < jsonb_array_length(entries) then
    raise exception 'not everybody of % who is claimed is planned', campaign;
  end if;
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

-- What a claim decided: whom it passes over (ordinals, reasons, other campaigns), whom it leaves out until when, its claims,
-- and what is told of it all, as the last.
create function peyk.write_decided(
  campaign text, of_owner text, of_channel text, moment bigint, passed jsonb, left_out jsonb, ids bigint[], entries jsonb,
  told jsonb
) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  if jsonb_array_length(passed) > 0 then
    perform peyk.pass_over(campaign, array_agg(r), array_agg(reason), array_agg(by), moment)
    from jsonb_to_recordset(passed) as one (r integer, reason text, by text);
  end if;
  if jsonb_array_length(left_out) > 0 then
    update peyk.recipients set is_left_out = true, due_at = one.until
    from jsonb_to_recordset(left_out) as one (r integer, until bigint) where campaign_id = campaign and ordinal = r;
  end if;
  if jsonb_array_length(entries) > 0 then
    perform peyk.make_claims(campaign, of_owner, of_channel, moment, ids, entries);
  end if;
  perform peyk.tell(told);
end $$;
`;

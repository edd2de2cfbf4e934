/** Claiming: what is asked of a campaign in the step that claims, who is due, and the claim with all that goes with it. */
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
    account = entry ->> 'a', claimed_at = moment, claimed_person = entry ->> 'p', revision = coalesce((entry ->> 'v')::integer, 0),
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
`;

/** Places in lanes that processes share: each counts until a moment by the database's time. */
export const lanes = `
create table peyk.lanes (
  name text primary key,
  -- The service wants silence until then.
  paused_until bigint not null default 0
);

create table peyk.lane_places (
  id bigint primary key generated always as identity,
  lane text not null,
  counts_until bigint not null
);
create index lane_places_by_lane on peyk.lane_places (lane, counts_until);

-- One at a time for each lane: of those that are wanted as many as there are.
create function peyk.take_places(of_lane text, wanted integer, most integer, held bigint)
returns jsonb language plpgsql as $$
declare
  moment bigint;
  silent bigint;
  taken integer;
  ids jsonb;
begin
  insert into peyk.lanes (name) values (of_lane) on conflict do nothing;
  select paused_until into silent from peyk.lanes where name = of_lane for update;
  moment := peyk.now();
  if silent > moment then
    return jsonb_build_object('ids', jsonb_build_array(), 'inMs', silent - moment, 'pausedMs', silent - moment);
  end if;
  delete from peyk.lane_places where lane = of_lane and counts_until <= moment;
  select count(*) into taken from peyk.lane_places where lane = of_lane;
  if taken >= most then
    return jsonb_build_object('ids', jsonb_build_array(), 'inMs', (
      select counts_until - moment from peyk.lane_places where lane = of_lane
      order by counts_until offset taken - most limit 1));
  end if;
  with put as (
    insert into peyk.lane_places (lane, counts_until)
    select of_lane, moment + held from generate_series(1, least(wanted, most - taken)) returning id)
  select jsonb_agg(id) into ids from put;
  return jsonb_build_object('ids', ids);
end $$;
`;

/** What happened, by number, of each log the newest; and how far each log is. */
export const events = `
create table peyk.event_logs (
  name text primary key,
  last bigint not null,
  -- Events up to this one are not kept any more.
  dropped bigint not null default 0
);
create table peyk.events (
  log text not null,
  number bigint not null,
  event jsonb not null,
  primary key (log, number)
);

-- Appends to a log and wakes its readers. Whoever appends holds the log until its transaction is over, so it is the last
-- thing that a transaction does: nobody waits in a circle, and events are numbered in the order of the commits.
create function peyk.append_events(of_log text, given jsonb, to_keep bigint) returns bigint language plpgsql as $$
declare
  many integer := jsonb_array_length(given);
  -- Events kept at least; a reader that lags further behind has a gap.
  kept bigint := coalesce(to_keep, 30000);
  step bigint := ceil(kept / 10.0);
  newest bigint;
begin
  insert into peyk.event_logs as log (name, last) values (of_log, many)
  on conflict (name) do update set last = log.last + excluded.last
  returning last into newest;
  insert into peyk.events (log, number, event)
  select of_log, newest - many + place, event from jsonb_array_elements(given) with ordinality as one (event, place);
  -- Now and then, so that a log is never much longer than what is kept. What somebody changes just now goes the next time.
  if newest / step > (newest - many) / step then
    delete from peyk.events using (
      select number as of_number from peyk.events where log = of_log and number <= newest - kept
      order by number for update skip locked) as old
    where log = of_log and number = of_number;
    update peyk.event_logs set dropped = greatest(dropped, newest - kept) where name = of_log;
  end if;
  perform pg_notify('peyk', 'events/' || of_log);
  return newest;
end $$;

-- Tells in the transaction that records them how people of campaigns ended: what is on record is told, and nothing else.
create function peyk.tell(given jsonb) returns void language plpgsql as $$
begin
  if jsonb_array_length(given) > 0 then perform peyk.append_events('campaigns', given, null); end if;
end $$;
`;

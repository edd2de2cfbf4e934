/**
 * Where everything lives: a move between a folder and this database that is under way, or is over. Nobody works here while it is
 * being filled or emptied, nor once all of it was moved to a folder.
 */
export const house = `
create table peyk.house (
  is_only boolean primary key default true check (is_only),
  -- 'filling': from a folder; 'open': that is done; 'emptying': to a folder; 'closed': that is done.
  state text not null,
  -- The move, and which data it is of.
  move text not null,
  folder text not null,
  at bigint not null
);

create table peyk.moved_pieces (name text primary key, at bigint not null);

-- Whoever begins to work holds it shared until that is seen, whoever moves alone.
create function peyk.hold_house(alone boolean) returns void language plpgsql as $$
begin
  if alone then perform pg_advisory_xact_lock(hashtextextended('peyk house', 0));
  else perform pg_advisory_xact_lock_shared(hashtextextended('peyk house', 0));
  end if;
end $$;
`;

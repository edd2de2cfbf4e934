/** The processes that share the duties: each is here for as long as it says so. */
export const workers = `
create table peyk.workers (
  id uuid primary key,
  -- What people call it; free again once the process is gone.
  name text not null unique,
  -- What it is willing to do.
  duties text[] not null,
  -- Those of them that it does only where nobody else would.
  at_need text[] not null default '{}',
  -- It does only what nobody else is willing to.
  stands_by boolean not null,
  -- Until when it counts as alive without a word, ms since the epoch.
  until bigint not null
) with (fillfactor = 50);
`;

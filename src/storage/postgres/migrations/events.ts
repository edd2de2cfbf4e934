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
`;

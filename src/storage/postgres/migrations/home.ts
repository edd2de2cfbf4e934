/**
 * Where the tables stand: the server, the database and this very table by their numbers there, and the transaction that wrote
 * the row. A dump that is put back, wherever it is, brings the row along and none of these.
 */
export const home = `
create table peyk.home (
  is_only boolean primary key default true check (is_only),
  system text not null,
  database bigint not null,
  place bigint not null,
  written_by text not null
);
`;

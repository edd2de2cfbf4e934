/**
 * What changes at human pace: a value by its kind and name. `revision` is another one after each change, also where a row was
 * removed and made again, so that whoever changes a value knows that it is the one they saw.
 */
export const documents = `
create sequence peyk.revisions;
create table peyk.documents (
  kind text not null,
  name text not null,
  number bigint not null generated always as identity,
  revision bigint not null default nextval('peyk.revisions'),
  value jsonb not null,
  primary key (kind, name)
);
`;

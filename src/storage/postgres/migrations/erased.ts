/**
 * Whoever was erased: what stands for their names and ids, under a key of the database's own. The two keys are those of an
 * HMAC (RFC 2104): the one key with the inner and the outer padding, for SQL can't make them itself.
 */
export const erased = `
create table peyk.erased_key (
  is_only boolean primary key default true check (is_only),
  key bytea not null,
  inner_key bytea not null,
  outer_key bytea not null
);
create table peyk.erased (alias text primary key);

-- What stands for a name ('name …') or an id ('id …'); null where nobody was ever erased.
create function peyk.erased_alias(what text) returns text language sql stable as $$
select 'erased_' || left(encode(
  sha256(outer_key || sha256(inner_key || convert_to(what, 'UTF8'))), 'hex'), 24) from peyk.erased_key
$$;

-- Asked in every claim, so nothing is reckoned where nobody was erased.
create or replace function peyk.whom_not(name text) returns text language plpgsql stable as $$
begin
  return coalesce(
    (select reason from peyk.suppressions where username = name),
    case when starts_with(name, 'erased_') and name ~ '^erased_[0-9a-f]{24}$' then 'erased'
         when exists (select from peyk.erased)
           and exists (select from peyk.erased where alias = peyk.erased_alias('name ' || name)) then 'erased' end);
end $$;

create or replace function peyk.is_erased_person(id text) returns boolean language plpgsql stable as $$
begin
  return (starts_with(id, 'erased_') and id ~ '^erased_[0-9a-f]{24}$')
    or (exists (select from peyk.erased)
        and exists (select from peyk.erased where alias = peyk.erased_alias('id ' || id)));
end $$;
`;

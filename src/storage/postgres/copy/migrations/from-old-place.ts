/**
 * Earlier versions kept the copy in the schema `peyk`, which is Peyk's own now. Their tables move, with all that is in them
 * and depends on them; what other programs read and write (not how far the logs have travelled) stays to be found under its
 * old name, as views with the rights that the tables had. Nothing travels anew.
 */
import { functions } from "./functions.ts";

/** True where the tables of such a version are. */
export const IS_IN_OLD_PLACE = `exists (
  select from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
  where n.nspname = 'peyk' and relname = 'positions' and relkind = 'r' and attname = 'fingerprint')`;

/** What other programs know, by name. */
const shown = ["campaigns", "recipients", "leads", "suppressions", "opt_outs"];

const kept = ["source", "positions", "migrations"];

const moved = [
  "is_sync",
  "person_opted_out",
  "keep_recipient",
  "keep_lead",
  "forward_suppression",
  "keep_suppression",
];

const moves = [
  ...[...shown, ...kept].map((name) => `alter table peyk.${name} set schema peyk_copy;`),
  ...moved.map((name) => `alter function peyk.${name}() set schema peyk_copy;`),
];

const views = shown.map((name) => `create view peyk.${name} as select * from peyk_copy.${name};`);

/** Whoever may do something to a table may do it to its view, and finds the table where it is now. */
const rights = `
do $rights$ declare one record; begin
for one in
  select relname, privilege_type, grantee from pg_class join pg_namespace n on n.oid = relnamespace, aclexplode(relacl)
  where n.nspname = 'peyk_copy' and relkind = 'r' and relname = any ('{${shown.join()}}') and grantee <> relowner
    and privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
loop
  execute format('grant %s on peyk.%I to %s', one.privilege_type, one.relname,
                 case one.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(one.grantee)) end);
end loop;
for one in
  select grantee from pg_namespace, aclexplode(nspacl)
  where nspname = 'peyk' and privilege_type = 'USAGE' and grantee <> nspowner
    and exists (select from pg_namespace where nspname = 'peyk_copy' and pg_has_role(nspowner, 'usage'))
loop
  execute format('grant usage on schema peyk_copy to %s',
                 case one.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(one.grantee)) end);
end loop;
end $rights$;
`;

/** Brings them over. The schema `peyk_copy` is there, and empty. */
export const fromOldPlace = `
${moves.join("\n")}
${functions}
${views.join("\n")}
${rights}`;

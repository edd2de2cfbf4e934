/** Where the tables stand. */

/** One process at a time looks and moves in. */
export const LOCK = `select pg_advisory_xact_lock(hashtextextended('peyk home', 0))`;

const SYSTEM = `(select system_identifier::text from pg_control_system())`;
const DATABASE = `(select oid::bigint from pg_database where datname = current_database())`;
const PLACE = `'peyk.home'::regclass::oid::bigint`;

/** Rows are written by the lower half of a transaction's number. */
const WRITTEN = `written_by::numeric % 4294967296 = xmin::text::numeric`;

/** No row where nobody moved in. */
export const STANDS = `
select system = ${SYSTEM} and database = ${DATABASE} and place = ${PLACE} and ${WRITTEN} as "isHome" from peyk.home`;

export const MOVE_IN = `
insert into peyk.home (system, database, place, written_by)
select ${SYSTEM}, ${DATABASE}, ${PLACE}, pg_current_xact_id()::text
on conflict (is_only) do update set
  system = excluded.system, database = excluded.database, place = excluded.place, written_by = excluded.written_by`;

/** Who moved in last; nobody does it twice in one transaction. */
export const MOVED_IN_BY = `select written_by as mark from peyk.home`;

/** The last moment that anything in the tables speaks of. */
export const LAST_SIGN = `
select greatest(
  (select (entry ->> 'at')::bigint from peyk.journal order by number desc limit 1),
  (select max(created_at) from peyk.campaigns),
  (select (event ->> 'at')::bigint from peyk.events order by number desc limit 1),
  (select (entry::jsonb ->> 'at')::bigint from peyk.history order by n desc limit 1)) as at`;

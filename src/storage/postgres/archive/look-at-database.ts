/** Asks the database how it is, without changing anything; not even its tables are brought up to date. */
import type { DatabaseLook, WorkLook } from "../../ports/database-look.ts";
import type { Queryable } from "../database.ts";
import { STANDS } from "../home/home-sql.ts";
import { ownSchema } from "../own-schema.ts";

/** By the server's own clock: that of the stores may not be there yet. */
const SERVER = `
select current_setting('server_version_num')::integer as server,
       floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now,
       current_setting('max_connections')::integer
         - current_setting('superuser_reserved_connections')::integer as most,
       (select count(*) from pg_stat_activity where backend_type = 'client backend') as used,
       current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on' as "isDurable",
       to_regclass('peyk.migrations') is not null as "hasTables"`;

const TABLES = `select coalesce(max(version), 0) as there from peyk.migrations`;

const WORKERS = `select name from peyk.workers where until > peyk.now() order by name`;

const LEFT = `
select count(*) as count from peyk.recipients
where state in ('claimed', 'uncertain') and state = 'claimed' and not peyk.owns(owner)`;

type Server = DatabaseLook["connections"] &
  Pick<DatabaseLook, "server" | "isDurable"> & { readonly now: number; readonly hasTables: boolean };

export async function lookAtDatabase(database: Queryable, now: () => number): Promise<DatabaseLook> {
  const asked = now();
  const [row] = (await database.query<Server>(SERVER)).rows;
  if (!row) throw new Error("the database answered nothing");
  const { server, most, used, isDurable, hasTables } = row;
  const { rows } = hasTables ? await database.query<{ there: number }>(TABLES) : { rows: [] };
  return {
    server,
    isDurable,
    connections: { most, used },
    // What was asked took its time both ways.
    aheadMs: row.now - (asked + now()) / 2,
    tables: { there: rows[0]?.there ?? 0, known: ownSchema.migrations.length },
  };
}

export async function lookAtWork(database: Queryable): Promise<WorkLook> {
  const workers = await database.query<{ name: string }>(WORKERS);
  const left = await database.query<{ count: number }>(LEFT);
  const home = await database.query<{ isHome: boolean }>(STANDS);
  return {
    workers: workers.rows.map(({ name }) => name),
    left: left.rows[0]?.count ?? 0,
    isPutBack: home.rows[0]?.isHome === false,
  };
}
